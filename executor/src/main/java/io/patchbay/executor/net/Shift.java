package io.patchbay.executor.net;

import io.patchbay.executor.net.Notifications.Notification;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One thread's time at the listener: all that it needs to answer, and all that is lost with it. The
 * listener and the calls belong to the supervisor and outlive it.
 */
final class Shift {
  /** A process may connect before its executor has read which one it is. */
  private static final Duration STRANGER_PATIENCE = Duration.ofSeconds(2);

  /** So many steps, since a pause of the whole machine takes one of them and not all. */
  private static final int COUNT_STEPS = 20;

  private static final Duration COUNT_STEP = Duration.ofMillis(100);

  private final Notifications notifications;
  private final Map<Integer, CallNetwork> calls;
  private final Set<Integer> touched;
  private final Set<Integer> resting;
  private final EventLoop loop;
  private final Lookups lookups;
  private final NameServer names;
  private final Meters meters;
  private final Connector connector;
  private final AtomicInteger strangers = new AtomicInteger();
  private final Map<Integer, List<Stranger>> waiting = new HashMap<>();
  private volatile boolean over;

  /**
   * @param calls by the id of their process as the launcher sees it; filled by other threads
   * @param touched those that have changed what only this hears of; emptied by other threads
   * @param resting those whose call is over and that have no next one yet; filled by other threads
   */
  Shift(
      Notifications notifications,
      Map<Integer, CallNetwork> calls,
      Set<Integer> touched,
      Set<Integer> resting,
      Lookup lookup)
      throws IOException {
    Arena arena = Arena.ofAuto();
    Kernel kernel = new Kernel(arena);
    this.notifications = notifications;
    this.calls = calls;
    this.touched = touched;
    this.resting = resting;
    this.loop = new EventLoop(kernel, arena);
    this.lookups = new Lookups(lookup, loop);
    this.names = new NameServer(kernel, loop, lookups, arena);
    this.meters = new Meters(kernel, loop, arena);
    this.connector = new Connector(kernel, loop, notifications, names, meters, arena);
  }

  /**
   * Answers until nobody is left who could ask, or until it is to end; then true. False if it was
   * interrupted.
   */
  boolean serve() throws IOException {
    int listener = notifications.descriptor();
    if (!loop.watchFirst(listener, EventLoop.READABLE, this::listenerIsReady)) {
      throw new IOException("the listener cannot be watched");
    }
    loop.run();
    return over;
  }

  /** For any thread. */
  void end() {
    loop.post(this::over);
  }

  private void over() {
    over = true;
    loop.end();
  }

  /** The process has become a call's. For any thread. */
  void admitted(int process) {
    if (strangers.get() > 0) {
      loop.post(() -> release(process));
    }
  }

  /**
   * The call is over. For any thread; when it returns, what went over the call's connections has
   * been counted, unless the supervisor's thread is very busy.
   */
  void dismissed(CallNetwork call) {
    CountDownLatch counted = new CountDownLatch(1);
    loop.post(() -> {
      forget(call);
      counted.countDown();
    });
    try {
      boolean done = false;
      for (int step = 0; step < COUNT_STEPS && !done && !loop.isClosed(); step++) {
        done = counted.await(COUNT_STEP.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void listenerIsReady(int events) {
    try {
      if ((events & EventLoop.READABLE) != 0) {
        notifications.next().ifPresent(this::take);
      } else {
        over(); // no process is left that could ask
      }
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private void take(Notification request) {
    Optional<Processes.Caller> caller = Processes.of(request.thread());
    if (!Kernel.isConnect(request.systemCall())) {
      // Noted before it happens, so that nobody can find it undone.
      caller.ifPresent(it -> touched.add(it.inBox()));
      notifications.letGo(request);
      return;
    }
    if (caller.isEmpty()) {
      notifications.answer(request, Linux.EACCES);
      return;
    }
    CallNetwork call = calls.get(caller.get().inBox());
    if (call == null && resting.contains(caller.get().inBox())) {
      notifications.answer(request, Linux.EACCES);
    } else if (call == null) {
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

  /** Whoever still waits is to be refused by the supervisor. */
  void close() {
    connector.close();
    meters.close();
    names.close();
    lookups.close();
    loop.close();
  }

  private record Stranger(Notification request, Processes.Caller caller) {}
}
