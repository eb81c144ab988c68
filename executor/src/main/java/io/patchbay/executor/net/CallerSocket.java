package io.patchbay.executor.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.patchbay.executor.net.Notifications.Notification;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Reads the socket that a caller wants to connect, through a duplicate that is closed at once. */
final class CallerSocket {
  static final int SOL_SOCKET = 1;
  static final int SO_ERROR = 4;
  private static final int TCP = 6;
  private static final int SO_TYPE = 3;
  private static final int SO_DOMAIN = 39;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_SNDTIMEO = 21;

  /** Bytes, each way; the kernel doubles it for its own needs. */
  private static final int BUFFER = 128 << 10;

  private static final int TCP_INFO = 11;

  private static final int STATE_SYN_SENT = 2;
  private static final int STATE_CLOSE = 7;

  /** Options that are the same on our socket as on the caller's. */
  private static final List<Option> COPIED =
      List.of(
          new Option(SOL_SOCKET, 9, 4), // SO_KEEPALIVE
          new Option(SOL_SOCKET, 10, 4), // SO_OOBINLINE
          new Option(SOL_SOCKET, 13, 8), // SO_LINGER
          new Option(SOL_SOCKET, 20, 16), // SO_RCVTIMEO
          new Option(SOL_SOCKET, SO_SNDTIMEO, 16),
          new Option(TCP, 1, 4), // TCP_NODELAY
          new Option(TCP, 4, 4), // TCP_KEEPIDLE
          new Option(TCP, 5, 4), // TCP_KEEPINTVL
          new Option(TCP, 6, 4), // TCP_KEEPCNT
          new Option(TCP, 7, 4), // TCP_SYNCNT
          new Option(TCP, 18, 4)); // TCP_USER_TIMEOUT

  private static final Option IP_TOS = new Option(0, 1, 4);
  private static final Option IPV6_TCLASS = new Option(41, 67, 4);
  private static final Option IPV6_V6ONLY = new Option(41, 26, 4);

  private final Kernel kernel;
  private final MemorySegment theirs;
  private final MemorySegment ours;

  CallerSocket(Kernel kernel, Arena arena) {
    this.kernel = kernel;
    this.theirs = arena.allocate(16, 8);
    this.ours = arena.allocate(16, 8);
  }

  private record Option(int level, int name, int length) {}

  /** A duplicate of the caller's descriptor, to be closed, or an error below zero. */
  int duplicate(Notification of, int process) {
    int caller = kernel.openThread(of.thread());
    if (caller == -Linux.EINVAL) {
      caller = kernel.openProcess(process);
    }
    if (caller < 0) {
      return -Linux.EACCES;
    }
    int duplicate = kernel.duplicateOf(caller, of.descriptor());
    kernel.close(caller);
    return duplicate >= 0 || duplicate == -Linux.EBADF ? duplicate : -Linux.EACCES;
  }

  /** 0 if it can be connected, or the error number that the kernel itself would answer. */
  int problem(int socket) {
    int domain = domain(socket);
    if (domain < 0) {
      return -domain;
    }
    if (domain != Linux.AF_INET && domain != Linux.AF_INET6) {
      return Linux.EISCONN; // one of a pair: other Unix sockets cannot be made
    }
    if (kernel.getOption(socket, SOL_SOCKET, SO_TYPE) != Linux.STREAM) {
      return Linux.EACCES;
    }
    if (kernel.getOption(socket, TCP, TCP_INFO, theirs.asSlice(0, 1)) < 0) {
      return Linux.EACCES;
    }
    return switch (theirs.get(JAVA_BYTE, 0)) {
      case STATE_CLOSE -> 0;
      case STATE_SYN_SENT -> Linux.EALREADY;
      default -> Linux.EISCONN;
    };
  }

  int domain(int socket) {
    return kernel.getOption(socket, SOL_SOCKET, SO_DOMAIN);
  }

  boolean isBlocking(int socket) {
    return (kernel.statusFlags(socket) & Linux.NONBLOCK) == 0;
  }

  /** How long a blocking connect may take, in nanoseconds; 0 for as long as the kernel tries. */
  long connectNanos(int socket) {
    if (kernel.getOption(socket, SOL_SOCKET, SO_SNDTIMEO, theirs) < 0) {
      return 0;
    }
    long seconds = theirs.get(JAVA_LONG, 0);
    long micros = theirs.get(JAVA_LONG, 8);
    return Math.min(seconds, 1000) * 1_000_000_000 + micros * 1000;
  }

  /** What cannot be copied keeps its default: it never decides whether data arrives. */
  void copyOptions(int from, int to, int domain) {
    COPIED.forEach(option -> copy(option, from, to));
    if (domain == Linux.AF_INET) {
      copy(IP_TOS, from, to);
    } else {
      copy(IPV6_TCLASS, from, to);
      copy(IPV6_V6ONLY, from, to);
    }
  }

  /**
   * Buffers are the kernel's memory, which no limit of the call's covers: fixed, they no longer
   * grow with what nobody reads.
   */
  void fixBuffers(int socket) {
    MemorySegment size = ours.asSlice(0, 4);
    size.set(JAVA_INT, 0, BUFFER);
    var _ = kernel.setOption(socket, SOL_SOCKET, SO_SNDBUF, size);
    var _ = kernel.setOption(socket, SOL_SOCKET, SO_RCVBUF, size);
  }

  private void copy(Option option, int from, int to) {
    MemorySegment wanted = theirs.asSlice(0, option.length);
    MemorySegment now = ours.asSlice(0, option.length);
    if (kernel.getOption(from, option.level, option.name, wanted) == 0
        && kernel.getOption(to, option.level, option.name, now) == 0
        && wanted.mismatch(now) >= 0) {
      var _ = kernel.setOption(to, option.level, option.name, wanted);
    }
  }
}
