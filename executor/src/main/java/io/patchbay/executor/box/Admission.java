package io.patchbay.executor.box;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets a bounded number of calls run and a bounded number wait, first come, first served. */
final class Admission {
  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();
  private final int queue;

  Admission(int concurrency, int queue) {
    this.places = new Semaphore(concurrency, true);
    this.queue = queue;
  }

  /** What became of the wish to enter. */
  enum Verdict {
    /** {@link #leave} must follow. */
    ENTERED,
    FULL,
    TIMED_OUT,
    INTERRUPTED
  }

  Verdict enter(Duration patience) {
    try {
      if (places.tryAcquire(0, TimeUnit.NANOSECONDS)) {
        return Verdict.ENTERED;
      }
      if (waiting.incrementAndGet() > queue) {
        waiting.decrementAndGet();
        return Verdict.FULL;
      }
      try {
        boolean entered = places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        return entered ? Verdict.ENTERED : Verdict.TIMED_OUT;
      } finally {
        waiting.decrementAndGet();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Verdict.INTERRUPTED;
    }
  }

  void leave() {
    places.release();
  }
}
