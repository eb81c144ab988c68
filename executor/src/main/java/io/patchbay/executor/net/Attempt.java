package io.patchbay.executor.net;

import io.patchbay.executor.Execution.ConnectAttempt;
import io.patchbay.executor.Execution.Traffic;
import java.time.Instant;
import java.util.Optional;

/** One connection that a call tried to make; what went over it comes later, from one thread. */
final class Attempt {
  private final ConnectAttempt attempt;
  private final long startNanos = System.nanoTime();
  private volatile Optional<Traffic> traffic = Optional.empty();

  Attempt(
      Instant time, Optional<String> name, Optional<String> address, int port, boolean allowed) {
    attempt = new ConnectAttempt(time, name, address, port, allowed, Optional.empty());
  }

  /** When it began, by the clock of {@link System#nanoTime}. */
  long startNanos() {
    return startNanos;
  }

  void carried(Traffic counted) {
    traffic = Optional.of(counted);
  }

  ConnectAttempt told() {
    return new ConnectAttempt(
        attempt.time(),
        attempt.name(),
        attempt.address(),
        attempt.port(),
        attempt.allowed(),
        traffic);
  }
}
