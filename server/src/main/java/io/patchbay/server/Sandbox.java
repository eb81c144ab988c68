package io.patchbay.server;

import io.patchbay.authoring.Authoring;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Executor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The executor as this server configures it. */
final class Sandbox {
  private Sandbox() {}

  static Executor start(ServerConfig config, Clock clock) {
    return new Executor() {
      @Override
      public Execution run(CodeCall call) {
        return new Execution(
            new Execution.Outcome.Failed(
                Execution.Reason.SANDBOX_UNAVAILABLE, "not here yet " + clock + config),
            List.of(),
            List.of(),
            new Execution.Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO));
      }

      @Override
      public List<SourceProblem> check(String source) {
        return List.of();
      }

      @Override
      public Status status() {
        return new Status(false, "not here yet", "none");
      }

      @Override
      public void close() {}
    };
  }

  static List<Authoring.SourceProblem> check(Executor executor, String source) {
    return executor.check(source).stream()
        .map(p -> new Authoring.SourceProblem(p.line(), p.column(), p.message()))
        .toList();
  }

  static Path python(ServerConfig config) {
    return config.python().orElse(Path.of("/usr/bin/python3"));
  }
}
