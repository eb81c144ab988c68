package io.patchbay.executor.work;

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
 * Lets a bounded number of places be taken and a bounded number of callers wait. What becomes free
 * goes to the owner who has the fewest, of these to who waited longest for some, and of each owner
 * to who came first. No owner can have all places, or all of the queue: an eighth of either is for
 * others. Of the places that others leave it is the same again, so that two who want all do not
 * take all. Safe for use by many threads.
 */
public final class Admission {
  private static final int SHARE_FOR_OTHERS = 8;

  private final long places;
  private final long mostOfOne;
  private final int queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();

  // guarded by lock; an owner is in it while it has or wants a place
  private final Map<String, Owner> owners = new HashMap<>();
  private long taken;
  private int waiting;
  private long served;

  /** Of which one owner can have seven eighths. */
  public Admission(long places, int queue) {
    this(places, mostOf(places), queue);
  }

  /**
   * @param places that can be taken at once: calls, threads, bytes
   * @param mostOfOne that one owner can have
   * @param queue callers that may wait
   */
  public Admission(long places, long mostOfOne, int queue) {
    this.places = places;
    this.mostOfOne = mostOfOne;
    this.queue = queue;
  }

  /** What became of the wish to enter. */
  public enum Verdict {
    /** {@link #leave} must follow. */
    ENTERED,
    FULL,
    TIMED_OUT,
    INTERRUPTED
  }

  /** Takes one place. */
  public Verdict enter(String name, Duration patience) {
    return enter(name, 1, patience);
  }

  /**
   * Takes so many places, all at once. Who waits for many is not passed by its owner's others.
   *
   * @param wanted at most what one owner can have; more counts as that
   */
  public Verdict enter(String name, long wanted, Duration patience) {
    lock.lock();
    try {
      Owner owner = owners.computeIfAbsent(name, _ -> new Owner());
      long weight = weight(wanted);
      if (owner.line.isEmpty() && fits(owner, weight) && isFirst(owner)) {
        occupy(owner, weight);
        return Verdict.ENTERED;
      }
      if (waiting >= queue || owner.line.size() >= mostOf(queue)) {
        forgetIfIdle(name, owner);
        return Verdict.FULL;
      }
      return await(name, owner, weight, patience.toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Verdict.INTERRUPTED;
    } finally {
      lock.unlock();
    }
  }

  private Verdict await(String name, Owner owner, long weight, long nanos)
      throws InterruptedException {
    Waiter waiter = new Waiter(lock.newCondition(), weight);
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
        // What it waited for may do for those behind it.
        letIn();
      }
    }
  }

  /** Gives one place back. */
  public void leave(String name) {
    leave(name, 1);
  }

  /**
   * @param given as many as were wanted when they were taken
   */
  public void leave(String name, long given) {
    lock.lock();
    try {
      Owner owner = owners.get(name);
      long weight = weight(given);
      if (owner == null || owner.taken < weight) {
        throw new IllegalStateException("nobody of this owner has entered: " + name);
      }
      owner.taken -= weight;
      taken -= weight;
      forgetIfIdle(name, owner);
      letIn();
      if (taken == 0) {
        quiet.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Callers that wait now. */
  public int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /** Places that are taken now. */
  public long taken() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no place is taken; false if one still is in the end. */
  public boolean awaitQuiet(Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (taken > 0 && nanos > 0) {
        nanos = quiet.awaitNanos(nanos);
      }
      return taken == 0;
    } finally {
      lock.unlock();
    }
  }

  private void letIn() {
    for (Owner next = nextOwner(); next != null; next = nextOwner()) {
      Waiter waiter = next.line.remove();
      waiting--;
      waiter.entered = true;
      occupy(next, waiter.weight);
      waiter.turn.signal();
    }
  }

  /** Nobody while the first in turn waits for more than is free: it would wait for ever. */
  private @Nullable Owner nextOwner() {
    Owner next = firstInTurn();
    return next != null && fits(next, next.line.element().weight) ? next : null;
  }

  private boolean isFirst(Owner owner) {
    Owner first = firstInTurn();
    return first == null || Owner.NEXT.compare(owner, first) < 0;
  }

  /** Who waits for others, and not for places of its own. */
  private @Nullable Owner firstInTurn() {
    return waiting == 0
        ? null
        : owners.values().stream()
            .filter(owner -> !owner.line.isEmpty() && hasRoom(owner, owner.line.element().weight))
            .min(Owner.NEXT)
            .orElse(null);
  }

  private boolean fits(Owner owner, long weight) {
    long left = places - taken - weight;
    boolean leavesEnough =
        owner.taken == 0 || left >= (owner.taken + weight) / (SHARE_FOR_OTHERS - 1);
    return left >= 0 && leavesEnough && hasRoom(owner, weight);
  }

  private boolean hasRoom(Owner owner, long weight) {
    return owner.taken + weight <= mostOfOne;
  }

  private long weight(long wanted) {
    return Math.min(wanted, mostOfOne);
  }

  private void occupy(Owner owner, long weight) {
    owner.taken += weight;
    owner.served = ++served;
    taken += weight;
  }

  private void forgetIfIdle(String name, Owner owner) {
    if (owner.taken == 0 && owner.line.isEmpty()) {
      owners.remove(name);
    }
  }

  /** What one owner can have of so many. */
  private static long mostOf(long all) {
    return all - all / SHARE_FOR_OTHERS;
  }

  private static final class Owner {
    private static final Comparator<Owner> NEXT =
        Comparator.<Owner>comparingLong(owner -> owner.taken)
            .thenComparingLong(owner -> owner.served);

    private final Deque<Waiter> line = new ArrayDeque<>();
    private long taken;

    /** Which entry of all its last one was; 0 before the first. */
    private long served;
  }

  private static final class Waiter {
    private final Condition turn;
    private final long weight;
    private boolean entered;

    Waiter(Condition turn, long weight) {
      this.turn = turn;
      this.weight = weight;
    }
  }
}
