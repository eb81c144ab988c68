package io.patchbay.executor.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The listener of a seccomp filter: system calls that wait for an answer. For one thread at a time.
 * As soon as it is closed, the kernel answers "function not implemented" to those that wait and to
 * all that follow.
 */
final class Notifications {
  private static final long RECEIVE = 0xc0502100L;
  private static final long SEND = 0xc0182101L;
  private static final long IS_VALID = 0x40082102L;
  private static final long ADD_DESCRIPTOR = 0x40182103L;
  private static final long SET_FLAGS = 0x40082104L;

  private static final int ADD_IN_PLACE_OF = 1;
  private static final long WAKE_ON_SAME_PROCESSOR = 1;
  private static final int RECEIVE_CLOSE_ON_EXEC = 0x40000000;
  private static final int SOCKET_RIGHTS = 1;
  private static final int GO_ON = 1;

  private final Kernel kernel;
  private final int fd;
  private final MemorySegment notification;
  private final MemorySegment response;
  private final MemorySegment addition;
  private final MemorySegment id;

  /** Taken from the kernel, and their callers wait for an answer. */
  private final Set<Notification> unanswered = new HashSet<>();

  private Notifications(Kernel kernel, int fd, Arena arena) {
    this.kernel = kernel;
    this.fd = fd;
    this.notification = arena.allocate(80, 8);
    this.response = arena.allocate(24, 8);
    this.addition = arena.allocate(24, 8);
    this.id = arena.allocate(8, 8);
  }

  /**
   * @param number identifies it among those that wait
   * @param thread the id of the thread that called, as this process sees it
   * @param systemCall its number
   * @param descriptor first argument of the call; {@code address} and {@code length} are the others
   */
  record Notification(
      long number, int thread, int systemCall, int descriptor, long address, int length) {}

  /** Takes the listener from a Unix socket at that path, which sends it once. */
  static Notifications receive(Kernel kernel, Path control, Arena arena) throws IOException {
    int socket = checked(kernel.socket(Linux.AF_UNIX, Linux.STREAM | Linux.CLOEXEC), "socket");
    try {
      byte[] path = control.toString().getBytes(StandardCharsets.UTF_8);
      MemorySegment address = arena.allocate(2L + path.length + 1);
      address.set(JAVA_SHORT, 0, (short) Linux.AF_UNIX);
      MemorySegment.copy(path, 0, address, JAVA_BYTE, 2, path.length);
      checked(kernel.connect(socket, address), "connect to the launcher");
      Notifications received =
          new Notifications(kernel, descriptorFrom(kernel, socket, arena), arena);
      received.prefer(WAKE_ON_SAME_PROCESSOR);
      return received;
    } finally {
      kernel.close(socket);
    }
  }

  /** struct msghdr with one vector and room for one descriptor. */
  private static int descriptorFrom(Kernel kernel, int socket, Arena arena) throws IOException {
    MemorySegment data = arena.allocate(8, 8);
    MemorySegment control = arena.allocate(24, 8);
    MemorySegment vector = arena.allocate(16, 8);
    vector.set(JAVA_LONG, 0, data.address());
    vector.set(JAVA_LONG, 8, data.byteSize());
    MemorySegment header = arena.allocate(56, 8);
    header.set(JAVA_LONG, 16, vector.address());
    header.set(JAVA_LONG, 24, 1);
    header.set(JAVA_LONG, 32, control.address());
    header.set(JAVA_LONG, 40, control.byteSize());
    checked((int) kernel.receiveMessage(socket, header, RECEIVE_CLOSE_ON_EXEC), "recvmsg");
    if (header.get(JAVA_LONG, 40) < 20 || control.get(JAVA_INT, 12) != SOCKET_RIGHTS) {
      throw new IOException("the launcher sent no listener");
    }
    return control.get(JAVA_INT, 16);
  }

  private void prefer(long flags) {
    // Faster on kernels that know it; slower, not wrong, on others. The argument is no address.
    var _ = kernel.ioctl(fd, SET_FLAGS, MemorySegment.ofAddress(flags));
  }

  int descriptor() {
    return fd;
  }

  /** The next one, without waiting if one was announced; empty if its process is gone. */
  Optional<Notification> next() throws IOException {
    notification.fill((byte) 0); // the kernel refuses anything else
    int result = kernel.ioctl(fd, RECEIVE, notification);
    if (result == -Linux.ENOENT || result == -Linux.EINTR) {
      return Optional.empty();
    }
    checked(result, "receive a notification");
    Notification taken =
        new Notification(
            notification.get(JAVA_LONG, 0),
            notification.get(JAVA_INT, 8),
            notification.get(JAVA_INT, 16),
            (int) notification.get(JAVA_LONG, 32),
            notification.get(JAVA_LONG, 40),
            (int) notification.get(JAVA_LONG, 48));
    unanswered.add(taken);
    return Optional.of(taken);
  }

  /** Whether the caller still waits; then what was read of its process before belongs to it. */
  boolean isWaiting(Notification of) {
    id.set(JAVA_LONG, 0, of.number());
    return kernel.ioctl(fd, IS_VALID, id) == 0;
  }

  /** Puts a duplicate of our descriptor in the place of the one that was the call's argument. */
  boolean install(Notification of, int ours) {
    addition.set(JAVA_LONG, 0, of.number());
    addition.set(JAVA_INT, 8, ADD_IN_PLACE_OF);
    addition.set(JAVA_INT, 12, ours);
    addition.set(JAVA_INT, 16, of.descriptor());
    addition.set(JAVA_INT, 20, Linux.CLOEXEC);
    return kernel.ioctl(fd, ADD_DESCRIPTOR, addition) >= 0;
  }

  /**
   * Ends the call; nothing happens if its caller is gone.
   *
   * @param error 0 or an error number
   */
  void answer(Notification to, int error) {
    answer(to, error, 0);
  }

  /** The kernel makes the call as if nobody had been asked. */
  void letGo(Notification of) {
    answer(of, 0, GO_ON);
  }

  private void answer(Notification to, int error, int flags) {
    response.set(JAVA_LONG, 0, to.number());
    response.set(JAVA_LONG, 8, 0);
    response.set(JAVA_INT, 16, -error);
    response.set(JAVA_INT, 20, flags);
    var _ = kernel.ioctl(fd, SEND, response);
    forget(to);
  }

  /** Its caller is gone. */
  void forget(Notification gone) {
    unanswered.remove(gone);
  }

  /** Nobody is left who would answer them. */
  void refuseUnanswered() {
    List.copyOf(unanswered).forEach(left -> answer(left, Linux.EACCES));
  }

  void close() {
    kernel.close(fd);
  }

  private static int checked(int result, String what) throws IOException {
    if (result < 0) {
      throw new IOException(what + ": error number " + -result);
    }
    return result;
  }
}
