package io.patchbay.executor.box;

import io.patchbay.executor.Code;
import io.patchbay.executor.box.Launcher.Up;
import io.patchbay.executor.work.Admission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Processes that have loaded some code and wait for a call of it, and what is known of each code:
 * how often it is called, and how many processes are on their way. Bounded by number and memory;
 * where there is no room, who has most gives the one that has waited longest. Safe for use by many
 * threads.
 */
final class WaitingProcesses implements AutoCloseable {
  private static final int MOST_CODES = 2000;

  private final Clock clock;
  private final Room room;
  private final Starts starts;
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

  /**
   * @param starts where calls wait that have found none
   */
  WaitingProcesses(Clock clock, Room room, Starts starts) {
    this.clock = clock;
    this.room = room;
    this.starts = starts;
  }

  /** A call of it comes. */
  Line called(Code code) {
    lock.lock();
    try {
      Line line = lines.computeIfAbsent(code, _ -> new Line(code, lock.newCondition()));
      line.called(clock.instant());
      forgetOldest();
      return line;
    } finally {
      lock.unlock();
    }
  }

  /** Calls of it will come, as if some had come already. */
  void expect(Code code) {
    for (int i = 0; i < Line.CALLS_BEFORE; i++) {
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
   * What a call has found at once.
   *
   * @param loads whether it is to load the code, which nobody else does; {@link #loaded} must
   *     follow
   * @param want of a call that found none, for who goes on waiting; {@link #came} must follow
   */
  record Found(Optional<Loaded> process, boolean loads, Want want) {}

  /** A process that is wanted by a call which waits for its turn to make one. */
  static final class Want {
    private final Up up;
    private final Admission.Wish turn = new Admission.Wish();
    private @Nullable Loaded process;

    private Want(Up up) {
      this.up = up;
    }

    /** Withdrawn when a process came first. */
    Admission.Wish turn() {
      return turn;
    }
  }

  /**
   * The one that came last; {@link #comes} or {@link #ended} must follow. Waits for one that serves
   * another call, or is being put back, where that is likely to be quicker than to make one.
   *
   * @param up whose processes are of use; those of other launchers end
   * @param longest that it waits
   * @param loads whether who finds none at all is to load the code
   */
  Found take(Line line, Up up, Duration longest, boolean loads) {
    List<Loaded> useless = new ArrayList<>();
    Want want = new Want(up);
    lock.lock();
    try {
      Loaded found = await(line, up, longest, useless);
      if (found != null) {
        serves(line, found);
        return new Found(Optional.of(found), false, want);
      }
      boolean none = line.serving + line.coming == 0;
      line.missed |= !none;
      boolean begins = loads && none && line.begins();
      if (!begins) {
        line.wanting.add(want);
      }
      return new Found(Optional.empty(), begins, want);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Found(Optional.empty(), false, want);
    } finally {
      lock.unlock();
      useless.forEach(Loaded::close);
    }
  }

  private @Nullable Loaded await(Line line, Up up, Duration longest, List<Loaded> useless)
      throws InterruptedException {
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
        return null;
      }
      line.callers++;
      try {
        var _ = line.came.awaitNanos(left);
      } finally {
        line.callers--;
      }
      found = pollLast(line, up, useless);
    }
    return found;
  }

  /** What came for it while it waited, if something did; from now on nothing does. */
  Optional<Loaded> came(Line line, Want want) {
    lock.lock();
    try {
      line.wanting.remove(want);
      return Optional.ofNullable(want.process);
    } finally {
      lock.unlock();
    }
  }

  private static void serves(Line line, Loaded found) {
    line.serving++;
    found.taken();
  }

  /** To who has waited longest for its turn to make one, and still does. */
  private boolean isWanted(Line line, Loaded loaded) {
    for (Want want = line.wanting.poll(); want != null; want = line.wanting.poll()) {
      if (loaded.isOf(want.up) && starts.withdraw(want.turn)) {
        want.process = loaded;
        serves(line, loaded);
        return true;
      }
    }
    return false;
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

  private void add(Line line, Loaded loaded) {
    line.waiting.addLast(loaded);
    count++;
    bytes += loaded.bytes();
    line.came.signal();
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
      boolean known = !closed && lines.get(line.code) == line;
      if (!known || loaded.bytes() > room.bytes || !loaded.end().isAfter(clock.instant())) {
        useless.add(loaded);
        line.came.signal();
      } else if (!isWanted(line, loaded)) {
        add(line, loaded);
        while (count > room.most || bytes > room.bytes) {
          useless.add(giveWay());
        }
      }
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
      return line.begins();
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

  /** For a while it is not put back. */
  void unsuited(Line line) {
    lock.lock();
    try {
      line.unsuitedUntil = clock.instant().plus(Line.MEMORY);
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
      line.notAheadUntil = clock.instant().plus(Line.MEMORY);
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

  /** Ends what waits of such an owner; what serves a call now does not come back. */
  void forget(Predicate<String> owner) {
    List<Loaded> all = new ArrayList<>();
    lock.lock();
    try {
      Iterator<Map.Entry<Code, Line>> entries = lines.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<Code, Line> entry = entries.next();
        if (owner.test(entry.getKey().owner().name())) {
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

  /** Codes of which a process is being loaded. */
  int loading() {
    lock.lock();
    try {
      return (int) lines.values().stream().filter(line -> line.loading > 0).count();
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
