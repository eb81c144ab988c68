package io.patchbay.executor.box;

import io.patchbay.executor.Code;
import io.patchbay.executor.box.Launcher.Up;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Processes that have loaded some code and wait for a call of it, and what is known of each code:
 * how often it is called, and how many processes are on their way. Bounded by number and memory;
 * where there is no room, who has most gives the one that has waited longest. Safe for use by many
 * threads.
 */
final class WaitingProcesses implements AutoCloseable {
  /** So long before one ends its successor is made, so that no call waits for that. */
  private static final Duration NEARLY = Duration.ofSeconds(5);

  /** For the last ones of many that serve a code; to make one takes about as long. */
  private static final long LONGEST_WAIT = Duration.ofMillis(10).toNanos();

  private static final long SHORTEST_WAIT = Duration.ofMillis(2).toNanos();

  /** Who does without has to load the code as well. */
  private static final long LONGEST_LOAD = Duration.ofSeconds(10).toNanos();

  /** A restore takes less than a millisecond where the machine is not busy. */
  private static final long LONGEST_RESTORE = Duration.ofMillis(100).toNanos();

  /** Code that was not called for so long is forgotten. */
  private static final Duration MEMORY = Duration.ofSeconds(60);

  private static final int MOST_CODES = 2000;
  private static final int CALLS_BEFORE = 2;

  private final Clock clock;
  private final Room room;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock; the code that was called least recently comes first
  private final Map<Code, Line> lines = new LinkedHashMap<>(16, 0.75f, true);
  private int count;
  private long bytes;
  private boolean closed;

  /**
   * Of all that wait together.
   *
   * @param most processes
   * @param bytes of memory
   */
  record Room(int most, long bytes) {}

  WaitingProcesses(Clock clock, Room room) {
    this.clock = clock;
    this.room = room;
  }

  /** Of one code. */
  final class Line {
    private final Code code;
    private final Deque<Loaded> waiting = new ArrayDeque<>();
    private final Condition came = lock.newCondition();
    private int serving;
    private int coming;
    private int loading;
    private int callers;
    private int calls;

    // From when a call takes one until the next one can, as an average of the last ones.
    private long usualNanos;

    // Whether a call had to do without since the last one was made.
    private boolean missed;
    private Instant lastCall = clock.instant();
    private Instant unsuitedUntil = Instant.MIN;
    private Instant notAheadUntil = Instant.MIN;

    private Line(Code code) {
      this.code = code;
    }

    Code code() {
      return code;
    }

    private boolean isWorthIt(Instant now) {
      return calls >= CALLS_BEFORE
          && lastCall.isAfter(now.minus(MEMORY))
          && !notAheadUntil.isAfter(now);
    }

    private boolean lacks(Instant now) {
      boolean last = serving + coming == 0;
      boolean none = waiting.isEmpty() || !waiting.getLast().end().isAfter(now.plus(NEARLY));
      return loading == 0 && (missed || (last && none));
    }

    /** How long it is better to wait for one that there is, or almost is, than to do without. */
    private long patience() {
      if (serving + coming == 0) {
        return loading > 0 ? LONGEST_LOAD : 0;
      }
      if (coming > callers) {
        return LONGEST_RESTORE;
      }
      long expected = usualNanos * (callers + 1) / (serving + coming);
      return expected < LONGEST_WAIT ? Math.max(2 * expected, SHORTEST_WAIT) : 0;
    }

    private void served(long nanos) {
      usualNanos = usualNanos == 0 ? nanos : (7 * usualNanos + nanos) / 8;
    }

    private boolean isIdle() {
      return waiting.isEmpty() && serving + coming + loading + callers == 0;
    }

    private boolean isForgotten(Instant now) {
      return isIdle() && !lastCall.isAfter(now.minus(MEMORY)) && !unsuitedUntil.isAfter(now);
    }
  }

  /** A call of it comes. */
  Line called(Code code) {
    lock.lock();
    try {
      Line line = lines.computeIfAbsent(code, Line::new);
      line.calls++;
      line.lastCall = clock.instant();
      forgetOldest();
      return line;
    } finally {
      lock.unlock();
    }
  }

  /** Calls of it will come, as if some had come already. */
  void expect(Code code) {
    for (int i = 0; i < CALLS_BEFORE; i++) {
      var _ = called(code);
    }
  }

