package io.patchbay.executor.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.patchbay.executor.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The system calls of Linux that Java does not offer. A result below zero is an error number,
 * negated. For one thread at a time, since the place of the error number is shared.
 */
final class Kernel {
  private static final SystemCalls CALLS = SystemCalls.ofThisProcessor();
  private static final int SETFL = 4;
  private static final int GETFL = 3;
  private static final int PIDFD_THREAD = 0x80;

  private final SystemCall systemCall;
  private final MemorySegment small;
  private final MemorySegment vectors;

  Kernel(Arena arena) {
    systemCall = new SystemCall(arena);
    small = arena.allocate(16, 8);
    vectors = arena.allocate(32, 8);
  }

  long read(int fd, MemorySegment to) {
    return call(CALLS.files().read(), fd, to.address(), to.byteSize(), 0, 0, 0);
  }

  long write(int fd, MemorySegment from) {
    return call(CALLS.files().write(), fd, from.address(), from.byteSize(), 0, 0, 0);
  }

  void close(int fd) {
    var _ = call(CALLS.files().close(), fd, 0, 0, 0, 0, 0);
  }

  int ioctl(int fd, long request, MemorySegment argument) {
    return (int) call(CALLS.files().ioctl(), fd, request, argument.address(), 0, 0, 0);
  }

  int socket(int domain, int type) {
    return (int) call(CALLS.sockets().socket(), domain, type, 0, 0, 0, 0);
  }

  /** Whether that is the number of {@code connect()}. */
  static boolean isConnect(int systemCall) {
    return systemCall == CALLS.sockets().connect();
  }

  int connect(int fd, MemorySegment address) {
    return (int)
        call(CALLS.sockets().connect(), fd, address.address(), address.byteSize(), 0, 0, 0);
  }

  long send(int fd, MemorySegment from, int flags) {
    return call(CALLS.sockets().send(), fd, from.address(), from.byteSize(), flags, 0, 0);
  }

  long receiveMessage(int fd, MemorySegment header, int flags) {
    return call(CALLS.sockets().receiveMessage(), fd, header.address(), flags, 0, 0, 0);
  }

  /** Two connected stream sockets of the Unix family. */
  int socketPair(int type, MemorySegment two) {
    return (int) call(CALLS.sockets().pair(), Linux.AF_UNIX, type, 0, two.address(), 0, 0);
  }

  int setOption(int fd, int level, int name, MemorySegment value) {
    return (int)
        call(CALLS.sockets().setOption(), fd, level, name, value.address(), value.byteSize(), 0);
  }

  /** Fills the value, or as much of it as there is. */
  int getOption(int fd, int level, int name, MemorySegment value) {
    small.set(JAVA_INT, 0, (int) value.byteSize());
    return (int)
        call(CALLS.sockets().getOption(), fd, level, name, value.address(), small.address(), 0);
  }

  /** The option's value, or an error below zero. */
  int getOption(int fd, int level, int name) {
    MemorySegment value = small.asSlice(8, 4);
    value.set(JAVA_INT, 0, 0);
    int result = getOption(fd, level, name, value);
    return result < 0 ? result : value.get(JAVA_INT, 0);
  }

  /** The other end sees the end once all before it has arrived. */
  void shutWriting(int fd) {
    var _ = call(CALLS.sockets().shutdown(), fd, 1, 0, 0, 0, 0);
  }

  int statusFlags(int fd) {
    return (int) call(CALLS.files().fcntl(), fd, GETFL, 0, 0, 0, 0);
  }

  int setStatusFlags(int fd, int flags) {
    return (int) call(CALLS.files().fcntl(), fd, SETFL, flags, 0, 0, 0);
  }

  int epollWait(int poll, MemorySegment events, int most, int millis) {
    return (int) call(CALLS.polling().await(), poll, events.address(), most, millis, 0, 0);
  }

  int epollControl(int poll, int operation, int fd, MemorySegment event) {
    return (int) call(CALLS.polling().control(), poll, operation, fd, event.address(), 0, 0);
  }

  int eventDescriptor() {
    return (int) call(CALLS.polling().event(), 0, Linux.NONBLOCK | Linux.CLOEXEC, 0, 0, 0, 0);
  }

  int epoll() {
    return (int) call(CALLS.polling().create(), Linux.CLOEXEC, 0, 0, 0, 0, 0);
  }

  /**
   * Copies from another process; fewer bytes where its memory ends, an error where there is none.
   */
  long readMemory(int thread, long address, MemorySegment to) {
    vectors.set(ADDRESS, 0, to);
    vectors.set(JAVA_LONG, 8, to.byteSize());
    vectors.set(JAVA_LONG, 16, address);
    vectors.set(JAVA_LONG, 24, to.byteSize());
    return call(
        CALLS.processes().readMemory(), thread, vectors.address(), 1, vectors.address() + 16, 1, 0);
  }

  /**
   * Whether a descriptor of another process is the same open file as ours: 0 if it is, above 0 if
   * it is not.
   */
  int compareFiles(int us, int process, int ours, int theirs) {
    return (int) call(312, us, process, 0, ours, theirs, 0);
  }

  /** How many descriptors this process may have. */
  long mostDescriptors(Arena arena) {
    MemorySegment limits = arena.allocate(16, 8);
    return call(302, 0, 7, 0, limits.address(), 0, 0) < 0 ? 0 : limits.get(JAVA_LONG, 0);
  }

  /** Refers to a thread; before Linux 6.9, to a process by its first thread only. */
  int openThread(int thread) {
    return (int) call(CALLS.processes().open(), thread, PIDFD_THREAD, 0, 0, 0, 0);
  }

  int openProcess(int process) {
    return (int) call(CALLS.processes().open(), process, 0, 0, 0, 0, 0);
  }

  /** A duplicate of a descriptor of another process. */
  int duplicateOf(int process, int fd) {
    return (int) call(CALLS.processes().duplicate(), process, fd, 0, 0, 0, 0);
  }

  private long call(long number, long a, long b, long c, long d, long e, long f) {
    return systemCall.make(number, a, b, c, d, e, f);
  }
}
