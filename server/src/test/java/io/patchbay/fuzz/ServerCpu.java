package io.patchbay.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Processor time of this JVM's threads but the caller's and the endpoint's: all that the server
 * did, by whatever thread. Those of the collector and the compiler are not among them, so that what
 * is measured does not hang on when they run.
 */
final class ServerCpu {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Map<Long, Long> before = new HashMap<>();

  private ServerCpu() {
    long[] ids = THREADS.getAllThreadIds();
    long[] times = THREADS.getThreadCpuTime(ids);
    for (int i = 0; i < ids.length; i++) {
      before.put(ids[i], times[i]);
    }
  }

  static ServerCpu begin() {
    return new ServerCpu();
  }

  /** Since the beginning; of threads that have ended meanwhile it is not known. */
  Duration spent() {
    long[] ids = THREADS.getAllThreadIds();
    long[] times = THREADS.getThreadCpuTime(ids);
    long own = Thread.currentThread().threadId();
    long sum = 0;
    for (int i = 0; i < ids.length; i++) {
      var info = THREADS.getThreadInfo(ids[i]);
      boolean ours = ids[i] != own && info != null;
      if (ours && !info.getThreadName().equals(PairEndpoint.THREAD)) {
        sum += Math.max(0, times[i] - before.getOrDefault(ids[i], 0L));
      }
    }
    return Duration.ofNanos(sum);
  }
}
