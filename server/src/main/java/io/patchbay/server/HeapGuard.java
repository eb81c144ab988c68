package io.patchbay.server;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process where its heap is so full that the JVM does little but collect. It may go on so
 * for hours without an error, and answers nobody. What was running is found interrupted at the next
 * start, as after a loss of power.
 */
public final class HeapGuard implements AutoCloseable {
  /** Of a process that ends here; the JVM's own for lack of heap is 3. */
  public static final int STATUS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(HeapGuard.class);
  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final Judge judge = new Judge();
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();
  private final Runnable end;
  private final Thread thread;
  private volatile boolean closed;

  private HeapGuard(Runnable end) {
    this.end = end;
    this.thread = Thread.ofPlatform().daemon().name("patchbay-heap").unstarted(this::run);
  }

  /** Halts the JVM with {@link #STATUS}. */
  public static HeapGuard start() {
    HeapGuard guard = new HeapGuard(() -> Runtime.getRuntime().halt(STATUS));
    guard.thread.start();
    return guard;
  }

  private void run() {
    try {
      while (!closed) {
        Thread.sleep(BETWEEN);
        if (judge.isLost(now())) {
          LOG.error("the heap is full and the JVM only collects: ending with status {}", STATUS);
          end.run();
        }
      }
    } catch (InterruptedException ended) {
      // By close.
    } catch (OutOfMemoryError lost) {
      // Others have got the same, and may have gone on.
      end.run();
    }
  }

  private Look now() {
    long collecting = 0;
    for (int i = 0; i < collectors.size(); i++) {
      collecting += Math.max(0, collectors.get(i).getCollectionTime());
    }
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    return new Look(System.nanoTime() / 1_000_000, collecting, (double) used / runtime.maxMemory());
  }

  /**
   * One look at the heap.
   *
   * @param millis when
   * @param collecting milliseconds that went to collections since the start
   * @param used share of the largest heap
   */
  record Look(long millis, long collecting, double used) {}

  /** Lost is a heap that was full at several looks in a row, most of the time between spent. */
  static final class Judge {
    static final int LOOKS = 6;
    private static final double FULL = 0.97;

    private Look last = new Look(0, 0, 0);
    private int inRow;

    boolean isLost(Look look) {
      long passed = look.millis - last.millis;
      boolean only = (look.collecting - last.collecting) * 2 > passed;
      inRow = only && look.used > FULL && last.used > FULL ? inRow + 1 : 0;
      last = look;
      return inRow >= LOOKS;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
