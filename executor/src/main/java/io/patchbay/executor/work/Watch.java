package io.patchbay.executor.work;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks again and again where the requests that are being served compute, and tells of those that
 * hold one carrier for long: while they do, everybody else has one core less.
 */
public final class Watch implements AutoCloseable {
  /** A thread that computes on the same carrier for so many looks holds it. */
  private static final int LOOKS = 4;

  private static final Duration BETWEEN = Duration.ofMillis(10);

  /** A look that comes later tells nothing: the machine itself stood still. */
  private static final Duration LATE = Duration.ofMillis(40);

  private final Set<Budget> serving;
  private final Consumer<Held> alarm;
  private final Thread thread;
  private volatile boolean closed;

  // Used by the thread alone.
  private Map<Budget, Seen> seen = new HashMap<>();

  /**
   * A carrier that was held.
   *
   * @param owner of the request
   * @param forMillis so far, at least
   * @param stack of the request's thread
   */
  public record Held(String owner, long forMillis, List<StackTraceElement> stack) {}

  private record Seen(String carrier, int looks) {
    int looksAt(String other) {
      return carrier.equals(other) ? looks : 0;
    }
  }

  private static final Seen NEVER = new Seen("", 0);

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
    long last = System.nanoTime();
    while (!closed) {
      try {
        Thread.sleep(BETWEEN);
      } catch (InterruptedException ended) {
        return;
      }
      long now = System.nanoTime();
      if (now - last > LATE.toNanos()) {
        seen.clear();
      }
      look();
      last = System.nanoTime();
    }
  }

  private void look() {
    Map<Budget, Seen> now = new HashMap<>();
    for (Budget budget : serving) {
      Thread request = budget.thread();
      boolean computes = request.isVirtual() && request.getState() == Thread.State.RUNNABLE;
      String carrier = computes ? carrier(request) : "";
      if (!carrier.isEmpty()) {
        int looks = 1 + seen.getOrDefault(budget, NEVER).looksAt(carrier);
        now.put(budget, new Seen(carrier, looks));
        if (looks == LOOKS) {
          alarm.accept(
              new Held(
                  budget.owner(), LOOKS * BETWEEN.toMillis(), List.of(request.getStackTrace())));
        }
      }
    }
    seen = now;
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
