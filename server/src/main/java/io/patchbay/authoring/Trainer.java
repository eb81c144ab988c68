package io.patchbay.authoring;

import io.patchbay.base.Hashes;
import io.patchbay.base.Json;
import io.patchbay.base.JsonSize;
import io.patchbay.base.Problem;
import io.patchbay.bot.Bot;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.BotStore.Draft;
import io.patchbay.bot.BotStore.StoredVariable;
import io.patchbay.bot.Environment;
import io.patchbay.bot.Node;
import io.patchbay.bot.definition.BotReview;
import io.patchbay.bot.definition.Requirements;
import io.patchbay.executor.work.Budget;
import io.patchbay.integration.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a draft and makes a version of it (contract A17). Problems prevent a version; all else is
 * a warning.
 */
final class Trainer {
  /** Checks that run code take this long together, then say what they left out. */
  static final Duration RUNNING_CHECKS = Duration.ofSeconds(10);

  /** Steps that it takes to review one character of a definition. */
  private static final int REVIEWING = 8;

  private final BotStore store;
  private final SourceReview review;
  private final TestInvocation tests;
  private final PackageDesk packages;
  private final LongPredicate fits;
  private final Clock clock;

  /**
   * @param fits whether code that may use so many bytes of memory can run here
   */
  Trainer(
      BotStore store,
      SourceReview review,
      TestInvocation tests,
      PackageDesk packages,
      LongPredicate fits,
      Clock clock) {
    this.store = store;
    this.review = review;
    this.tests = tests;
    this.packages = packages;
    this.fits = fits;
    this.clock = clock;
  }

  Authoring.Trained train(Draft draft, Bot bot, List<StoredVariable> variables) {
    List<Problem> problems = new ArrayList<>(codeProblems(draft, bot));
    String lock = lock(draft, problems);
    List<Problem> warnings =
        new ArrayList<>(
            Budget.spend(
                REVIEWING * JsonSize.of(draft.definition(), Budget.SMALL),
                () -> BotReview.warnings(bot)));
    warnings.addAll(unsetVariables(bot, variables));
    tooMuchMemory(bot).ifPresent(warnings::add);
    if (!problems.isEmpty()) {
      return new Authoring.Trained(Optional.empty(), problems, warnings);
    }
    warnings.addAll(suspiciousCode(draft, lock, bot));
    warnings.addAll(failingSamples(draft, lock, bot, variables));
    BotStore.Version version = snapshot(draft, lock, bot);
    store.addVersion(version);
    return new Authoring.Trained(Optional.of(version.version()), problems, warnings);
  }

  /** Of the packages that are installed; where they cannot be, that is a problem. */
  private String lock(Draft draft, List<Problem> problems) {
    List<Problem> wrong = Requirements.problems(draft.requirements());
    problems.addAll(wrong);
    if (!wrong.isEmpty()) {
      return "";
    }
    return switch (packages.require(draft)) {
      case PackageInstaller.Result.Installed(String lock) -> lock;
      case PackageInstaller.Result.Failed(String why) -> {
        problems.add(new Problem("requirements", why));
        yield "";
      }
    };
  }

  private List<Problem> codeProblems(Draft draft, Bot bot) {
    List<Problem> problems = new ArrayList<>();
    for (Node node : bot.nodes().values()) {
      if (Authoring.isCode(node)) {
        String place = "code." + node.name();
        String source = draft.code().get(node.name());
        if (source == null) {
          problems.add(new Problem(place, "node " + node.name() + " has no code yet"));
        } else {
          problems.addAll(at(place, review.problems(source)));
        }
      }
    }
    return problems;
  }

  private static List<Problem> at(String place, List<Authoring.SourceProblem> found) {
    return found.stream()
        .map(p -> new Problem(p.line() > 0 ? place + ":" + p.line() : place, p.message()))
        .toList();
  }

