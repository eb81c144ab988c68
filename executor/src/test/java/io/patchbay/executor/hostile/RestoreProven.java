package io.patchbay.executor.hostile;

import io.patchbay.executor.Executor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Has an executor find out whether it can put processes back between calls. */
final class RestoreProven {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private RestoreProven() {}

  /** {@code restored}, or why they are not. */
  static String on(Executor executor, Clock clock) throws InterruptedException {
    Instant end = clock.instant().plus(LIMIT);
    while (executor.status().restore().equals("not tried yet") && clock.instant().isBefore(end)) {
      Thread.sleep(10);
    }
    return executor.status().restore();
  }
}
