package io.patchbay.authoring;

import io.patchbay.authoring.PackageInstaller.Pinned;
import io.patchbay.authoring.PackageInstaller.Result;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.BotStore.Draft;
import io.patchbay.bot.BotStore.DraftPackages;
import io.patchbay.bot.definition.Requirements;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The packages of drafts: saved requirements are installed in the background, and until that has
 * succeeded what was installed before stays in use.
 */
public final class PackageDesk {
  private final BotStore store;
  private final PackageInstaller installer;
  private final Clock clock;
  private final Map<String, PackageJob> jobs = new ConcurrentHashMap<>();
  private final ReentrantLock keeping = new ReentrantLock();

  PackageDesk(BotStore store, PackageInstaller installer, Clock clock) {
    this.store = store;
    this.installer = installer;
    this.clock = clock;
  }

  /**
   * What a builder is told.
   *
   * @param state {@code none}, {@code installing}, {@code ready} or {@code failed}
   * @param lock what is in use, which may be older than the requirements
   * @param set the folder's name; empty where nothing is in use
   * @param log of the last installation, since the server started
   */
  public record View(
      String requirements,
      String state,
      String lock,
      Optional<String> set,
      List<Pinned> packages,
      List<String> log,
      Optional<String> error,
      Optional<Instant> installedAt) {}

  View view(Draft draft) {
    Optional<DraftPackages> inUse = inUse(draft);
    Optional<PackageJob> job = Optional.ofNullable(jobs.get(draft.bot()));
    Optional<String> error =
        job.filter(last -> last.isFor(draft.requirements())).flatMap(PackageJob::error);
    String lock = inUse.map(DraftPackages::lock).orElse("");
    return new View(
        draft.requirements(),
        state(draft, inUse, error),
        lock,
        installer.set(lock),
        installer.packages(lock),
        job.map(PackageJob::log).orElse(List.of()),
        error,
        inUse.map(DraftPackages::installedAt));
  }

  private static String state(Draft draft, Optional<DraftPackages> inUse, Optional<String> error) {
    if (Requirements.isEmpty(draft.requirements())) {
      return "none";
    }
    if (error.isPresent()) {
      return "failed";
    }
    return inUse.filter(p -> p.requirements().equals(draft.requirements())).isPresent()
        ? "ready"
        : "installing";
  }

  /** The lock that the draft's code runs with. */
  String lock(Draft draft) {
    return inUse(draft).map(DraftPackages::lock).orElse("");
  }

  private Optional<DraftPackages> inUse(Draft draft) {
    return Requirements.isEmpty(draft.requirements())
        ? Optional.empty()
        : store.packages(draft.bot());
  }

  /** Installs what the draft asks for, unless that is in use or under way. */
  void saved(Draft draft) {
    boolean asked = !Requirements.isEmpty(draft.requirements());
    boolean known =
        inUse(draft).filter(p -> p.requirements().equals(draft.requirements())).isPresent();
    if (asked && !known) {
      job(draft, false);
    }
  }

  /** Tries again what has failed; what is under way goes on. */
  void install(Draft draft) {
    if (!Requirements.isEmpty(draft.requirements())) {
      job(draft, true);
    }
  }

  /** Waits until the draft's packages are there, or cannot be. */
  Result require(Draft draft) {
    if (Requirements.isEmpty(draft.requirements())) {
      return new Result.Installed("");
    }
    Optional<DraftPackages> inUse =
        inUse(draft).filter(p -> p.requirements().equals(draft.requirements()));
    return inUse.isPresent()
        ? installer.ensure(inUse.get().lock(), _ -> {})
        : job(draft, true).await();
  }

  /**
   * @param again whether a job that has failed is started anew
   */
  private PackageJob job(Draft draft, boolean again) {
    return jobs.compute(
        draft.bot(),
        (_, last) -> {
          boolean useful =
              last != null
                  && last.isFor(draft.requirements())
                  && !(again && last.error().isPresent())
                  && !last.hasSucceeded();
          return useful ? last : start(draft);
        });
  }

  private PackageJob start(Draft draft) {
    PackageJob job = new PackageJob(draft.requirements());
    Thread.ofVirtual().name("packages-" + draft.bot()).start(() -> run(draft, job));
    return job;
  }

  private void run(Draft draft, PackageJob job) {
    Result result = new Result.Failed("the installation broke off");
    try {
      result = installer.install(draft.requirements(), job::line);
      if (result instanceof Result.Installed(String lock)) {
        keep(draft, lock);
      }
    } catch (RuntimeException failed) {
      result = new Result.Failed("the installation could not be kept: " + failed.getMessage());
    } finally {
      job.end(result);
    }
    collect();
  }

  /** One after the other, so that what an older draft asked for replaces nothing newer. */
  private void keep(Draft draft, String lock) {
    keeping.lock();
    try {
      if (isStillWanted(draft)) {
        store.putPackages(
            draft.bot(), new DraftPackages(draft.requirements(), lock, clock.instant()));
      }
    } finally {
      keeping.unlock();
    }
  }

  private boolean isStillWanted(Draft draft) {
    return store
        .draft(draft.bot())
        .filter(now -> now.requirements().equals(draft.requirements()))
        .isPresent();
  }

  /** The bot is gone. */
  void forget(String bot) {
    jobs.remove(bot);
    collect();
  }

  /** Makes what is named and not there, in the background; removes what is not named. */
  void resume() {
    Thread.ofVirtual()
        .name("packages-resume")
        .start(() -> {
          store.locks().forEach(lock -> installer.ensure(lock, _ -> {}));
          store.withRequirements().forEach(bot -> store.draft(bot).ifPresent(this::saved));
          collect();
        });
  }

  /** A version's packages, where they have got lost. */
  void ensure(String lock) {
    if (!lock.isEmpty()) {
      Thread.ofVirtual().name("packages-ensure").start(() -> installer.ensure(lock, _ -> {}));
    }
  }

  private void collect() {
    installer.collect(store::locks);
  }
}