  private List<Problem> suspiciousCode(Draft draft, String lock, Bot bot) {
    List<Problem> warnings = new ArrayList<>();
    for (Node node : bot.nodes().values()) {
      if (Authoring.isCode(node)) {
        String source = draft.code().getOrDefault(node.name(), "");
        warnings.addAll(at("code." + node.name(), review.warnings(source, lock)));
      }
    }
    return warnings;
  }

  private static List<Problem> unsetVariables(Bot bot, List<StoredVariable> variables) {
    List<Problem> warnings = new ArrayList<>();
    for (String name : bot.variables().keySet()) {
      for (Environment environment : Environment.values()) {
        boolean set =
            variables.stream()
                .anyMatch(v -> v.name().equals(name) && v.values().containsKey(environment));
        if (!set) {
          warnings.add(new Problem("variables." + name, "has no value in " + environment.wire()));
        }
      }
    }
    return warnings;
  }

  private Optional<Problem> tooMuchMemory(Bot bot) {
    long memory = bot.limits().memory();
    boolean runs = bot.nodes().values().stream().noneMatch(Authoring::isCode) || fits.test(memory);
    return runs
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "limits.memory",
                ("is %d MiB, and no call with so much ever fits this server: every call will be"
                        + " refused; ask for less, or have its operator give calls more"
                        + " (--calls-memory)")
                    .formatted(memory >> 20)));
  }

  private List<Problem> failingSamples(
      Draft draft, String lock, Bot bot, List<StoredVariable> variables) {
    List<Problem> warnings = new ArrayList<>();
    Instant until = clock.instant().plus(RUNNING_CHECKS);
    for (Node node : bot.nodes().values()) {
      if (Authoring.isCode(node)) {
        for (var sample : draft.samples().getOrDefault(node.name(), Map.of()).entrySet()) {
          String place = "samples." + node.name() + "." + sample.getKey();
          if (clock.instant().isBefore(until)) {
            Optional<Source> source =
                Optional.ofNullable(draft.code().get(node.name())).map(t -> new Source(t, lock));
            failure(bot, node, source, sample.getValue(), variables)
                .map(why -> new Problem(place, why))
                .ifPresent(warnings::add);
          } else {
            warnings.add(
                new Problem(
                    place,
                    "was not run: the checks before it took "
                        + RUNNING_CHECKS.toSeconds()
                        + " s together"));
          }
        }
      }
    }
    return warnings;
  }

  private Optional<String> failure(
      Bot bot,
      Node node,
      Optional<Source> source,
      JsonNode sample,
      List<StoredVariable> variables) {
    List<Problem> odd = TestInvocation.problems(sample);
    if (!odd.isEmpty()) {
      return Optional.of("is no payload: " + odd.getFirst());
    }
    ObjectNode answer = tests.run(bot, node, source, variables, sample);
    return Optional.ofNullable(answer.get("error"))
        .map(error ->
            "fails with "
                + error.path("reason").asString()
                + ": "
                + error.path("message").asString());
  }

  private BotStore.Version snapshot(Draft draft, String lock, Bot bot) {
    Map<String, String> code = new TreeMap<>();
    bot.nodes().values().stream()
        .filter(Authoring::isCode)
        .forEach(node -> code.put(node.name(), draft.code().getOrDefault(node.name(), "")));
    return new BotStore.Version(
        draft.bot(),
        address(draft, code, lock),
        draft.definition(),
        code,
        draft.requirements(),
        lock,
        clock.instant());
  }

  /** The first 48 bits of a hash over all that a version holds. */
  private static String address(Draft draft, Map<String, String> code, String lock) {
    ObjectNode content = Json.object();
    content.set("definition", draft.definition());
    ObjectNode sources = content.putObject("code");
    code.forEach(sources::put);
    content.put("requirements", draft.requirements());
    if (!lock.isEmpty()) {
      content.put("packages", lock);
    }
    return Hashes.sha256(Json.write(content)).substring(0, 12);
  }
}
