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
  /** What a module has looked at when it was loaded may be so old; a kept process waits so long. */
  static final Duration OLDEST = Duration.ofSeconds(60);

  /** From this age on another is made, so that no call waits for that. */
  private static final Duration NEARLY = Duration.ofSeconds(50);

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
    private int coming;
    private int loading;
    private int callers;
    private int calls;
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
      boolean waits = !waiting.isEmpty() && waiting.getLast().age().isAfter(now.minus(NEARLY));
      return !waits && coming == 0 && loading == 0;
    }

    private boolean isIdle() {
      return waiting.isEmpty() && coming + loading + callers == 0;
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

  private void forgetOldest() {
    Iterator<Line> oldest = lines.values().iterator();
    while (lines.size() > MOST_CODES && oldest.hasNext()) {
      if (oldest.next().isIdle()) {
        oldest.remove();
      }
    }
  }

  /**
   * The one that came last. Waits while others are on their way to it and nobody waits for them.
   *
   * @param up whose processes are of use; those of other launchers end
   */
  Optional<Loaded> take(Line line, Up up, Duration patience) {
    List<Loaded> useless = new ArrayList<>();
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (true) {
        Loaded found = pollLast(line, up, useless);
        if (found != null || nanos <= 0 || line.coming <= line.callers) {
          return Optional.ofNullable(found);
        }
        line.callers++;
        try {
          nanos = line.came.awaitNanos(nanos);
        } finally {
          line.callers--;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
      useless.forEach(Loaded::close);
    }
  }

  private @Nullable Loaded pollLast(Line line, Up up, List<Loaded> useless) {
    Instant tooOld = clock.instant().minus(OLDEST);
    while (!line.waiting.isEmpty()) {
      Loaded last = remove(line, line.waiting.getLast());
      if (last.isOf(up) && last.age().isAfter(tooOld)) {
        return last;
      }
      useless.add(last);
    }
    return null;
  }

  private Loaded remove(Line line, Loaded waiting) {
    line.waiting.remove(waiting);
    count--;
    bytes -= waiting.bytes();
    return waiting;
  }

  /** One is on its way; {@link #arrived} or {@link #lost} must follow. */
  void comes(Line line) {
    lock.lock();
    try {
      line.coming++;
    } finally {
      lock.unlock();
    }
  }

  /** It waits from now on, where there is room and its code is still known. */
  void arrived(Line line, Loaded loaded) {
    List<Loaded> useless = new ArrayList<>();
    loaded.rests(clock.instant());
    lock.lock();
    try {
      line.coming--;
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
            .min(Comparator.comparing(line -> line.waiting.getFirst().age()))
            .orElseThrow();
    return remove(found, found.waiting.getFirst());
  }

  /** A share of the room, by what there is less of. */
  private long weight(Loaded waiting) {
    return Math.max(room.bytes / room.most, waiting.bytes());
  }

  /** Whether another may load this code now; if so {@link #loaded} must follow. */
  boolean mayLoad(Line line, int most) {
    lock.lock();
    try {
      boolean may = line.loading < most;
      line.loading += may ? 1 : 0;
      return may;
    } finally {
      lock.unlock();
    }
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

  /** Until one has come, so long at most. */
  void await(Line line, Duration patience) {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (line.waiting.isEmpty() && nanos > 0) {
        nanos = line.came.awaitNanos(nanos);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
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

  /** Ends what is too old or works while nobody asks it to. */
  void sweep() {
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
      if (!each.age().isAfter(now.minus(OLDEST)) || each.isBusy()) {
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
      lines.values().forEach(line -> all.addAll(line.waiting));
      lines.clear();
      count = 0;
      bytes = 0;
    } finally {
      lock.unlock();
    }
    all.forEach(Loaded::close);
  }
}
