package io.patchbay.executor.net;

import io.patchbay.executor.Execution.Traffic;
import io.patchbay.executor.net.Notifications.Notification;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out one {@code connect()} for its caller: copies the address, has it decided, connects a
 * socket of ours and puts it in the place of the caller's. A connection that takes time is waited
 * for by the event loop, or by the caller itself where its socket does not block.
 */
final class Connector {
  private final Kernel kernel;
  private final EventLoop loop;
  private final Notifications notifications;
  private final NameServer names;
  private final Meters meters;
  private final CallerSocket sockets;
  private final MemorySegment passed;
  private final MemorySegment encoded;
  private final Set<Opening> waiting = new HashSet<>();

  Connector(
      Kernel kernel,
      EventLoop loop,
      Notifications notifications,
      NameServer names,
      Meters meters,
      Arena arena) {
    this.kernel = kernel;
    this.loop = loop;
    this.notifications = notifications;
    this.names = names;
    this.meters = meters;
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
        case Target.Parsed.Fine(Target target) ->
            decide(new Asked(request, process, call), target, theirs);
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

  private void decide(Asked asked, Target target, int theirs) {
    Notification request = asked.request;
    if (!notifications.isWaiting(request)) {
      notifications.forget(request); // what was read may belong to another process
      return;
    }
    if (!asked.call.isAttended()) {
      notifications.answer(request, Linux.EACCES);
      return;
    }
    if (NameServer.isAt(target)) {
      int end = names.connect(asked.call);
      if (end < 0) {
        notifications.answer(request, -end);
      } else {
        var _ = handOver(request, end, sockets.isBlocking(theirs), 0);
        kernel.close(end);
      }
      return;
    }
    Optional<Attempt> attempt = asked.call.admit(target);
    if (attempt.isPresent()) {
      open(asked, attempt.get(), target, theirs);
    } else {
      notifications.answer(request, Linux.EACCES);
    }
  }

  private void open(Asked asked, Attempt attempt, Target target, int theirs) {
    if (!meters.reserve(asked.call)) {
      notifications.answer(asked.request, Linux.ENOBUFS);
      return;
    }
    int ours = kernel.socket(target.family(), Linux.STREAM | Linux.NONBLOCK | Linux.CLOEXEC);
    if (ours < 0) {
      meters.release(asked.call);
      notifications.answer(asked.request, -ours);
      return;
    }
    Opening opening = new Opening(asked, attempt, ours);
    sockets.copyOptions(theirs, ours, target.family());
    sockets.fixBuffers(ours);
    boolean blocking = sockets.isBlocking(theirs);
    int result = kernel.connect(ours, target.encode(encoded));
    if (result == 0 || (result == -Linux.EINPROGRESS && !blocking)) {
      finish(opening, blocking, -result);
    } else if (result == -Linux.EINPROGRESS) {
      await(opening, sockets.connectNanos(theirs));
    } else {
      fail(opening, -result);
    }
  }

  /** The caller gets a duplicate of our socket; ours stays with the meters. */
  private void finish(Opening opening, boolean blocking, int error) {
    Asked asked = opening.asked;
    if (handOver(asked.request, opening.ours, blocking, error)) {
      int descriptor = asked.request.descriptor();
      meters.keep(asked.call, opening.attempt, asked.process, descriptor, opening.ours);
    } else {
      close(opening);
    }
  }

  private void close(Opening opening) {
    kernel.close(opening.ours);
    meters.release(opening.asked.call);
  }

  private void fail(Opening opening, int error) {
    long nanos = System.nanoTime() - opening.attempt.startNanos();
    opening.asked.call.carried(opening.attempt, new Traffic(0, 0, Duration.ofNanos(nanos)));
    close(opening);
    notifications.answer(opening.asked.request, error);
  }

  /** Puts a duplicate of ours in the place of the caller's, and answers; whether it is there. */
  private boolean handOver(Notification request, int ours, boolean blocking, int error) {
    int flags = kernel.setStatusFlags(ours, blocking ? 0 : Linux.NONBLOCK);
    boolean installed = flags >= 0 && notifications.install(request, ours);
    notifications.answer(request, installed ? error : Linux.EBADF);
    return installed;
  }

  private void await(Opening connection, long nanos) {
    connection.token = loop.watch(connection.ours, EventLoop.WRITABLE, _ -> connected(connection));
    if (connection.token < 0) {
      fail(connection, Linux.ENOBUFS);
      return;
    }
    waiting.add(connection);
    if (nanos > 0) {
      // What a blocking connect does when SO_SNDTIMEO is over; it goes on in the background.
      var _ = loop.in(Duration.ofNanos(nanos), () -> tooLate(connection));
    }
  }

  private void connected(Opening connection) {
    if (!stopWaiting(connection)) {
      return;
    }
    int error = kernel.getOption(connection.ours, CallerSocket.SOL_SOCKET, CallerSocket.SO_ERROR);
    if (error == 0) {
      finish(connection, true, 0);
    } else {
      fail(connection, Math.abs(error));
    }
  }

  private void tooLate(Opening connection) {
    if (stopWaiting(connection)) {
      finish(connection, true, Linux.EINPROGRESS);
    }
  }

  private boolean stopWaiting(Opening connection) {
    if (waiting.remove(connection)) {
      loop.forget(connection.token, connection.ours);
      return true;
    }
    return false;
  }

  /** The call is over. */
  void forget(CallNetwork call) {
    waiting.stream()
        .filter(connection -> connection.asked.call == call)
        .toList()
        .forEach(this::drop);
  }

  void close() {
    List.copyOf(waiting).forEach(this::drop);
  }

  private void drop(Opening connection) {
    if (stopWaiting(connection)) {
      close(connection);
      notifications.answer(connection.asked.request, Linux.EACCES);
    }
  }

  /** Who asks: a process, and whose it is. */
  private record Asked(Notification request, int process, CallNetwork call) {}

  /** A connection that is being made; where the caller blocks it may take time. */
  private static final class Opening {
    private final Asked asked;
    private final Attempt attempt;
    private final int ours;
    private long token;

    Opening(Asked asked, Attempt attempt, int ours) {
      this.asked = asked;
      this.attempt = attempt;
      this.ours = ours;
    }
  }
}
