package io.patchbay.executor.work;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Shares among owners, which are bots, what the server does for them outside of the box.
 *
 * <p>Theory of operation. Requests run on virtual threads. These share a few carriers, one for each
 * core, and nothing takes a carrier away from one that computes: two that compute for seconds stop
 * everybody. So what may take long, since builders, users or APIs decide how much it is, runs on a
 * few platform threads, among which the kernel divides the cores; its virtual thread waits
 * meanwhile. Who gets the next of these threads is decided by {@link Admission}, as for boxes: the
 * owner who has the fewest. Memory is shared the same way, by bytes, so that large things in flight
 * never fill the heap: who asks for more waits a little, and is refused then. A request says what
 * it does by {@link Budget}; a {@link Watch} tells where one computed for long without saying so.
 */
public final class Work implements AutoCloseable {
  private static final int QUEUE = 10_000;

  /** Small work goes first, on the carriers; large work still gets a tenth beside it. */
  private static final int NICE = 10;

  private static final ThreadFactory THREADS =
      Thread.ofPlatform().daemon().name("patchbay-work-", 0).factory();

  private final Settings settings;
  private final Admission admission;
  private final Admission memory;
  private final ThreadPoolExecutor threads;
  private final Watch watch;
  private final Set<Budget> serving = ConcurrentHashMap.newKeySet();
  private final LongAdder tasks = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder busyNanos = new LongAdder();
  private final LongAdder alarms = new LongAdder();

  /**
   * @param threads that large work has
   * @param bytes of the heap that large things in flight may have
   * @param patience how long a request waits for either
   */
  public record Settings(int threads, long bytes, Duration patience) {
    /** As many threads as cores, at least two, and half of the heap. */
    public static Settings standard() {
      Runtime machine = Runtime.getRuntime();
      return new Settings(
          Math.max(2, machine.availableProcessors()),
          machine.maxMemory() / 2,
          Duration.ofSeconds(20));
    }
  }

  /**
   * What was done until now.
   *
   * @param tasks that ran on the pool
   * @param waiting for a thread, or for memory
   * @param heldBytes of memory, trees included
   * @param refused for want of either
   * @param busy time of the pool's threads
   * @param alarms of the watch: carriers that were held
   */
  public record State(
      long tasks, int waiting, long heldBytes, long refused, Duration busy, long alarms) {}

  private Work(Settings settings, Consumer<Watch.Held> alarm) {
    this.settings = settings;
    int most = settings.threads;
    this.admission = new Admission(most, Math.max(1, most - Math.max(1, most / 8)), QUEUE);
    this.memory = new Admission(settings.bytes, QUEUE);
    this.threads =
        new ThreadPoolExecutor(
            most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Work::thread);
    this.threads.allowCoreThreadTimeOut(true);
    this.watch =
        Watch.start(
            serving,
            held -> {
              alarms.increment();
              alarm.accept(held);
            });
  }

  private static Thread thread(Runnable tasks) {
    return THREADS.newThread(() -> {
      Precedence.giveWay(NICE);
      tasks.run();
    });
  }

  /**
   * @param alarm hears of requests that computed for long on a carrier; called by the watch's
   *     thread
   */
  public static Work start(Settings settings, Consumer<Watch.Held> alarm) {
    return new Work(settings, alarm);
  }

  /** Serves a request, with a {@link Budget} of its own. */
  public <T, X extends Exception> T serve(String owner, Budget.Task<T, X> request) throws X {
    Budget budget = new Budget(this, owner);
    serving.add(budget);
    try {
      return budget.with(request);
    } finally {
      serving.remove(budget);
      budget.giveBack(0);
    }
  }

  public State state() {
    return new State(
        tasks.sum(),
        admission.waiting() + memory.waiting(),
        memory.taken(),
        refused.sum(),
        Duration.ofNanos(busyNanos.sum()),
        alarms.sum());
  }

  /** Does the task on a thread of the pool, and waits for it. */
  <T, X extends Exception> T run(Budget budget, Budget.Task<T, X> task) throws X {
    enter(admission, budget.owner(), 1, "Too much is being worked on", settings.patience);
    try {
      var work = new FutureTask<>(() -> timed(budget, task));
      threads.execute(work);
      return result(work);
    } catch (RejectedExecutionException | CancellationException ended) {
      throw new Busy("The server ends");
    } finally {
      admission.leave(budget.owner());
    }
  }

  private <T, X extends Exception> T timed(Budget budget, Budget.Task<T, X> task) throws X {
    long began = System.nanoTime();
    try {
      return budget.with(task);
    } finally {
      tasks.increment();
      busyNanos.add(System.nanoTime() - began);
    }
  }

  /** An interrupt does not end the wait, since what is worked on is the caller's own. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T, X extends Exception> T result(FutureTask<T> work) throws X {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return work.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      // The task throws nothing else that is checked.
      throw (X) e.getCause();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** How long a request waits. */
  Duration patience() {
    return settings.patience;
  }

  /** Returns what was counted. */
  long take(String owner, long bytes, Duration patience) {
    long counted = Math.min(bytes, settings.bytes - settings.bytes / 8);
    enter(memory, owner, counted, "Too much is held in memory", patience);
    return counted;
  }

  void give(String owner, long bytes) {
    memory.leave(owner, bytes);
  }

  private void enter(Admission to, String owner, long places, String why, Duration patience) {
    switch (to.enter(owner, places, patience)) {
      case ENTERED -> {}
      case TOO_MUCH, FULL, TIMED_OUT, WITHDRAWN -> {
        refused.increment();
        throw new Busy(why);
      }
      case INTERRUPTED -> throw new Busy("The request was interrupted");
    }
  }

  /** Work that runs is interrupted; what waits is refused. */
  @Override
  public void close() {
    watch.close();
    for (Runnable waiting : threads.shutdownNow()) {
      ((FutureTask<?>) waiting).cancel(false);
    }
  }
}
