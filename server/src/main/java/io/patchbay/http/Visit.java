package io.patchbay.http;

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

  /** What one that was answered has, in nanoseconds, to send more where others wait. */
  private static final long A_WHILE = 1_000_000_000L;

  /** The same for reading something of its answer. */
  private static final long A_MOMENT = 100_000_000L;

  private final Limits.Times times;
  private final boolean reserved;

  // All guarded by this.
  private Phase phase = Phase.SILENT;
  private boolean isNew = true;
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
      isNew = false;
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
   * How readily it gives its place to another.
   *
   * @param worth the lower, the sooner
   * @param since when it rests; of the same worth, who rests longest goes first
   */
  record Claim(int worth, long since) implements Comparable<Claim> {
    /** It drips, does not read its answer, or has never been answered. */
    private static final int NONE = 0;

    /** It was answered, and has rested for a while. */
    private static final int IDLE = 1;

    /** It has just been answered, is about to ask for something more, or is served. */
    private static final int FULL = 2;

    boolean isFull() {
      return worth == FULL;
    }

    @Override
    public int compareTo(Claim other) {
      int byWorth = Integer.compare(worth, other.worth);
      return byWorth != 0 ? byWorth : Long.compare(since - other.since, 0);
    }
  }

  synchronized Claim claim(long now) {
    return switch (phase) {
      case SILENT -> new Claim(Claim.NONE, since);
      case HEAD -> new Claim(isLate(now) ? Claim.NONE : Claim.FULL, since);
      case IDLE -> new Claim(reserved || !isLate(now) ? Claim.FULL : Claim.IDLE, since);
      case SERVED -> {
        if (stuck && now - stuckSince > A_MOMENT) {
          yield new Claim(Claim.NONE, stuckSince);
        }
        boolean drips = awaitsBody && isLate(now) && isSlow(now);
        yield new Claim(drips ? Claim.NONE : Claim.FULL, since);
      }
      case OVER -> new Claim(Claim.FULL, since);
    };
  }

  /** Whether others that wait come first: at once, where it has never got as far as an answer. */
  private boolean isLate(long now) {
    return isNew || now - since > A_WHILE;
  }

  private boolean isSlow(long now) {
    return now - since > received * 1_000_000_000L / times.bytesPerSecond();
  }

  /** Gives it up for another, unless its claim is a full one by now. */
  synchronized boolean giveWay(long now) {
    boolean gives = !claim(now).isFull();
    if (gives) {
      phase = Phase.OVER;
    }
    return gives;
  }

  synchronized boolean isOver() {
    return phase == Phase.OVER;
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
