package io.patchbay.executor.box;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets a bounded number of calls run and a bounded number wait. A place that becomes free goes to
 * the owner who has the fewest, of these to who waited longest for one, and of each owner to who
 * came first. No owner can have all places, or all of the queue: an eighth of either is for others.
 */
final class Admission {
  private static final int SHARE_FOR_OTHERS = 8;

  private final int places;
  private final int queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();

  // guarded by lock; an owner is in it while it has or wants a place
  private final Map<String, Owner> owners = new HashMap<>();
  private int running;
  private int waiting;
  private long served;

  Admission(int places, int queue) {
    this.places = places;
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

  Verdict enter(String name, Duration patience) {
    lock.lock();
    try {
      Owner owner = owners.computeIfAbsent(name, _ -> new Owner());
      if (running < places && owner.running < mostOf(places) && owner.line.isEmpty()) {
        occupy(owner);
        return Verdict.ENTERED;
      }
      if (waiting >= queue || owner.line.size() >= mostOf(queue)) {
        forgetIfIdle(name, owner);
        return Verdict.FULL;
      }
      return await(name, owner, patience.toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Verdict.INTERRUPTED;
    } finally {
      lock.unlock();
    }
  }

  private Verdict await(String name, Owner owner, long nanos) throws InterruptedException {
    Waiter waiter = new Waiter(lock.newCondition());
    owner.line.add(waiter);
    waiting++;
    try {
      long left = nanos;
      while (!waiter.entered && left > 0) {
        left = waiter.turn.awaitNanos(left);
      }
      return waiter.entered ? Verdict.ENTERED : Verdict.TIMED_OUT;
    } catch (InterruptedException interrupted) {
      if (waiter.entered) {
        Thread.currentThread().interrupt();
        return Verdict.ENTERED;
      }
      throw interrupted;
    } finally {
      if (!waiter.entered) {
        owner.line.remove(waiter);
        waiting--;
        forgetIfIdle(name, owner);
      }
    }
  }

  void leave(String name) {
    lock.lock();
    try {
      Owner owner = owners.get(name);
      if (owner == null || owner.running == 0) {
        throw new IllegalStateException("nobody of this owner has entered: " + name);
      }
      owner.running--;
      running--;
      forgetIfIdle(name, owner);
      letIn();
      if (running == 0) {
        quiet.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Calls that wait now. */
  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /** Calls that run now. */
  int running() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing runs; false if something still does in the end. */
  boolean awaitQuiet(Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (running > 0 && nanos > 0) {
        nanos = quiet.awaitNanos(nanos);
      }
      return running == 0;
    } finally {
      lock.unlock();
    }
  }

  private void letIn() {
    for (Owner next = nextOwner(); next != null; next = nextOwner()) {
      Waiter waiter = next.line.remove();
      waiting--;
      waiter.entered = true;
      occupy(next);
      waiter.turn.signal();
    }
  }

  private @Nullable Owner nextOwner() {
    return running >= places
        ? null
        : owners.values().stream()
            .filter(owner -> !owner.line.isEmpty() && owner.running < mostOf(places))
            .min(Owner.NEXT)
            .orElse(null);
  }

  private void occupy(Owner owner) {
    owner.running++;
    owner.served = ++served;
    running++;
  }

  private void forgetIfIdle(String name, Owner owner) {
    if (owner.running == 0 && owner.line.isEmpty()) {
      owners.remove(name);
    }
  }

  /** What one owner can have of so many. */
  private static int mostOf(int all) {
    return all - all / SHARE_FOR_OTHERS;
  }

  private static final class Owner {
    private static final Comparator<Owner> NEXT =
        Comparator.<Owner>comparingInt(owner -> owner.running)
            .thenComparingLong(owner -> owner.served);

    private final Deque<Waiter> line = new ArrayDeque<>();
    private int running;

    /** Which entry of all its last one was; 0 before the first. */
    private long served;
  }

  private static final class Waiter {
    private final Condition turn;
    private boolean entered;

    Waiter(Condition turn) {
      this.turn = turn;
    }
  }
}
