package io.patchbay.executor.box;

import io.patchbay.executor.work.Admission;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How many processes are being made at once. To make one takes a processor for milliseconds, and
 * the launcher makes them in the order in which they are asked for: so few are asked for at a time,
 * and whose comes next is decided by owner. Safe for use by many threads.
 */
final class Starts {
  /** Who takes longer waits for something else than a processor. */
  static final Duration LONGEST = Duration.ofMillis(100);

  private final int cores = Runtime.getRuntime().availableProcessors();
  private final Admission admission;
  private final Duration longest;
  private final Deadlines deadlines;

  /**
   * @param callers that may wait
   * @param longest of one turn
   */
  Starts(int callers, Duration longest, Deadlines deadlines) {
    this.longest = longest;
    this.deadlines = deadlines;
    this.admission = new Admission(2L * cores, cores, 2 * callers);
  }

  /** Waits for its turn; empty where that does not come in time. */
  Optional<Turn> await(String owner, Duration patience) {
    return await(owner, patience, new Admission.Wish());
  }

  /**
   * @param wish that may be withdrawn meanwhile
   */
  Optional<Turn> await(String owner, Duration patience, Admission.Wish wish) {
    if (admission.enter(owner, 1, patience, wish) != Admission.Verdict.ENTERED) {
      return Optional.empty();
    }
    Turn turn = new Turn(owner);
    turn.end = deadlines.in(longest, turn::close);
    return Optional.of(turn);
  }

  /** Who waits with it needs no turn any more; false if it does not wait. */
  boolean withdraw(Admission.Wish wish) {
    return admission.withdraw(wish);
  }

  /** Whether one more would be in nobody's way. */
  boolean areQuiet() {
    return admission.waiting() == 0 && admission.taken() < cores;
  }

  /** Of one process; over when it is closed for the first time, or when it takes long. */
  final class Turn implements AutoCloseable {
    private final String owner;
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable Future<?> end;

    private Turn(String owner) {
      this.owner = owner;
    }

    @Override
    public void close() {
      if (!over.getAndSet(true)) {
        admission.leave(owner);
      }
      if (end != null) {
        end.cancel(false);
      }
    }
  }
}