  private void forgetOldest() {
    Iterator<Line> oldest = lines.values().iterator();
    while (lines.size() > MOST_CODES && oldest.hasNext()) {
      if (oldest.next().isIdle()) {
        oldest.remove();
      }
    }
  }

  /**
   * What a call has found.
   *
   * @param loads whether it is to load the code, which nobody else does; {@link #loaded} must
   *     follow
   */
  record Taken(Optional<Loaded> process, boolean loads) {}

  /**
   * The one that came last; {@link #comes} or {@link #ended} must follow. Waits for one that serves
   * another call, or is being put back, where that is likely to be quicker than to make one.
   *
   * @param up whose processes are of use; those of other launchers end
   * @param longest that it waits
   * @param loads whether who finds none at all is to load the code
   */
  Taken take(Line line, Up up, Duration longest, boolean loads) {
    List<Loaded> useless = new ArrayList<>();
    lock.lock();
    try {
      Loaded found = pollLast(line, up, useless);
      long now = System.nanoTime();
      long end = now + longest.toNanos();
      boolean others = line.serving + line.coming > 0;
      for (long began = now; found == null; now = System.nanoTime()) {
        if (others != line.serving + line.coming > 0) {
          others = !others;
          began = now;
        }
        long left = Math.min(began + line.patience(), end) - now;
        if (left <= 0) {
          break;
        }
        line.callers++;
        try {
          var _ = line.came.awaitNanos(left);
        } finally {
          line.callers--;
        }
        found = pollLast(line, up, useless);
      }
      if (found != null) {
        line.serving++;
        found.taken();
        return new Taken(Optional.of(found), false);
      }
      boolean none = line.serving + line.coming == 0;
      line.missed |= !none;
      return new Taken(Optional.empty(), loads && none && begins(line));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Taken(Optional.empty(), false);
    } finally {
      lock.unlock();
      useless.forEach(Loaded::close);
    }
  }

  private @Nullable Loaded pollLast(Line line, Up up, List<Loaded> useless) {
    Instant now = clock.instant();
    while (!line.waiting.isEmpty()) {
      Loaded last = remove(line, line.waiting.getLast());
      if (last.isOf(up) && last.end().isAfter(now)) {
        return last;
      }
      useless.add(last);
    }
    return null;
  }

  /** One serves a call that was made for it; {@link #comes} or {@link #ended} must follow. */
  void serves(Line line) {
    lock.lock();
    try {
      line.serving++;
    } finally {
      lock.unlock();
    }
  }

