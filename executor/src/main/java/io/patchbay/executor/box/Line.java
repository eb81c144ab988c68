package io.patchbay.executor.box;

import io.patchbay.executor.Code;
import io.patchbay.executor.box.WaitingProcesses.Want;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;

/**
 * Calls of one code, and the processes that have loaded it. All but its code is guarded by the lock
 * of {@link WaitingProcesses}.
 */
final class Line {
  /** So often it was called before one is made ahead. */
  static final int CALLS_BEFORE = 2;

  /** Code that was not called for so long is forgotten. */
  static final Duration MEMORY = Duration.ofSeconds(60);

  /** So long before one ends its successor is made, so that no call waits for that. */
  private static final Duration NEARLY = Duration.ofSeconds(5);

  /** For the last ones of many that serve a code; to make one takes about as long. */
  private static final long LONGEST_WAIT = Duration.ofMillis(10).toNanos();

  private static final long SHORTEST_WAIT = Duration.ofMillis(2).toNanos();

  /** Who does without has to load the code as well. */
  private static final long LONGEST_LOAD = Duration.ofSeconds(10).toNanos();

  /** A restore takes less than a millisecond where the machine is not busy. */
  private static final long LONGEST_RESTORE = Duration.ofMillis(100).toNanos();

  final Code code;
  final Condition came;
  final Deque<Loaded> waiting = new ArrayDeque<>();

  /** Of calls that wait for their turn to make one; who came first is first. */
  final Deque<Want> wanting = new ArrayDeque<>();

  int serving;
  int coming;
  int loading;
  int callers;

  /** Whether a call had to do without since the last one was made. */
  boolean missed;

  Instant lastCall = Instant.MIN;
  Instant unsuitedUntil = Instant.MIN;
  Instant notAheadUntil = Instant.MIN;
  private int calls;

  // From when a call takes one until the next one can, as an average of the last ones.
  private long usualNanos;

  /**
   * @param came is signalled when a process has come, or does not come after all
   */
  Line(Code code, Condition came) {
    this.code = code;
    this.came = came;
  }

  void called(Instant now) {
    calls++;
    lastCall = now;
  }

  boolean isWorthIt(Instant now) {
    return calls >= CALLS_BEFORE
        && lastCall.isAfter(now.minus(MEMORY))
        && !notAheadUntil.isAfter(now);
  }

  boolean lacks(Instant now) {
    boolean last = serving + coming == 0;
    boolean none = waiting.isEmpty() || !waiting.getLast().end().isAfter(now.plus(NEARLY));
    return loading == 0 && (missed || (last && none));
  }

  /** Whether nobody loads it; from now on somebody does. */
  boolean begins() {
    if (loading > 0) {
      return false;
    }
    loading++;
    missed = false;
    return true;
  }

  /** How long it is better to wait for one that there is, or almost is, than to do without. */
  long patience() {
    if (serving + coming == 0) {
      return loading > 0 ? LONGEST_LOAD : 0;
    }
    int before = callers + wanting.size();
    if (coming > before) {
      return LONGEST_RESTORE;
    }
    long expected = usualNanos * (before + 1) / (serving + coming);
    return expected < LONGEST_WAIT ? Math.max(2 * expected, SHORTEST_WAIT) : 0;
  }

  void served(long nanos) {
    usualNanos = usualNanos == 0 ? nanos : (7 * usualNanos + nanos) / 8;
  }

  boolean isIdle() {
    return waiting.isEmpty() && wanting.isEmpty() && serving + coming + loading + callers == 0;
  }

  boolean isForgotten(Instant now) {
    return isIdle() && !lastCall.isAfter(now.minus(MEMORY)) && !unsuitedUntil.isAfter(now);
  }
}
