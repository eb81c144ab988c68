package io.patchbay.executor.work;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets a bounded number of places be taken and a bounded number of callers wait. What becomes free
 * goes to the owner who has the fewest, of these to who waited longest for some, and of each owner
 * to who came first; who wants many is not passed by those behind it. Safe for use by many threads.
 *
 * <p>Nobody takes what others need to begin, of the places and of the queue alike. A sixteenth is
 * kept for owners who have none, and each of these gets no more than one out of it, so that so many
 * of them enter at once whatever all others have and wait for. Of the rest, who has some leaves a
 * seventh of what it has.
 */
public final class Admission {
  private static final int SHARE_FOR_OTHERS = 8;
  private static final int SHARE_KEPT = 16;

  private final Pool shared;
  private final Pool kept;
  private final long mostOfOne;
  private final int queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();

  // guarded by lock; an owner is in it while it has or wants a place
  private final Map<String, Owner> owners = new HashMap<>();
  private int waiting;
  private long turns;

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
    this.kept = new Pool(Math.min(places / SHARE_KEPT, places - mostOfOne));
    this.shared = new Pool(places - kept.places);
    this.mostOfOne = mostOfOne;
    this.queue = queue;
  }

  /** What became of the wish to enter. */
  public enum Verdict {
    /** {@link #leave} must follow. */
    ENTERED,
    /** No owner can ever have so many. */
    TOO_MUCH,
    FULL,
    TIMED_OUT,
    INTERRUPTED,
    /** By {@link #withdraw}. */
    WITHDRAWN
  }

  /** Of one caller to enter once; as long as it waits another thread may {@link #withdraw} it. */
  public static final class Wish {
    // guarded by the admission's lock
    private boolean decided;
    private @Nullable Waiter waiter;

    private Verdict decided(Verdict verdict) {
      decided = true;
      return verdict;
    }
  }

  /** Whether an owner who has none can ever have so many. */
  public boolean fits(long wanted) {
    return wanted <= mostOfOne;
  }

  /** Takes one place. */
  public Verdict enter(String name, Duration patience) {
    return enter(name, 1, patience);
  }

  /** Takes so many places, all at once. Who waits for many is not passed by its owner's others. */
  public Verdict enter(String name, long wanted, Duration patience) {
    return enter(name, wanted, patience, new Wish());
  }

  /**
   * @param wish that is made for this
   */
  public Verdict enter(String name, long wanted, Duration patience, Wish wish) {
    if (!fits(wanted)) {
      return Verdict.TOO_MUCH;
    }
    lock.lock();
    try {
      if (wish.decided) {
        return Verdict.WITHDRAWN;
      }
      Owner owner = owners.computeIfAbsent(name, _ -> new Owner(++turns));
      if (owner.line.isEmpty() && entersAtOnce(owner, wanted)) {
        return wish.decided(Verdict.ENTERED);
      }
      if (!mayWait(owner)) {
        forgetIfIdle(name, owner);
        return wish.decided(Verdict.FULL);
      }
      return await(name, owner, new Waiter(lock.newCondition(), wanted, wish), patience.toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return wish.decided ? Verdict.WITHDRAWN : wish.decided(Verdict.INTERRUPTED);
    } finally {
      lock.unlock();
    }
  }

  private Verdict await(String name, Owner owner, Waiter waiter, long nanos)
      throws InterruptedException {
    owner.line.add(waiter);
    waiting++;
    try {
      long left = nanos;
      while (!waiter.wish.decided && left > 0) {
        left = waiter.turn.awaitNanos(left);
      }
      return waiter.verdict();
    } catch (InterruptedException interrupted) {
      if (waiter.entered) {
        Thread.currentThread().interrupt();
        return Verdict.ENTERED;
      }
      throw interrupted;
    } finally {
      if (!waiter.entered) {
        if (owner.line.remove(waiter)) {
          waiting--;
        }
        forgetIfIdle(name, owner);
        // What it waited for may do for those behind it.
        letIn();
      }
    }
  }

  /** Ends its waiting, now or when it begins; false if it does not wait any more. */
  public boolean withdraw(Wish wish) {
    lock.lock();
    try {
      if (wish.decided) {
        return false;
      }
      wish.decided = true;
      if (wish.waiter != null) {
        wish.waiter.turn.signal();
      }
      return true;
    } finally {
      lock.unlock();
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
      if (owner == null || owner.taken < given) {
        throw new IllegalStateException("nobody of this owner has entered: " + name);
      }
      giveBack(owner, given);
      forgetIfIdle(name, owner);
      letIn();
      if (allTaken() == 0) {
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
      return allTaken();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no place is taken; false if one still is in the end. */
  public boolean awaitQuiet(Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (allTaken() > 0 && nanos > 0) {
        nanos = quiet.awaitNanos(nanos);
      }
      return allTaken() == 0;
    } finally {
      lock.unlock();
    }
  }

  private boolean entersAtOnce(Owner owner, long wanted) {
    Owner first = firstInTurn(this::mayHaveMore);
    boolean inTurn = first == null || Owner.NEXT.compare(owner, first) < 0;
    if (inTurn && fits(owner, wanted)) {
      occupy(shared, owner, wanted);
      return true;
    }
    if (keptFor(owner, wanted)) {
      occupy(kept, owner, wanted);
      return true;
    }
    return false;
  }

  private void letIn() {
    while (true) {
      Owner first = firstInTurn(this::mayHaveMore);
      if (first != null && fits(first, first.wanted())) {
        letIn(first, shared);
        continue;
      }
      Owner beginner = firstInTurn(owner -> keptFor(owner, owner.wanted()));
      if (beginner == null) {
        return;
      }
      letIn(beginner, kept);
    }
  }

  private void letIn(Owner owner, Pool pool) {
    Waiter waiter = owner.line.remove();
    waiting--;
    if (!waiter.wish.decided) {
      waiter.wish.decided = true;
      waiter.entered = true;
      occupy(pool, owner, waiter.weight);
      waiter.turn.signal();
    }
  }

  private @Nullable Owner firstInTurn(Predicate<Owner> candidates) {
    return waiting == 0
        ? null
        : owners.values().stream()
            .filter(owner -> !owner.line.isEmpty() && candidates.test(owner))
            .min(Owner.NEXT)
            .orElse(null);
  }

  /** Who waits for others, and not for places of its own. */
  private boolean mayHaveMore(Owner owner) {
    return owner.taken + owner.wanted() <= mostOfOne;
  }

  private boolean fits(Owner owner, long wanted) {
    return owner.taken + wanted <= mostOfOne
        && leavesEnough(shared.free() - wanted, owner.taken, wanted);
  }

  private boolean keptFor(Owner owner, long wanted) {
    return owner.taken == 0
        && wanted <= Math.max(1, kept.places / SHARE_KEPT)
        && wanted <= kept.free();
  }

  private boolean mayWait(Owner owner) {
    int free = queue - waiting - 1;
    int line = owner.line.size();
    return leavesEnough(line == 0 ? free : free - queue / SHARE_KEPT, line, 1);
  }

  /** Who has none may take the last. */
  private static boolean leavesEnough(long left, long has, long wanted) {
    return left >= (has == 0 ? 0 : (has + wanted) / (SHARE_FOR_OTHERS - 1));
  }

  private void occupy(Pool pool, Owner owner, long weight) {
    pool.taken += weight;
    owner.taken += weight;
    owner.kept += pool == kept ? weight : 0;
    owner.turn = ++turns;
  }

  private void giveBack(Owner owner, long weight) {
    long ofKept = Math.min(owner.kept, weight);
    owner.kept -= ofKept;
    kept.taken -= ofKept;
    shared.taken -= weight - ofKept;
    owner.taken -= weight;
    if (owner.taken == 0) {
      owner.turn = ++turns;
    }
  }

  private long allTaken() {
    return shared.taken + kept.taken;
  }

  private void forgetIfIdle(String name, Owner owner) {
    if (owner.taken == 0 && owner.line.isEmpty()) {
      owners.remove(name, owner);
    }
  }

  /** What one owner can have of so many. */
  private static long mostOf(long all) {
    return all - all / SHARE_FOR_OTHERS;
  }

  private static final class Owner {
    private static final Comparator<Owner> NEXT =
        Comparator.<Owner>comparingLong(owner -> owner.taken)
            .thenComparingLong(owner -> owner.turn);

    private final Deque<Waiter> line = new ArrayDeque<>();
    private long taken;

    /** Of these, those that are kept for who has none. */
    private long kept;

    /** When it came, took a place for the last time, or began to have none again. */
    private long turn;

    Owner(long turn) {
      this.turn = turn;
    }

    /** What the first in line waits for. */
    long wanted() {
      return line.element().weight;
    }
  }

  private static final class Pool {
    private final long places;
    private long taken;

    Pool(long places) {
      this.places = places;
    }

    long free() {
      return places - taken;
    }
  }

  private static final class Waiter {
    private final Condition turn;
    private final long weight;
    private final Wish wish;
    private boolean entered;

    Waiter(Condition turn, long weight, Wish wish) {
      this.turn = turn;
      this.weight = weight;
      this.wish = wish;
      wish.waiter = this;
    }

    /** Of who has waited long enough. */
    Verdict verdict() {
      if (entered) {
        return Verdict.ENTERED;
      }
      return wish.decided ? Verdict.WITHDRAWN : wish.decided(Verdict.TIMED_OUT);
    }
  }
}
