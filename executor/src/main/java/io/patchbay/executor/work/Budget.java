package io.patchbay.executor.work;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one request may take of the server beside its calls: processor time for what others made
 * large, and memory for it. Bound to the request's thread by {@link Work#serve}; where none is
 * bound (at the start, in background jobs, in tests) work stays with its caller and nothing is
 * counted.
 */
public final class Budget {
  /**
   * Steps up to which work stays with its caller; a step is what one character costs that is read
   * or written once. Some 2 ms where the JVM is warm, which no other request notices.
   */
  public static final long SMALL = 32 * 1024;

  /** Bytes that are held without being counted. */
  static final long SLIGHT = 16 * 1024;

  /** What is made of one byte of JSON: a tree of many small values takes some 25 times its text. */
  private static final int TREE = 24;

  private static final ScopedValue<Budget> CURRENT = ScopedValue.newInstance();

  private final Work work;
  private final String owner;
  private final Thread thread = Thread.currentThread();
  private final AtomicLong held = new AtomicLong();

  Budget(Work work, String owner) {
    this.work = work;
    this.owner = owner;
  }

  /** Some work, and how it can fail. */
  @FunctionalInterface
  public interface Task<T, X extends Exception> {
    T run() throws X;
  }

  /**
   * Does the work now, and returns what it makes: on a thread of the pool where it is large, so
   * that the caller's own is free for others meanwhile.
   *
   * @param steps about how many characters it reads and writes
   * @throws Busy there was no thread in time
   */
  public static <T, X extends Exception> T spend(long steps, Task<T, X> task) throws X {
    Budget current = steps <= SMALL ? null : current();
    return current == null || !Thread.currentThread().isVirtual()
        ? task.run()
        : current.work.run(current, task);
  }

  /** As {@link #spend}, for what must be done: where there is no thread in time, it stays here. */
  public static <T, X extends Exception> T spendAnyway(long steps, Task<T, X> task) throws X {
    try {
      return spend(steps, task);
    } catch (Busy noThread) {
      return task.run();
    }
  }

  /**
   * Counts bytes of JSON that are about to be read or made, with the tree that they become, until
   * the request ends; or until the {@link Part} does.
   *
   * @throws Busy there was no memory for them in time
   */
  public static void hold(long bytes) {
    Budget current = bytes <= SLIGHT ? null : current();
    if (current != null) {
      current.held.addAndGet(
          current.work.take(current.owner, bytes * TREE, current.work.patience()));
    }
  }

  /**
   * As {@link #hold}, for bytes that become nothing larger.
   *
   * @param most that may be waited, where that is less than all wait
   */
  public static void holdPlain(long bytes, Duration most) {
    Budget current = bytes <= SLIGHT ? null : current();
    if (current != null) {
      Duration patience = current.work.patience();
      Duration wait = most.compareTo(patience) < 0 ? most : patience;
      current.held.addAndGet(current.work.take(current.owner, bytes, wait));
    }
  }

  /** A part of a request, at whose end what was held since is given back. */
  public interface Part extends AutoCloseable {
    @Override
    void close();
  }

  /** Begins one; parts may be nested. */
  public static Part part() {
    Budget current = current();
    if (current == null) {
      return () -> {};
    }
    long before = current.held.get();
    return () -> current.giveBack(before);
  }

  private static @Nullable Budget current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  String owner() {
    return owner;
  }

  /** The thread that serves the request. */
  Thread thread() {
    return thread;
  }

  /** Does it with this budget. */
  <T, X extends Exception> T with(Task<T, X> task) throws X {
    return ScopedValue.where(CURRENT, this).call(task::run);
  }

  /** Gives back what is held beyond so many bytes. */
  void giveBack(long kept) {
    long more = held.getAndSet(kept) - kept;
    if (more > 0) {
      work.give(owner, more);
    }
  }
}
