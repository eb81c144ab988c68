package io.patchbay.executor.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Waits for descriptors, times and tasks of other threads, and handles them one after the other on
 * the thread that runs it. Only {@link #post} is for other threads.
 */
final class EventLoop {
  static final int READABLE = 0x1;
  static final int WRITABLE = 0x4;
  static final int HUNG_UP = 0x10;

  private static final int ADD = 1;
  private static final int REMOVE = 2;
  private static final int MOST_EVENTS = 64;
  private static final int MOST_FIRST = 16;

  /** struct epoll_event: 4 bytes of events, 8 of data at an offset that the processor decides. */
  private static final int EVENT_BYTES = SystemCalls.ofThisProcessor().eventBytes();

  private static final int DATA_OFFSET = SystemCalls.ofThisProcessor().eventData();

  private static final ValueLayout.OfInt EVENTS = JAVA_INT.withByteAlignment(1);
  private static final ValueLayout.OfLong DATA = JAVA_LONG.withByteAlignment(1);

  private final Kernel kernel;
  private final int poll;

  // Watches what comes first, beside the other one, which it wakes.
  private final int firstPoll;
  private @Nullable IntConsumer first;
  private final MemorySegment events;
  private final MemorySegment event;
  private final Map<Long, IntConsumer> watched = new HashMap<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(timer -> timer.at));
  private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
  private final Bell bell;
  private long lastToken;
  private boolean ended;

  EventLoop(Kernel kernel, Arena arena) throws IOException {
    this.kernel = kernel;
    this.events = arena.allocate((long) MOST_EVENTS * EVENT_BYTES, 8);
    this.event = arena.allocate(EVENT_BYTES, 8);
    this.poll = kernel.epoll();
    this.firstPoll = kernel.epoll();
    this.bell = new Bell(arena);
    if (poll < 0 || firstPoll < 0 || bell.descriptor < 0) {
      bell.close();
      IntStream.of(poll, firstPoll).filter(fd -> fd >= 0).forEach(kernel::close);
      throw new IOException("no descriptors left: " + poll);
    }
    var _ = watch(bell.descriptor, READABLE, _ -> bell.silence(kernel));
  }

  /** A time at which something is to be done. */
  static final class Timer {
    private final long at;
    private final Runnable task;

    private Timer(long at, Runnable task) {
      this.at = at;
      this.task = task;
    }
  }

  /** Returns once {@link #end} was called or the thread was interrupted. */
  void run() throws IOException {
    while (!ended && !Thread.currentThread().isInterrupted()) {
      int count = kernel.epollWait(poll, events, MOST_EVENTS, patience());
      if (count < 0 && count != -Linux.EINTR) {
        throw new IOException("epoll_wait: error number " + -count);
      }
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      for (int i = 0; i < count; i++) {
        serveFirst();
        long offset = (long) i * EVENT_BYTES;
        // By token, not by descriptor: a number may have been closed and given out again.
        IntConsumer handler = watched.get(events.get(DATA, offset + DATA_OFFSET));
        if (handler != null) {
          handler.accept(events.get(EVENTS, offset));
        }
      }
      runDue();
    }
  }

  /** Between any two others, so that it never waits for all of them. */
  private void serveFirst() {
    IntConsumer handler = first;
    for (int i = 0; handler != null && i < MOST_FIRST; i++) {
      if (kernel.epollWait(firstPoll, event, 1, 0) != 1) {
        return;
      }
      handler.accept(event.get(EVENTS, 0));
    }
  }

  private int patience() {
    Timer next = timers.peek();
    if (next == null) {
      return -1;
    }
    long nanos = next.at - System.nanoTime();
    return Math.clamp(nanos / 1_000_000 + 1, 0, 60_000);
  }

  private void runDue() {
    for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
      task.run();
    }
    while (!timers.isEmpty() && timers.peek().at - System.nanoTime() <= 0) {
      timers.remove().task.run();
    }
  }

  void end() {
    ended = true;
  }

  /** What this descriptor has is handled before all else; whether it can be watched. */
  boolean watchFirst(int fd, int interest, IntConsumer handler) {
    event.set(EVENTS, 0, interest);
    event.set(DATA, DATA_OFFSET, 0);
    first = handler;
    return kernel.epollControl(firstPoll, ADD, fd, event) >= 0
        && watch(firstPoll, READABLE, _ -> {}) >= 0;
  }

  /** The token under which it is watched; below zero if it cannot be. */
  long watch(int fd, int interest, IntConsumer handler) {
    long token = ++lastToken;
    event.set(EVENTS, 0, interest);
    event.set(DATA, DATA_OFFSET, token);
    if (kernel.epollControl(poll, ADD, fd, event) < 0) {
      return -1;
    }
    watched.put(token, handler);
    return token;
  }

  void forget(long token, int fd) {
    if (watched.remove(token) != null) {
      var _ = kernel.epollControl(poll, REMOVE, fd, event);
    }
  }

  Timer in(Duration delay, Runnable task) {
    Timer timer = new Timer(System.nanoTime() + delay.toNanos(), task);
    timers.add(timer);
    return timer;
  }

  void cancel(Timer timer) {
    var _ = timers.remove(timer);
  }

  /** Runs it soon on the loop's thread; dropped once the loop is closed. For any thread. */
  void post(Runnable task) {
    if (!bell.isClosed()) {
      posted.add(task);
      bell.ring();
    }
  }

  /** Whether what is posted is dropped. For any thread. */
  boolean isClosed() {
    return bell.isClosed();
  }

  void close() {
    bell.close();
    kernel.close(poll);
    kernel.close(firstPoll);
    watched.clear();
    timers.clear();
    posted.clear();
  }

  /** Wakes the loop. The lock keeps others from writing to a number that was given out again. */
  private static final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Kernel kernel;
    private final MemorySegment one;
    private final MemorySegment drained;
    private final int descriptor;
    private volatile boolean closed;

    Bell(Arena arena) {
      kernel = new Kernel(arena);
      one = arena.allocate(8, 8);
      one.set(JAVA_LONG, 0, 1);
      drained = arena.allocate(8, 8);
      descriptor = kernel.eventDescriptor();
    }

    void ring() {
      lock.lock();
      try {
        if (!closed) {
          var _ = kernel.write(descriptor, one);
        }
      } finally {
        lock.unlock();
      }
    }

    boolean isClosed() {
      return closed;
    }

    void silence(Kernel ofLoop) {
      var _ = ofLoop.read(descriptor, drained);
    }

    void close() {
      lock.lock();
      try {
        if (!closed && descriptor >= 0) {
          kernel.close(descriptor);
        }
        closed = true;
      } finally {
        lock.unlock();
      }
    }
  }
}
