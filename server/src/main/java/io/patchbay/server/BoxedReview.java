package io.patchbay.server;

import io.patchbay.authoring.Authoring.SourceProblem;
import io.patchbay.authoring.SourceReview;
import io.patchbay.base.Ids;
import io.patchbay.base.Json;
import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import io.patchbay.integration.code.HeldSets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reviews source in the box, since even a parser is not trusted with what builders send. */
final class BoxedReview implements SourceReview {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long MEMORY = 256L << 20;

  private final Executor executor;
  private final Ids ids;
  private final Clock clock;
  private final HeldSets sets;
  private final Function<String, Optional<String>> whyMissing;
  private final Code reviewer;

  /**
   * @param sets packages of code that is looked at
   * @param whyMissing of a module that a default package brings and that is not there
   */
  BoxedReview(
      Executor executor,
      Ids ids,
      Clock clock,
      HeldSets sets,
      Function<String, Optional<String>> whyMissing) {
    this.executor = executor;
    this.ids = ids;
    this.clock = clock;
    this.sets = sets;
    this.whyMissing = whyMissing;
    this.reviewer = new Code("review", resource("review.py"), MEMORY).with(Isolation.RESTORED);
  }

  static String resource(String name) {
    try (InputStream in = BoxedReview.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing from the program: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<SourceProblem> problems(String source) {
    return executor.check(source).stream()
        .map(p -> new SourceProblem(p.line(), p.column(), p.message()))
        .toList();
  }

  @Override
  public List<SourceProblem> warnings(String source, String lock) {
    if (lock.isEmpty()) {
      return warnings(source, reviewer);
    }
    Optional<HeldSets.Held> held = sets.hold(lock);
    if (held.isEmpty()) {
      return notLooked("its packages are not there");
    }
    try (HeldSets.Held set = held.get()) {
      return warnings(source, reviewer.withPackages(set.name()));
    }
  }

  private List<SourceProblem> warnings(String source, Code reviewing) {
    Execution execution =
        executor.run(
            new CodeCall(
                ids.next("review"),
                reviewing,
                Json.write(Json.object().put("body", source)),
                clock.instant().plus(PATIENCE)));
    return switch (execution.outcome()) {
      case Execution.Outcome.Returned(String value) ->
          read(Json.parse(Json.parse(value).path("body").asString("{}")));
      case Execution.Outcome.Failed failed -> notLooked(failed.message());
    };
  }

  private static List<SourceProblem> notLooked(String why) {
    return List.of(
        new SourceProblem(0, 0, "It was not looked through for likely mistakes: " + why));
  }

  private List<SourceProblem> read(JsonNode said) {
    List<SourceProblem> read = new ArrayList<>();
    said.path("missing").forEach(it -> read.add(problem(it, missing(it.path(1).asString("")))));
    said.path("warnings").forEach(it -> read.add(problem(it, it.path(1).asString(""))));
    read.sort(Comparator.comparingInt(SourceProblem::line));
    return read;
  }

  private static SourceProblem problem(JsonNode place, String message) {
    return new SourceProblem(place.path(0).asInt(0), 0, message);
  }

  private String missing(String module) {
    return "there is no module %s here: add the package that brings it to requirements.txt%s"
        .formatted(
            module,
            whyMissing
                .apply(module)
                .map(why -> "; the default package is not there: " + why)
                .orElse(""));
  }
}
