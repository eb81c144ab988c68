package io.patchbay.executor.net;

import io.patchbay.executor.net.Notifications.Notification;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries out one {@code connect()} for its caller: copies the address, has it decided, connects a
 * socket of ours and puts it in the place of the caller's. A connection that takes time is waited
 * for by the event loop, or by the caller itself where its socket does not block.
 */
final class Connector {
  private static final int MOST_WAITING = 2048;

  private final Kernel kernel;
  private final EventLoop loop;
  private final Notifications notifications;
  private final NameServer names;
  private final CallerSocket sockets;
  private final MemorySegment passed;
  private final MemorySegment encoded;
  private final Set<Waiting> waiting = new HashSet<>();

  Connector(
      Kernel kernel, EventLoop loop, Notifications notifications, NameServer names, Arena arena) {
    this.kernel = kernel;
    this.loop = loop;
    this.notifications = notifications;
    this.names = names;
    this.sockets = new CallerSocket(kernel, arena);
    this.passed = arena.allocate(Target.LONGEST, 8);
    this.encoded = arena.allocate(Target.ENCODED, 8);
  }

  /**
   * @param process id of the caller's process
   * @param call whose process it is
   */
  void connect(Notification request, int process, CallNetwork call) {
    int error = copyAddress(request);
    int theirs = error == 0 ? sockets.duplicate(request, process) : -error;
    if (theirs < 0) {
      notifications.answer(request, -theirs);
      return;
    }
    try {
      error = sockets.problem(theirs);
      if (error != 0) {
        notifications.answer(request, error);
        return;
      }
      MemorySegment address = passed.asSlice(0, request.length());
      switch (Target.parse(address, sockets.domain(theirs))) {
        case Target.Parsed.Wrong(int wrong) -> notifications.answer(request, wrong);
        case Target.Parsed.Fine(Target target) -> decide(request, call, target, theirs);
      }
    } finally {
      kernel.close(theirs);
    }
  }

  /** From here on nobody but us can change it. */
  private int copyAddress(Notification request) {
    if (request.length() < 0 || request.length() > Target.LONGEST) {
      return Linux.EINVAL;
    }
    if (request.length() == 0) {
      return 0;
    }
    MemorySegment room = passed.asSlice(0, request.length());
    long read = kernel.readMemory(request.thread(), request.address(), room);
    if (read == request.length()) {
      return 0;
    }
    return read >= 0 || read == -Linux.EFAULT ? Linux.EFAULT : Linux.EACCES;
  }

  private void decide(Notification request, CallNetwork call, Target target, int theirs) {
    if (!notifications.isWaiting(request)) {
      notifications.forget(request); // what was read may belong to another process
      return;
    }
    if (!call.isAttended()) {
      notifications.answer(request, Linux.EACCES);
    } else if (NameServer.isAt(target)) {
      int end = names.connect(call);
      if (end < 0) {
        notifications.answer(request, -end);
      } else {
        finish(request, end, sockets.isBlocking(theirs), 0);
      }
    } else if (call.admits(target)) {
      open(request, call, target, theirs);
    } else {
      notifications.answer(request, Linux.EACCES);
    }
  }

  private void open(Notification request, CallNetwork call, Target target, int theirs) {
    int ours = kernel.socket(target.family(), Linux.STREAM | Linux.NONBLOCK | Linux.CLOEXEC);
    if (ours < 0) {
      notifications.answer(request, -ours);
      return;
    }
    sockets.copyOptions(theirs, ours, target.family());
    boolean blocking = sockets.isBlocking(theirs);
    int result = kernel.connect(ours, target.encode(encoded));
    if (result == 0 || (result == -Linux.EINPROGRESS && !blocking)) {
      finish(request, ours, blocking, -result);
    } else if (result == -Linux.EINPROGRESS) {
      await(new Waiting(request, call, ours), sockets.connectNanos(theirs));
    } else {
      kernel.close(ours);
      notifications.answer(request, -result);
    }
  }

  /** Hands our socket over and answers; ours is closed, the caller's duplicate stays. */
  private void finish(Notification request, int ours, boolean blocking, int error) {
    int flags = kernel.setStatusFlags(ours, blocking ? 0 : Linux.NONBLOCK);
    boolean installed = flags >= 0 && notifications.install(request, ours);
    kernel.close(ours);
    notifications.answer(request, installed ? error : Linux.EBADF);
  }

  private void await(Waiting connection, long nanos) {
    boolean room = waiting.size() < MOST_WAITING;
    connection.token =
        room ? loop.watch(connection.ours, EventLoop.WRITABLE, _ -> connected(connection)) : -1;
    if (connection.token < 0) {
      kernel.close(connection.ours);
      notifications.answer(connection.request, Linux.ENOBUFS);
      return;
    }
    waiting.add(connection);
    if (nanos > 0) {
      // What a blocking connect does when SO_SNDTIMEO is over; it goes on in the background.
      var _ = loop.in(Duration.ofNanos(nanos), () -> tooLate(connection));
    }
  }

  private void connected(Waiting connection) {
    if (!stopWaiting(connection)) {
      return;
    }
    int error = kernel.getOption(connection.ours, CallerSocket.SOL_SOCKET, CallerSocket.SO_ERROR);
    if (error == 0) {
      finish(connection.request, connection.ours, true, 0);
    } else {
      kernel.close(connection.ours);
      notifications.answer(connection.request, Math.abs(error));
    }
  }

  private void tooLate(Waiting connection) {
    if (stopWaiting(connection)) {
      finish(connection.request, connection.ours, true, Linux.EINPROGRESS);
    }
  }

  private boolean stopWaiting(Waiting connection) {
    if (waiting.remove(connection)) {
      loop.forget(connection.token, connection.ours);
      return true;
    }
    return false;
  }

  /** The call is over. */
  void forget(CallNetwork call) {
    waiting.stream().filter(connection -> connection.call == call).toList().forEach(this::drop);
  }

  void close() {
    List.copyOf(waiting).forEach(this::drop);
  }

  private void drop(Waiting connection) {
    if (stopWaiting(connection)) {
      kernel.close(connection.ours);
      notifications.answer(connection.request, Linux.EACCES);
    }
  }

  /** A blocking connect that is under way. */
  private static final class Waiting {
    private final Notification request;
    private final CallNetwork call;
    private final int ours;
    private long token;

    Waiting(Notification request, CallNetwork call, int ours) {
      this.request = request;
      this.call = call;
      this.ours = ours;
    }
  }
}