  /** What has served a call does not come back. */
  void ended(Line line) {
    lock.lock();
    try {
      line.serving--;
      line.came.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Loaded remove(Line line, Loaded waiting) {
    line.waiting.remove(waiting);
    count--;
    bytes -= waiting.bytes();
    return waiting;
  }

  /** What has served a call is on its way back; {@link #arrived} or {@link #lost} must follow. */
  void comes(Line line) {
    lock.lock();
    try {
      line.serving--;
      line.coming++;
    } finally {
      lock.unlock();
    }
  }

  /** It waits for its next call, as {@link #waits}. */
  void arrived(Line line, Loaded loaded) {
    waits(
        line,
        loaded,
        () -> {
          line.coming--;
          line.served(loaded.nanosSinceTaken());
        });
  }

  /** From now on, where there is room and its code is still known. */
  void waits(Line line, Loaded loaded) {
    waits(line, loaded, () -> {});
  }

  /**
   * @param before is done at the same time
   */
  private void waits(Line line, Loaded loaded, Runnable before) {
    List<Loaded> useless = new ArrayList<>();
    loaded.rests(clock.instant());
    lock.lock();
    try {
      before.run();
      if (closed || lines.get(line.code) != line || loaded.bytes() > room.bytes) {
        useless.add(loaded);
      } else {
        line.waiting.addLast(loaded);
        count++;
        bytes += loaded.bytes();
        while (count > room.most || bytes > room.bytes) {
          useless.add(giveWay());
        }
      }
      line.came.signal();
    } finally {
      lock.unlock();
    }
    useless.forEach(Loaded::close);
  }

  /** It does not come after all. */
  void lost(Line line) {
    lock.lock();
    try {
      line.coming--;
      line.came.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The one that has waited longest, of who has most that waits. */
  private Loaded giveWay() {
    Map<String, Long> byOwner = new HashMap<>();
    for (Line line : lines.values()) {
      for (Loaded waiting : line.waiting) {
        byOwner.merge(waiting.code().owner().name(), weight(waiting), Long::sum);
      }
    }
    String most =
        byOwner.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    Line found =
        lines.values().stream()
            .filter(line -> !line.waiting.isEmpty())
            .filter(line -> line.waiting.getFirst().code().owner().name().equals(most))
            .min(Comparator.comparing(line -> line.waiting.getFirst().restsSince()))
            .orElseThrow();
    return remove(found, found.waiting.getFirst());
  }

  /** A share of the room, by what there is less of. */
  private long weight(Loaded waiting) {
    return Math.max(room.bytes / room.most, waiting.bytes());
  }

  /** Whether nobody loads it; if so {@link #loaded} must follow. */
  boolean mayLoadAhead(Line line) {
    lock.lock();
    try {
      return begins(line);
    } finally {
      lock.unlock();
    }
  }

  private static boolean begins(Line line) {
    if (line.loading > 0) {
      return false;
    }
    line.loading++;
    line.missed = false;
    return true;
  }

  void loaded(Line line) {
    lock.lock();
    try {
      line.loading--;
      line.came.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** For a while it is not put back. */
  void unsuited(Line line) {
    lock.lock();
    try {
      line.unsuitedUntil = clock.instant().plus(MEMORY);
    } finally {
      lock.unlock();
    }
  }

  boolean isUnsuited(Line line) {
    lock.lock();
    try {
      return line.unsuitedUntil.isAfter(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  /** For a while it is not loaded before it is called. */
  void notAhead(Line line) {
    lock.lock();
    try {
      line.notAheadUntil = clock.instant().plus(MEMORY);
    } finally {
      lock.unlock();
    }
  }

  /** What was called last, of what is called often and has nothing that waits. */
  Optional<Line> lacking() {
    lock.lock();
    try {
      Instant now = clock.instant();
      return lines.values().stream()
          .filter(line -> line.isWorthIt(now) && line.lacks(now))
          .max(Comparator.comparing(line -> line.lastCall));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends what is too old or works while nobody asks it to.
   *
   * @param up whose processes are of use, if there is one
   */
  void sweep(Optional<Up> up) {
    Map<Loaded, Line> all = new LinkedHashMap<>();
    Instant now = clock.instant();
    lock.lock();
    try {
      lines.values().removeIf(line -> line.isForgotten(now));
      lines.values().forEach(line -> line.waiting.forEach(each -> all.put(each, line)));
    } finally {
      lock.unlock();
    }
    all.forEach((each, line) -> {
      if (!each.end().isAfter(now) || !up.map(each::isOf).orElse(true) || each.isBusy()) {
        end(line, each);
      }
    });
  }

  /** Unless a call has taken it meanwhile. */
  private void end(Line line, Loaded loaded) {
    boolean waits;
    lock.lock();
    try {
      waits = line.waiting.contains(loaded);
      if (waits) {
        var _ = remove(line, loaded);
      }
    } finally {
      lock.unlock();
    }
    if (waits) {
      loaded.close();
    }
  }

  /** Ends what waits of this owner; what serves a call now does not come back. */
  void forget(String owner) {
    List<Loaded> all = new ArrayList<>();
    lock.lock();
    try {
      Iterator<Map.Entry<Code, Line>> entries = lines.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<Code, Line> entry = entries.next();
        if (entry.getKey().owner().name().equals(owner)) {
          Line line = entry.getValue();
          List.copyOf(line.waiting).forEach(waiting -> all.add(remove(line, waiting)));
          entries.remove();
        }
      }
    } finally {
      lock.unlock();
    }
    all.forEach(Loaded::close);
  }

  int count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Of all that wait. */
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all that wait, and from now on whatever arrives. */
  @Override
  public void close() {
    List<Loaded> all = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      for (Line line : lines.values()) { // who has one may look at it once more
        all.addAll(line.waiting);
        line.waiting.clear();
      }
      lines.clear();
      count = 0;
      bytes = 0;
    } finally {
      lock.unlock();
    }
    all.forEach(Loaded::close);
  }
}
