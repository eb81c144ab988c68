package io.patchbay.executor.box;

import io.patchbay.executor.work.Admission;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many processes are being made at once. To make one takes a processor for milliseconds, and
 * the launcher makes them in the order in which they are asked for: so few are asked for at a time,
 * and whose comes next is decided by owner. Safe for use by many threads.
 */
final class Starts {
  private final Admission admission;

  /**
   * @param callers that may wait
   */
  Starts(int callers) {
    int cores = Runtime.getRuntime().availableProcessors();
    this.admission = new Admission(2L * cores, cores, 2 * callers);
  }

  /** Waits for its turn; empty where that does not come in time. */
  Optional<Turn> await(String owner, Duration patience) {
    return admission.enter(owner, patience) == Admission.Verdict.ENTERED
        ? Optional.of(new Turn(owner))
        : Optional.empty();
  }

  /** Of one process; over when it is closed for the first time. */
  final class Turn implements AutoCloseable {
    private final String owner;
    private final AtomicBoolean over = new AtomicBoolean();

    private Turn(String owner) {
      this.owner = owner;
    }

    @Override
    public void close() {
      if (!over.getAndSet(true)) {
        admission.leave(owner);
      }
    }
  }
}
