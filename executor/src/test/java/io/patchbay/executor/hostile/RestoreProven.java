package io.patchbay.executor.hostile;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Has an executor find out whether it can put processes back between calls. */
final class RestoreProven {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String SOURCE = "def main(event, context): return 1";

  private RestoreProven() {}

  /** {@code restored}, or why they are not. */
  static String on(Executor executor, Clock clock) throws InterruptedException {
    Code wants = new Code("NODE", SOURCE, 64L << 20).with(Isolation.RESTORED);
    Instant end = clock.instant().plus(LIMIT);
    var _ = executor.run(new CodeCall("first", wants, "{}", end));
    while (executor.status().restore().equals("not tried yet") && clock.instant().isBefore(end)) {
      Thread.sleep(10);
    }
    return executor.status().restore();
  }
}
