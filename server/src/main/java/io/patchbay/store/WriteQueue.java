package io.patchbay.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Units that wait for the writer. It takes as many as make one transaction: of each owner in turn,
 * small ones always, large ones up to a bound, so that whoever writes little waits for one
 * transaction at most, however much others write. The units of one owner keep their order. Safe for
 * use by many threads.
 */
final class WriteQueue {
  /** Units of one transaction. */
  static final int UNITS = 256;

  /** Bytes of one transaction, small units not counted; its first unit may have more. */
  static final long BYTES = 4L * 1024 * 1024;

  /** Bytes up to which a unit is small. */
  static final long SMALL = BYTES / UNITS;

  private static final int SHARE_FOR_OTHERS = 8;

  private final int places;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();

  // guarded by lock; an owner is in it while something of it waits, whose turn is next stands first
  private final Map<String, Deque<WriteTask<?>>> lines = new LinkedHashMap<>();
  private int waiting;
  private boolean closed;

  /**
   * @param places units that may wait; of one owner seven eighths of these
   */
  WriteQueue(int places) {
    this.places = places;
  }

  /** What became of the wish to wait. */
  enum Verdict {
    ACCEPTED,
    FULL,
    CLOSED
  }

  /**
   * @param patience how long it waits for a place
   */
  Verdict put(WriteTask<?> task, Duration patience) {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (!closed && !hasRoom(task.load().owner())) {
        if (nanos <= 0) {
          return Verdict.FULL;
        }
        nanos = room.awaitNanos(nanos);
      }
      if (closed) {
        return Verdict.CLOSED;
      }
      lines.computeIfAbsent(task.load().owner(), _ -> new ArrayDeque<>()).add(task);
      waiting++;
      arrived.signal();
      return Verdict.ACCEPTED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Verdict.FULL;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(String owner) {
    Deque<WriteTask<?>> line = lines.get(owner);
    return waiting < places
        && (line == null || line.size() < Math.max(1, places - places / SHARE_FOR_OTHERS));
  }

  /** The units of the next transaction, of which there is at least one; none once it is closed. */
  List<WriteTask<?>> take() {
    lock.lock();
    try {
      while (waiting == 0 && !closed) {
        arrived.awaitUninterruptibly();
      }
      List<WriteTask<?>> batch = nextInTurn();
      waiting -= batch.size();
      room.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private List<WriteTask<?>> nextInTurn() {
    var batch = new ArrayList<WriteTask<?>>();
    var owners = new ArrayDeque<>(lines.keySet());
    long bytes = 0;
    while (!owners.isEmpty() && batch.size() < UNITS) {
      String owner = owners.remove();
      Deque<WriteTask<?>> line = lines.getOrDefault(owner, new ArrayDeque<>());
      long more = line.element().load().bytes();
      boolean small = more <= SMALL;
      if (small || batch.isEmpty() || bytes + more <= BYTES) {
        bytes += small ? 0 : more;
        batch.add(line.remove());
        toTheEnd(owner, line);
        if (!line.isEmpty()) {
          owners.add(owner);
        }
      }
      // Who has something too large for this transaction stays in front, and begins the next.
    }
    return batch;
  }

  private void toTheEnd(String owner, Deque<WriteTask<?>> line) {
    lines.remove(owner);
    if (!line.isEmpty()) {
      lines.put(owner, line);
    }
  }

  /** Units that wait now. */
  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more; what waits is still handed out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
