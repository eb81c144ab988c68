package io.patchbay.executor.box;

import io.patchbay.executor.Code;
import io.patchbay.executor.box.Launcher.Up;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Processes of code that lets a process serve one call after the other. A process is used by one
 * call at a time, and ends after a failure, after so many calls, or when it waits too long.
 */
final class KeptProcesses implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Duration SWEEP = Duration.ofSeconds(10);

  /** So that what leaks is bounded. */
  private static final int MOST_CALLS = 1000;

  private final ReadyProcesses<CallProcess> ready;

  /**
   * @param most processes that wait
   */
  KeptProcesses(Clock clock, Deadlines deadlines, int most) {
    this.ready = new ReadyProcesses<>(clock, most, LONGEST_WAIT);
    if (most > 0) {
      ready.sweepEvery(SWEEP, deadlines);
    }
  }

  /** Lets the call go on with a process that is alive; false if there is none. */
  boolean give(Code code, Up up, BoxConnection connection) {
    while (true) {
      Optional<CallProcess> process = ready.take(code, up);
      if (process.isEmpty()) {
        return false;
      }
      if (process.get().isSilent()) {
        connection.continueWith(process.get());
        return true;
      }
      process.get().close();
    }
  }

  /** The call has returned: its process is for the next one. */
  void keep(Code code, Up up, BoxConnection connection) {
    CallProcess process = connection.detach();
    process.rests();
    if (process.served() < MOST_CALLS) {
      ready.put(code, up, process);
    } else {
      process.close();
    }
  }

  @Override
  public void close() {
    ready.close();
  }
}
