package io.patchbay.executor.work;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks again and again where the requests that are being served compute, and tells of those that
 * hold one carrier for long: while they do, everybody else has one core less. What counts is the
 * processor time of the carrier, so that a machine with other work to do raises no alarm.
 */
public final class Watch implements AutoCloseable {
  /** A request that computes so long on the same carrier, at every look, holds it. */
  private static final Duration LONG = Duration.ofMillis(100);

  private static final Duration BETWEEN = Duration.ofMillis(10);

  private final Set<Budget> serving;
  private final Consumer<Held> alarm;
  private final Thread thread;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private volatile boolean closed;

  // Used by the thread alone.
  private Map<Budget, Seen> seen = new HashMap<>();
  private final Map<String, Long> carriers = new HashMap<>();

  /**
   * A carrier that was held.
   *
   * @param owner of the request
   * @param forMillis of processor time so far
   * @param stack of the request's thread
   */
  public record Held(String owner, long forMillis, List<StackTraceElement> stack) {}

  /**
   * A request at a look.
   *
   * @param since processor time of the carrier, in nanoseconds, when it was first seen on it
   */
  private record Seen(String carrier, long since, boolean told) {}

  private Watch(Set<Budget> serving, Consumer<Held> alarm) {
    this.serving = serving;
    this.alarm = alarm;
    this.thread = Thread.ofPlatform().daemon().name("patchbay-watch").unstarted(this::run);
  }

  static Watch start(Set<Budget> serving, Consumer<Held> alarm) {
    Watch watch = new Watch(serving, alarm);
    watch.thread.start();
    return watch;
  }

  private void run() {
    while (!closed) {
      try {
        Thread.sleep(BETWEEN);
      } catch (InterruptedException ended) {
        return;
      }
      look();
    }
  }

  private void look() {
    Map<Budget, Seen> now = new HashMap<>();
    for (Budget budget : serving) {
      Thread request = budget.thread();
      boolean computes = request.isVirtual() && request.getState() == Thread.State.RUNNABLE;
      String carrier = computes ? carrier(request) : "";
      if (!carrier.isEmpty()) {
        now.put(budget, at(budget, carrier));
      }
    }
    seen = now;
  }

  private Seen at(Budget budget, String carrier) {
    long processor = processor(carrier);
    Seen before = seen.get(budget);
    if (before == null || !before.carrier.equals(carrier)) {
      return new Seen(carrier, processor, false);
    }
    long held = (processor - before.since) / 1_000_000;
    if (before.told || held < LONG.toMillis()) {
      return before;
    }
    tell(new Held(budget.owner(), held, List.of(budget.thread().getStackTrace())));
    return new Seen(carrier, before.since, true);
  }

  /** An alarm that fails is told as if it had ended the thread; the watch goes on. */
  private void tell(Held held) {
    try {
      alarm.accept(held);
    } catch (RuntimeException e) {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  /** Processor time of a carrier in nanoseconds; 0 where it is not known. */
  private long processor(String carrier) {
    if (!carriers.containsKey(carrier)) {
      for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
        if (info != null) {
          carriers.put(info.getThreadName(), info.getThreadId());
        }
      }
    }
    Long id = carriers.putIfAbsent(carrier, -1L);
    return id == null || id < 0 ? 0 : Math.max(0, threads.getThreadCpuTime(id));
  }

  /** The name of the thread that carries a virtual one; empty where none does now. */
  private static String carrier(Thread virtual) {
    String text = virtual.toString();
    int at = text.lastIndexOf('@');
    return at < 0 ? "" : text.substring(at + 1);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
