package io.patchbay.executor.box;

import io.patchbay.executor.Code;
import io.patchbay.executor.box.Launcher.Up;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Processes that have loaded some code and wait for its next call: each serves for a while, then it
 * is ended unused. Bounded. Safe for use by many threads.
 *
 * @param <T> what is known of a waiting process
 */
final class ReadyProcesses<T extends AutoCloseable> implements AutoCloseable {
  private final Clock clock;
  private final int most;
  private final Duration longest;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final Map<Code, Deque<Waiting<T>>> byCode = new HashMap<>();
  private int count;
  private boolean closed;

  /**
   * @param most processes of all codes together
   * @param longest time that one waits
   */
  ReadyProcesses(Clock clock, int most, Duration longest) {
    this.clock = clock;
    this.most = most;
    this.longest = longest;
  }

  /** The one that came last, of this launcher; those of others are of no use and end. */
  Optional<T> take(Code code, Up up) {
    List<T> useless = new ArrayList<>();
    try {
      lock.lock();
      try {
        Deque<Waiting<T>> line = byCode.get(code);
        T found = line == null ? null : pop(line, up, useless);
        if (line != null && line.isEmpty()) {
          byCode.remove(code);
        }
        return Optional.ofNullable(found);
      } finally {
        lock.unlock();
      }
    } finally {
      useless.forEach(ReadyProcesses::end);
    }
  }

  private @Nullable T pop(Deque<Waiting<T>> line, Up up, List<T> useless) {
    for (Waiting<T> last = line.pollLast(); last != null; last = line.pollLast()) {
      count--;
      if (last.up.equals(up)) {
        return last.process;
      }
      useless.add(last.process);
    }
    return null;
  }

  /** Keeps it, or ends it where there is no room. */
  void put(Code code, Up up, T process) {
    boolean room;
    List<T> useless = new ArrayList<>();
    lock.lock();
    try {
      if (count >= most) {
        removeOthers(up, useless);
      }
      room = !closed && count < most;
      if (room) {
        count++;
        byCode
            .computeIfAbsent(code, _ -> new ArrayDeque<>())
            .addLast(new Waiting<>(up, process, clock.instant()));
      }
    } finally {
      lock.unlock();
    }
    useless.forEach(ReadyProcesses::end);
    if (!room) {
      end(process);
    }
  }

  /** Those of launchers that have gone, which nobody asks for any more. */
  private void removeOthers(Up up, List<T> useless) {
    for (Deque<Waiting<T>> line : byCode.values()) {
      line.stream()
          .filter(waiting -> !waiting.up.equals(up))
          .forEach(waiting -> useless.add(waiting.process));
      line.removeIf(waiting -> !waiting.up.equals(up));
    }
    byCode.values().removeIf(Deque::isEmpty);
    count -= useless.size();
  }

  /** Of all codes. */
  int count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  int count(Code code) {
    lock.lock();
    try {
      return byCode.getOrDefault(code, new ArrayDeque<>()).size();
    } finally {
      lock.unlock();
    }
  }

  /** Ends those that have waited too long; whether any is left. */
  boolean sweep() {
    Instant tooOld = clock.instant().minus(longest);
    List<T> old = new ArrayList<>();
    boolean left;
    lock.lock();
    try {
      for (Iterator<Deque<Waiting<T>>> lines = byCode.values().iterator(); lines.hasNext(); ) {
        Deque<Waiting<T>> line = lines.next();
        while (!line.isEmpty() && line.getFirst().since.isBefore(tooOld)) {
          old.add(line.removeFirst().process);
          count--;
        }
        if (line.isEmpty()) {
          lines.remove();
        }
      }
      left = count > 0;
    } finally {
      lock.unlock();
    }
    old.forEach(ReadyProcesses::end);
    return left;
  }

  /** From now on, again and again. */
  void sweepEvery(Duration pause, Deadlines deadlines) {
    var _ =
        deadlines.in(
            pause,
            () -> {
              var _ = sweep();
              sweepEvery(pause, deadlines);
            });
  }

  private static void end(AutoCloseable process) {
    try {
      process.close();
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Ends all that wait, and from now on whatever is put. */
  @Override
  public void close() {
    List<T> all = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      byCode.values().forEach(line -> line.forEach(waiting -> all.add(waiting.process)));
      byCode.clear();
      count = 0;
    } finally {
      lock.unlock();
    }
    all.forEach(ReadyProcesses::end);
  }

  private record Waiting<T>(Up up, T process, Instant since) {}
}
