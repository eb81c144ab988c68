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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reviews source in the box, since even a parser is not trusted with what builders send. */
final class BoxedReview implements SourceReview {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long MEMORY = 256L << 20;

  private final Executor executor;
  private final Ids ids;
  private final Clock clock;
  private final Code reviewer;

  BoxedReview(Executor executor, Ids ids, Clock clock) {
    this.executor = executor;
    this.ids = ids;
    this.clock = clock;
    this.reviewer = new Code("review", resource("review.py"), MEMORY).with(Isolation.RESTORED);
  }

  private static String resource(String name) {
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
  public List<SourceProblem> warnings(String source) {
    Execution execution =
        executor.run(
            new CodeCall(
                ids.next("review"),
                reviewer,
                Json.write(Json.object().put("body", source)),
                clock.instant().plus(PATIENCE)));
    return switch (execution.outcome()) {
      case Execution.Outcome.Returned(String value) ->
          read(Json.parse(Json.parse(value).path("body").asString("{}")).path("warnings"));
      case Execution.Outcome.Failed failed ->
          List.of(
              new SourceProblem(
                  0, 0, "It was not looked through for likely mistakes: " + failed.message()));
    };
  }

  private static List<SourceProblem> read(JsonNode warnings) {
    List<SourceProblem> read = new ArrayList<>();
    warnings.forEach(
        w -> read.add(new SourceProblem(w.path(0).asInt(0), 0, w.path(1).asString(""))));
    return read;
  }
}
