package io.patchbay.executor.restore;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.patchbay.executor.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * What the kernel of Linux on x86_64 is asked to do to another process. Failures of calls that
 * cannot fail by themselves mean that the process has ended, and are a {@link GoneException}. For
 * one thread at a time, and what one thread has seized only that thread can let go.
 */
final class Kernel {
  static final int PAGE = 4096;

  /** Most processes stop in a shorter time than it takes to fall asleep. */
  private static final int SPINS = 100;

  private static final long MOMENT_NANOS = 20_000;

  /** Most pieces of memory in one transfer. */
  static final int PIECES = 1024;

  private static final int OPENAT = 257;
  private static final int PREAD = 17;
  private static final int CLOSE = 3;
  private static final int IOCTL = 16;
  private static final int LSEEK = 8;

  private static final int FSTAT = 5;
  private static final int FSTATFS = 138;
  private static final int STAT_AT = 262;
  private static final int READLINK_AT = 267;
  private static final int MMAP = 9;
  private static final int MUNMAP = 11;
  private static final int MADVISE = 28;
  private static final long DROP = 4;
  private static final int WAIT4 = 61;
  private static final int KILL = 62;
  private static final int KILLED = 9;
  private static final long AT_ONCE = 1;
  private static final int PTRACE = 101;
  private static final int KCMP = 312;
  private static final int GET_ROBUST_LIST = 274;
  private static final int READ_MEMORY = 310;
  private static final int WRITE_MEMORY = 311;
  private static final int PIDFD_OPEN = 434;
  private static final int PIDFD_GETFD = 438;

  private static final int HERE = -100;
  private static final int CLOEXEC = 0x80000;
  private static final int PATH_ONLY = 0x200000;
  private static final int SEEK_CUR = 1;
  private static final int STAT_BYTES = 144;
  private static final int ST_SIZE = 48;
  private static final long IN_MEMORY = 0x01021994;
  private static final int ALL_FILES = 40;
  private static final int FREE_FILES = 48;
  private static final long READ_WRITE = 3;
  private static final long PRIVATE_ANONYMOUS_NORESERVE = 0x4022;
  private static final long ALL_CHILDREN = 0x40000000L;

  private final SystemCall call;
  private final Arena arena;
  private final MemorySegment small;
  private final MemorySegment localPieces;
  private final MemorySegment remotePieces;
  private MemorySegment text;

  Kernel(Arena arena) {
    this.arena = arena;
    this.call = new SystemCall(arena);
    this.small = arena.allocate(256, 8);
    this.localPieces = arena.allocate(PIECES * 16L, 8);
    this.remotePieces = arena.allocate(PIECES * 16L, 8);
    this.text = arena.allocate(64 << 10, 8);
  }

  private long must(long result, String what) throws GoneException {
    if (result < 0) {
      throw new GoneException(what + ": error number " + -result);
    }
    return result;
  }

  // --- Files ------------------------------------------------------------------------------------

  int open(String path) throws GoneException {
    return openAs(path, CLOEXEC);
  }

  /** Only to ask what it is. */
  int openPath(String path) throws GoneException {
    return openAs(path, CLOEXEC | PATH_ONLY);
  }

  private int openAs(String path, int flags) throws GoneException {
    try (Arena brief = Arena.ofConfined()) {
      long name = brief.allocateFrom(path).address();
      return (int) must(call.make(OPENAT, HERE, name, flags, 0, 0, 0), "open " + path);
    }
  }

  void close(int fd) {
    var _ = call.make(CLOSE, fd, 0, 0, 0, 0, 0);
  }

  /** All of a file of {@code /proc}; valid until the next text. */
  MemorySegment text(int fd) throws GoneException {
    long length = 0;
    while (true) {
      long room = text.byteSize() - length;
      long got =
          must(call.make(PREAD, fd, text.address() + length, room, length, 0, 0), "read /proc");
      length += got;
      if (got == 0) {
        return text.asSlice(0, length);
      }
      if (length == text.byteSize()) {
        MemorySegment larger = arena.allocate(2 * length, 8);
        larger.copyFrom(text);
        text = larger;
      }
    }
  }

