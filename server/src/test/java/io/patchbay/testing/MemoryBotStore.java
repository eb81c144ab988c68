package io.patchbay.testing;

import io.patchbay.base.Secret;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Environment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A {@link BotStore} in memory; lists come in one page. */
public final class MemoryBotStore implements BotStore {
  private final Map<String, Draft> drafts = new TreeMap<>();
  private final Map<String, Map<String, Version>> versions = new HashMap<>();
  private final List<Deployment> deployments = new ArrayList<>();
  private final Map<String, Map<String, StoredVariable>> variables = new HashMap<>();
  private int writes;

  /** Is run by whoever is about to keep what was installed. */
  public volatile Runnable beforePackages = () -> {};

  @Override
  public synchronized Page<BotSummary> bots(Optional<String> cursor, int limit) {
    return page(
        drafts.values().stream()
            .map(d -> new BotSummary(d.bot(), d.bot(), d.updatedAt(), Map.of()))
            .toList());
  }

  private final Map<String, DraftPackages> packages = new HashMap<>();

  private static <T> Page<T> page(List<T> items) {
    return new Page<>(items, Optional.empty());
  }

  @Override
  public synchronized Optional<Draft> draft(String bot) {
    return Optional.ofNullable(drafts.get(bot));
  }

  @Override
  public synchronized Optional<Draft> save(Draft draft, Optional<String> ifRevision) {
    Draft was = drafts.get(draft.bot());
    if (ifRevision.isPresent() && (was == null || !was.revision().equals(ifRevision.get()))) {
      return Optional.empty();
    }
    Draft saved =
        new Draft(
            draft.bot(),
            draft.definition(),
            draft.code(),
            draft.samples(),
            draft.requirements(),
            "r" + ++writes,
            draft.updatedAt());
    drafts.put(draft.bot(), saved);
    return Optional.of(saved);
  }

  @Override
  public synchronized Optional<Draft> create(Draft draft, List<StoredVariable> values) {
    if (drafts.containsKey(draft.bot())) {
      return Optional.empty();
    }
    values.forEach(v -> putVariable(draft.bot(), v.name(), v.values(), v.secret()));
    return save(draft, Optional.empty());
  }

  @Override
  public synchronized Optional<DraftPackages> packages(String bot) {
    return Optional.ofNullable(packages.get(bot));
  }

  @Override
  public void putPackages(String bot, DraftPackages installed) {
    beforePackages.run();
    keepPackages(bot, installed);
  }

  private synchronized void keepPackages(String bot, DraftPackages installed) {
    if (drafts.containsKey(bot)) {
      packages.put(bot, installed);
    }
  }

  @Override
  public synchronized Set<String> locks() {
    Set<String> locks = new HashSet<>();
    versions.values().forEach(of -> of.values().forEach(version -> locks.add(version.lock())));
    packages.values().forEach(installed -> locks.add(installed.lock()));
    locks.remove("");
    return locks;
  }

  @Override
  public synchronized List<String> withRequirements() {
    return drafts.values().stream()
        .filter(draft -> !draft.requirements().isEmpty())
        .map(Draft::bot)
        .toList();
  }

  @Override
  public synchronized boolean delete(String bot) {
    deployments.removeIf(d -> d.bot().equals(bot));
    versions.remove(bot);
    variables.remove(bot);
    packages.remove(bot);
    return drafts.remove(bot) != null;
  }

  @Override
  public synchronized void addVersion(Version version) {
    versions
        .computeIfAbsent(version.bot(), _ -> new TreeMap<>())
        .putIfAbsent(version.version(), version);
  }

  @Override
  public synchronized Optional<Version> version(String bot, String version) {
    return Optional.ofNullable(versions.getOrDefault(bot, Map.of()).get(version));
  }

  @Override
  public synchronized Page<VersionSummary> versions(
      String bot, Optional<String> cursor, int limit) {
    return page(
        versions.getOrDefault(bot, Map.of()).values().stream()
            .map(v -> new VersionSummary(v.version(), v.createdAt()))
            .toList());
  }

  @Override
  public synchronized void deploy(Deployment deployment) {
    deployments.addFirst(deployment);
  }

  @Override
  public synchronized Page<Deployment> deployments(
      String bot, Optional<Environment> environment, Optional<String> cursor, int limit) {
    return page(
        deployments.stream()
            .filter(d -> d.bot().equals(bot))
            .filter(d -> environment.isEmpty() || environment.get() == d.environment())
            .toList());
  }

  @Override
  public synchronized Optional<Version> live(String bot, Environment environment) {
    return deployments.stream()
        .filter(d -> d.bot().equals(bot) && d.environment() == environment)
        .findFirst()
        .flatMap(d -> version(bot, d.version()));
  }

  @Override
  public synchronized boolean exists(String bot) {
    return drafts.containsKey(bot);
  }

  @Override
  public synchronized List<StoredVariable> variables(String bot) {
    return List.copyOf(variables.getOrDefault(bot, Map.of()).values());
  }

  @Override
  public synchronized void putVariable(
      String bot, String name, Map<Environment, Secret> values, boolean secret) {
    Map<String, StoredVariable> of = variables.computeIfAbsent(bot, _ -> new TreeMap<>());
    StoredVariable was = of.get(name);
    Map<Environment, Secret> all = new EnumMap<>(Environment.class);
    if (was != null) {
      all.putAll(was.values());
    }
    all.putAll(values);
    of.put(name, new StoredVariable(name, secret || (was != null && was.secret()), all));
  }

  @Override
  public synchronized boolean deleteVariable(String bot, String name) {
    return variables.getOrDefault(bot, new HashMap<>()).remove(name) != null;
  }
}
