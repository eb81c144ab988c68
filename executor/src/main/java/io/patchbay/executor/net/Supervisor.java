package io.patchbay.executor.net;

import io.patchbay.executor.net.Notifications.Notification;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers every {@code connect()} of one launcher's calls, on one thread that never waits for
 * anything but the next event. It ends with the launcher. However it ends, what it held is closed,
 * and the kernel refuses every connection from then on.
 */
public final class Supervisor implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Supervisor.class.getName());

  /** A process may connect before its executor has read which one it is. */
  private static final Duration STRANGER_PATIENCE = Duration.ofSeconds(2);

  private static final Duration COUNT_LIMIT = Duration.ofMillis(200);
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final Notifications notifications;
  private final EventLoop loop;
  private final Lookups lookups;
  private final NameServer names;
  private final Meters meters;
  private final Connector connector;
  private final Thread thread;
  private final Map<Integer, CallNetwork> calls = new ConcurrentHashMap<>();
  private final AtomicInteger strangers = new AtomicInteger();
  private final Map<Integer, List<Stranger>> waiting = new HashMap<>();
  private volatile boolean serves = true;

  private Supervisor(
      Kernel kernel, Notifications notifications, EventLoop loop, Lookup lookup, Arena arena) {
    this.notifications = notifications;
    this.loop = loop;
    this.lookups = new Lookups(lookup, loop);
    this.names = new NameServer(kernel, loop, lookups, arena);
    this.meters = new Meters(kernel, loop, arena);
    this.connector = new Connector(kernel, loop, notifications, names, meters, arena);
    this.thread = Thread.ofPlatform().daemon().name("executor-egress").unstarted(this::serve);
  }

  /** Takes the listener from the launcher's control socket; the launcher waits for it. */
  public static Supervisor start(Path control, Lookup lookup) throws IOException {
    Arena arena = Arena.ofAuto();
    Kernel kernel = new Kernel(arena);
    Notifications notifications = Notifications.receive(kernel, control, arena);
    try {
      EventLoop loop = new EventLoop(kernel, arena);
      Supervisor supervisor = new Supervisor(kernel, notifications, loop, lookup, arena);
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
    if (strangers.get() > 0) {
      loop.post(() -> release(process));
    }
  }

  /**
   * The call is over: whatever its process still tries is refused. When it returns, what went over
   * its connections has been counted, unless this thread is very busy.
   */
  public void dismiss(int process, CallNetwork call) {
    var _ = calls.remove(process, call);
    if (call.used() && serves) {
      CountDownLatch counted = new CountDownLatch(1);
      loop.post(() -> {
        forget(call);
        counted.countDown();
      });
      awaitShortly(counted);
    }
  }

  private static void awaitShortly(CountDownLatch counted) {
    try {
      var _ = counted.await(COUNT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() {
    try {
      long token =
          loop.watch(notifications.descriptor(), EventLoop.READABLE, this::listenerIsReady);
      if (token >= 0) {
        loop.run();
      }
    } catch (IOException | RuntimeException failed) {
      LOG.log(Level.ERROR, "connections of code are refused from now on", failed);
    } finally {
      serves = false;
      notifications.close();
      connector.close();
      meters.close();
      names.close();
      lookups.close();
      loop.close();
    }
  }

  private void listenerIsReady(int events) {
    try {
      if ((events & EventLoop.READABLE) != 0) {
        notifications.next().ifPresent(this::take);
      } else {
        loop.end(); // no process is left that could ask
      }
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private void take(Notification request) {
    Optional<Processes.Caller> caller = Processes.of(request.thread());
    if (caller.isEmpty()) {
      notifications.answer(request, Linux.EACCES);
      return;
    }
    CallNetwork call = calls.get(caller.get().inBox());
    if (call == null) {
      holdBack(new Stranger(request, caller.get()));
    } else {
      connect(request, caller.get(), call);
    }
  }

  private void connect(Notification request, Processes.Caller caller, CallNetwork call) {
    call.use();
    // Asked again: had the call been dismissed before this line, nobody would clean up after it.
    if (calls.get(caller.inBox()) == call) {
      connector.connect(request, caller.process(), call);
    } else {
      notifications.answer(request, Linux.EACCES);
    }
  }

  private void holdBack(Stranger stranger) {
    int process = stranger.caller.inBox();
    waiting.computeIfAbsent(process, _ -> new ArrayList<>()).add(stranger);
    strangers.incrementAndGet();
    var _ = loop.in(STRANGER_PATIENCE, () -> refuse(stranger));
    if (calls.containsKey(process)) {
      release(process);
    }
  }

  private void release(int process) {
    List<Stranger> released = waiting.remove(process);
    CallNetwork call = calls.get(process);
    if (released == null) {
      return;
    }
    strangers.addAndGet(-released.size());
    for (Stranger stranger : released) {
      if (call != null && notifications.isWaiting(stranger.request)) {
        connect(stranger.request, stranger.caller, call);
      } else {
        notifications.answer(stranger.request, Linux.EACCES);
      }
    }
  }

  private void refuse(Stranger stranger) {
    List<Stranger> others = waiting.get(stranger.caller.inBox());
    if (others != null && others.remove(stranger)) {
      strangers.decrementAndGet();
      notifications.answer(stranger.request, Linux.EACCES);
      if (others.isEmpty()) {
        waiting.remove(stranger.caller.inBox());
      }
    }
  }

  private void forget(CallNetwork call) {
    connector.forget(call);
    meters.forget(call);
    names.forget(call);
    lookups.forget(call);
  }

  /** Idempotent. */
  @Override
  public void close() {
    loop.post(loop::end);
    try {
      thread.join(END_LIMIT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private record Stranger(Notification request, Processes.Caller caller) {}
}