  String string(int fd) throws GoneException {
    byte[] bytes = text(fd).toArray(JAVA_BYTE);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Where a link leads. */
  String link(MemorySegment path) throws GoneException {
    long got =
        must(
            call.make(READLINK_AT, HERE, path.address(), text.address(), 4096, 0, 0),
            "read a link");
    return new String(text.asSlice(0, got).toArray(JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }

  /** The size of what is at the path; of {@code /proc/PID/fd}, how many descriptors there are. */
  long sizeAt(MemorySegment path) throws GoneException {
    must(call.make(STAT_AT, HERE, path.address(), small.address(), 0, 0, 0), "stat");
    return small.get(JAVA_LONG, ST_SIZE);
  }

  /** The bytes of a file. */
  long size(int fd) throws GoneException {
    must(call.make(FSTAT, fd, small.address(), 0, 0, 0, 0), "fstat");
    return small.get(JAVA_LONG, ST_SIZE);
  }

  /** Of the file system in memory that a descriptor is on; 0 where it is on another. */
  long usedFiles(int fd) throws GoneException {
    must(call.make(FSTATFS, fd, small.address(), 0, 0, 0, 0), "fstatfs");
    return small.get(JAVA_LONG, 0) == IN_MEMORY
        ? small.get(JAVA_LONG, ALL_FILES) - small.get(JAVA_LONG, FREE_FILES)
        : 0;
  }

  /** What identifies a file and its contents: all of stat but when it was read. */
  byte[] stat(int fd) throws GoneException {
    must(call.make(FSTAT, fd, small.address(), 0, 0, 0, 0), "fstat");
    small.asSlice(72, 16).fill((byte) 0); // the time of the last reading
    return small.asSlice(0, STAT_BYTES).toArray(JAVA_BYTE);
  }

  /** Where a thread has its list of robust locks. */
  long robustList(int process) throws GoneException {
    must(
        call.make(GET_ROBUST_LIST, process, small.address(), small.address() + 8, 0, 0, 0),
        "robust list");
    return small.get(JAVA_LONG, 0);
  }

  long position(int fd) {
    return call.make(LSEEK, fd, 0, SEEK_CUR, 0, 0, 0);
  }

  // --- Descriptors of another process ---------------------------------------------------------

  int openProcess(int process) throws GoneException {
    return (int) must(call.make(PIDFD_OPEN, process, 0, 0, 0, 0, 0), "pidfd_open");
  }

  /** A duplicate of its descriptor. */
  int duplicate(int pidfd, int fd) throws GoneException {
    return (int) must(call.make(PIDFD_GETFD, pidfd, fd, 0, 0, 0, 0), "pidfd_getfd " + fd);
  }

  /** Whether ours and its descriptor are the same open file. */
  boolean isSameFile(int us, int process, int ours, int theirs) {
    return call.make(KCMP, us, process, 0, ours, theirs, 0) == 0;
  }

  // --- Memory -----------------------------------------------------------------------------------

  /** Zeros, which take no memory before they are written. */
  long reserve(long bytes) throws GoneException {
    return must(call.make(MMAP, 0, bytes, READ_WRITE, PRIVATE_ANONYMOUS_NORESERVE, -1, 0), "mmap");
  }

  void free(long address, long bytes) {
    var _ = call.make(MUNMAP, address, bytes, 0, 0, 0, 0);
  }

  /** They are zeros again, and take no memory. */
  void drop(long address, long bytes) {
    var _ = call.make(MADVISE, address, bytes, DROP, 0, 0, 0);
  }

  /** Of an open file, from there. */
  void read(int fd, long from, long to, long bytes) throws GoneException {
    for (long done = 0; done < bytes; ) {
      long got = must(call.make(PREAD, fd, to + done, bytes - done, from + done, 0, 0), "memory");
      if (got == 0) {
        throw new GoneException("memory ended");
      }
      done += got;
    }
  }

  void control(int fd, long request, MemorySegment argument, String what) throws GoneException {
    must(call.make(IOCTL, fd, request, argument.address(), 0, 0, 0), what);
  }

  int controlled(int fd, long request, MemorySegment argument) {
    return (int) call.make(IOCTL, fd, request, argument.address(), 0, 0, 0);
  }

  /** One piece of the next transfer, of at most {@link #PIECES}. */
  void piece(int number, long local, long remote, long bytes) {
    localPieces.set(JAVA_LONG, number * 16L, local);
    localPieces.set(JAVA_LONG, number * 16L + 8, bytes);
    remotePieces.set(JAVA_LONG, number * 16L, remote);
    remotePieces.set(JAVA_LONG, number * 16L + 8, bytes);
  }

  void readPieces(int process, int count, long bytes) throws GoneException {
    transfer(READ_MEMORY, process, count, bytes);
  }

  void writePieces(int process, int count, long bytes) throws GoneException {
    transfer(WRITE_MEMORY, process, count, bytes);
  }

  private void transfer(int how, int process, int count, long bytes) throws GoneException {
    long local = localPieces.address();
    long remote = remotePieces.address();
    long done = must(call.make(how, process, local, count, remote, count, 0), "memory");
    if (done != bytes) {
      throw new GoneException("memory was not reached: " + done + " of " + bytes + " bytes");
    }
  }

  // --- Tracing ----------------------------------------------------------------------------------

  long trace(int request, int process, long address, long data, String what) throws GoneException {
    return must(call.make(PTRACE, request, process, address, data, 0, 0), what);
  }

  /** The same, of a process that may have ended. */
  void traceAnyway(int request, int process, long address, long data) {
    var _ = call.make(PTRACE, request, process, address, data, 0, 0);
  }

  /**
   * Waits until it has stopped or ended; its status as wait4 gives it. Everybody else waits for
   * this thread, so one that does not stop is ended.
   */
  int await(int process, long nanos) throws GoneException {
    long end = System.nanoTime() + nanos;
    for (int i = 0; awaited(process, AT_ONCE) == 0; i++) {
      if (System.nanoTime() > end) {
        var _ = call.make(KILL, process, KILLED, 0, 0, 0, 0);
        var _ = awaited(process, 0);
        throw new GoneException("it does not stop");
      }
      if (i < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(MOMENT_NANOS);
      }
    }
    return small.get(JAVA_INT, 0);
  }

  private long awaited(int process, long how) throws GoneException {
    long options = ALL_CHILDREN | how;
    return must(call.make(WAIT4, process, small.address(), options, 0, 0, 0), "wait4");
  }
}
