package io.patchbay.executor.net;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Answers every {@code connect()} of one launcher's calls, and hears of some others, on one thread
 * that never waits for anything but the next event. It ends with the launcher.
 *
 * <p>A thread that fails is followed by another. The listener outlives both: what the first had
 * taken is refused, what comes in between waits for the second, and nothing is ever connected
 * without a decision. If one after the other fails, the listener is closed, and the kernel refuses
 * every connection from then on.
 */
public final class Supervisor implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Supervisor.class.getName());
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  /** A thread that has served for so long had no fault from its start. */
  private static final Duration LONG_ENOUGH = Duration.ofMillis(100);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);

  /** Together they pause for five seconds. */
  private static final int MOST_FAILURES = 10;

  private final Notifications notifications;
  private final Lookup lookup;
  private final Map<Integer, CallNetwork> calls = new ConcurrentHashMap<>();
  private final Set<Integer> touched = ConcurrentHashMap.newKeySet();
  private final Set<Integer> resting = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Shift shift;
  private volatile Thread thread;
  private volatile boolean serves = true;
  private int failures; // belongs to the thread that serves

  private Supervisor(Notifications notifications, Lookup lookup) throws IOException {
    this.notifications = notifications;
    this.lookup = lookup;
    this.shift = new Shift(notifications, calls, touched, resting, lookup);
    this.thread = newThread(() -> serve(shift));
  }

  /** Takes the listener from the launcher's control socket; the launcher waits for it. */
  public static Supervisor start(Path control, Lookup lookup) throws IOException {
    Arena arena = Arena.ofAuto();
    Notifications notifications = Notifications.receive(new Kernel(arena), control, arena);
    try {
      Supervisor supervisor = new Supervisor(notifications, lookup);
      supervisor.thread.start();
      return supervisor;
    } catch (IOException | RuntimeException failed) {
      notifications.close();
      throw failed;
    }
  }

  /** Whether connections are decided; if not, the kernel refuses all of them. */
  public boolean serves() {
    return serves;
  }

  /**
   * From now on the process connects as this call.
   *
   * @param process its id as the launcher, and nobody else, has told it
   */
  public void admit(int process, CallNetwork call) {
    calls.put(process, call);
    var _ = resting.remove(process);
    shift.admitted(process);
  }

  /** Until its next call it connects as nobody, and what it tries is refused. */
  public void rests(int process) {
    resting.add(process);
  }

  /** It has ended. */
  public void forget(int process) {
    var _ = resting.remove(process);
    forgetTouches(process);
  }

  /**
   * The call is over: whatever its process still tries is refused. When it returns, what went over
   * its connections has been counted, unless this thread is very busy.
   */
  public void dismiss(int process, CallNetwork call) {
    var _ = calls.remove(process, call);
    if (call.used()) {
      shift.dismissed(call);
    }
  }

  /**
   * Whether the process has changed, since it was last forgotten, what the kernel tells nobody
   * else: handlers of signals, timers, its own four descriptors. Nothing of that is refused.
   */
  public boolean isTouched(int process) {
    return touched.contains(process);
  }

  /** What the process has changed so far is as it should be, or of no concern any more. */
  public void forgetTouches(int process) {
    var _ = touched.remove(process);
  }

  private static Thread newThread(Runnable task) {
    return Thread.ofPlatform().daemon().name("executor-egress").unstarted(task);
  }

  private void serve(Shift own) {
    long start = System.nanoTime();
    boolean over = false;
    try {
      over = own.serve();
    } catch (IOException | RuntimeException failed) {
      LOG.log(Level.ERROR, "the supervisor of connections failed and is replaced", failed);
    } finally {
      boolean lasted = System.nanoTime() - start > LONG_ENOUGH.toNanos();
      failures = lasted ? 1 : failures + 1;
      closeAndEnd(own, over);
    }
  }

  private void closeAndEnd(Shift own, boolean over) {
    try {
      own.close();
    } finally {
      end(over);
    }
  }

  /** The last act of a thread, whatever has ended it. */
  private void end(boolean over) {
    boolean followed = false;
    try {
      notifications.refuseUnanswered();
      if (!over && closing.getCount() > 0 && failures <= MOST_FAILURES) {
        Thread next = newThread(this::follow);
        thread = next;
        next.start();
        followed = true;
      }
    } finally {
      if (!followed) {
        serves = false;
        notifications.close();
        ended.countDown();
      }
    }
  }

  private void follow() {
    Shift own = null;
    try {
      boolean closed = closing.await(pause().toNanos(), TimeUnit.NANOSECONDS);
      own = closed ? null : new Shift(notifications, calls, touched, resting, lookup);
    } catch (IOException | InterruptedException | RuntimeException failed) {
      LOG.log(Level.ERROR, "connections cannot be supervised", failed);
    } finally {
      if (own == null) {
        failures++;
        end(false);
      }
    }
    if (own != null) {
      begin(own);
    }
  }

  private void begin(Shift own) {
    shift = own;
    if (closing.getCount() == 0) {
      own.end(); // closed before it could be seen
    }
    serve(own);
  }

  /** After the first failure none, since it may have been the only one. */
  private Duration pause() {
    return failures <= 1 ? Duration.ZERO : FIRST_PAUSE.multipliedBy(1L << (failures - 1));
  }

  /** Idempotent. */
  @Override
  public void close() {
    closing.countDown();
    shift.end();
    try {
      var _ = ended.await(END_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
      thread.join(END_LIMIT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
