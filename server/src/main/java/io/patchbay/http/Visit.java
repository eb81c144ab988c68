package io.patchbay.http;

import java.time.Duration;

/**
 * How far a connection is, and whether it takes too long or sends too much for that. All times are
 * of {@link System#nanoTime}. Safe for use by many threads.
 */
final class Visit {
  /** Name of the attribute of a request that holds the visit of its connection. */
  static final String ATTRIBUTE = Visit.class.getName();

  /** Bytes that a head may have, with empty lines before it and requests sent at once behind it. */
  private static final long MOST_OF_HEAD = 64 * 1024;

  /** Bytes of a body that nobody reads. */
  private static final long MOST_UNREAD = 256 * 1024;

  private final Limits.Times times;
  private final boolean reserved;

  // All guarded by this.
  private Phase phase = Phase.SILENT;
  private long since;
  private long received;
  private long mostOfBody;
  private boolean awaitsBody;
  private long sent;
  private boolean stuck;
  private long stuckSince;
  private long stuckBefore;

  /** What it does. */
  enum Phase {
    /** Nothing came yet. */
    SILENT,
    /** A request's head is coming. */
    HEAD,
    /** The head is here; its body may be coming, its answer may be going. */
    SERVED,
    /** A request was answered, and nothing has come since. */
    IDLE,
    /** It was given up. */
    OVER
  }

  /** What is to be done with it now. */
  enum Verdict {
    NOTHING,
    /** Close it without a word. */
    CLOSE,
    /** Its head took too long. */
    HEAD_LATE,
    /** Its body took too long: whoever waits for more must hear it. */
    BODY_LATE,
    /** Its answer is read too slowly: close it. */
    ANSWER_LATE
  }

  /**
   * @param reserved whether it is beyond the bound, and must be quick
   */
  Visit(Limits.Times times, boolean reserved, long now) {
    this.times = times;
    this.reserved = reserved;
    this.since = now;
  }

  boolean isReserved() {
    return reserved;
  }

  /** Whether more may be read of it; asked before. */
  synchronized boolean mayReceive(long now) {
    return switch (phase) {
      case SILENT, IDLE -> true;
      case HEAD -> received <= MOST_OF_HEAD;
      case SERVED -> !isBodyLate(now) && !isBodyTooLong();
      case OVER -> false;
    };
  }

  synchronized void received(int bytes, long now) {
    if (phase == Phase.SILENT || phase == Phase.IDLE) {
      enter(Phase.HEAD, now);
    }
    received += bytes;
  }

  /**
   * @param all whether nothing is left that waits to be sent
   */
  synchronized void sent(long bytes, boolean all, long now) {
    if (stuck) {
      stuckBefore += now - stuckSince;
    }
    sent += bytes;
    stuck = !all;
    stuckSince = now;
  }

  /** A head is complete; false where it came too late. */
  synchronized boolean begin(long now) {
    if (phase == Phase.OVER) {
      return false;
    }
    enter(Phase.SERVED, now);
    mostOfBody = MOST_UNREAD;
    return true;
  }

  /**
   * Somebody reads the body.
   *
   * @param bytes that may come over the wire, framing included
   */
  synchronized void expect(long bytes) {
    mostOfBody = bytes;
    awaitsBody = true;
  }

  /** The body is here, or nobody waits for it any more. */
  synchronized void arrived() {
    awaitsBody = false;
  }

  /** Its request is answered. */
  synchronized void end(long now) {
    if (phase == Phase.SERVED) {
      enter(Phase.IDLE, now);
    }
  }

  synchronized boolean isBodyLate(long now) {
    return now - since > times.body().toNanos();
  }

  synchronized boolean isBodyTooLong() {
    return received > mostOfBody;
  }

  /**
   * Since when it keeps its place and asks for nothing, drips its body or does not read its answer;
   * {@link Long#MAX_VALUE} where it does none of these.
   */
  synchronized long restsSince(long now) {
    return switch (phase) {
      case SILENT, HEAD, IDLE -> since;
      case SERVED -> stuck ? stuckSince : isDripping(now) ? since : Long.MAX_VALUE;
      case OVER -> Long.MAX_VALUE;
    };
  }

  private boolean isDripping(long now) {
    long allowed = received * 1_000_000_000L / times.bytesPerSecond();
    return awaitsBody && now - since > allowed;
  }

  /** Gives it up for another if it is idle, or has rested otherwise for a while. */
  synchronized boolean giveWay(long now, Duration aWhile) {
    long rests = restsSince(now);
    boolean idle = phase == Phase.IDLE && !reserved;
    boolean gives = idle || (rests != Long.MAX_VALUE && now - rests > aWhile.toNanos());
    if (gives) {
      phase = Phase.OVER;
    }
    return gives;
  }

  /** Looked at now and then. What is closed is over. */
  synchronized Verdict look(long now) {
    Verdict verdict = judge(now);
    if (verdict != Verdict.NOTHING && verdict != Verdict.BODY_LATE) {
      phase = Phase.OVER;
    }
    return verdict;
  }

  private Verdict judge(long now) {
    long age = now - since;
    long head = (reserved ? times.reserved() : times.head()).toNanos();
    return switch (phase) {
      case SILENT -> age > head ? Verdict.CLOSE : Verdict.NOTHING;
      case HEAD -> age > head ? Verdict.HEAD_LATE : Verdict.NOTHING;
      case IDLE -> reserved && age > head ? Verdict.CLOSE : Verdict.NOTHING;
      case SERVED -> {
        if (stuck && stuckBefore + now - stuckSince > allowedForSending()) {
          yield Verdict.ANSWER_LATE;
        }
        yield isBodyLate(now) ? Verdict.BODY_LATE : Verdict.NOTHING;
      }
      case OVER -> Verdict.NOTHING;
    };
  }

  private long allowedForSending() {
    return times.answer().toNanos() + sent * 1_000_000_000L / times.bytesPerSecond();
  }

  private void enter(Phase next, long now) {
    phase = next;
    since = now;
    received = 0;
    awaitsBody = false;
    sent = 0;
    stuck = false;
    stuckBefore = 0;
  }
}
