package io.patchbay.executor.restore;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel holds of a process beside its memory, as far as it can be seen from outside. It
 * is not put back but compared: a process in which it has changed is not used again. How its own
 * four descriptors are set is not looked at: the supervisor is told of whoever sets it.
 */
final class State {
  /** Standard in, out and error, and the connection. */
  private static final int DESCRIPTORS = 4;

  private static final int CONNECTION = 3;
  private static final long CLOSE_RANGE = 436;
  private static final long ALTERNATE_STACK = 131;
  private static final int BYTES_OF_A_STACK = 24;

  /** What lies there is nobody's, and is put back with the rest of the memory. */
  private static final long BELOW_THE_STACK = 512;

  private static final long ALL = 0xffffffffL;

  private final Kernel kernel;
  private final int process;
  private final int pidfd;
  private final int status;
  private final int limits;
  private final int tmp;
  private final MemorySegment descriptors;
  private final MemorySegment folder;
  private final int[] standard = {-1, -1, -1};
  private final int us = (int) ProcessHandle.current().pid();
  private @Nullable Seen then;

  /**
   * @param arena that lives as long as this
   */
  State(Kernel kernel, int process, int pidfd, Arena arena) throws GoneException {
    String proc = "/proc/" + process;
    this.kernel = kernel;
    this.process = process;
    this.pidfd = pidfd;
    this.descriptors = arena.allocateFrom(proc + "/fd");
    this.folder = arena.allocateFrom(proc + "/cwd");
    this.status = kernel.open(proc + "/status");
    this.limits = kernel.open(proc + "/limits");
    this.tmp = kernel.openPath(proc + "/cwd");
  }

  /** Comparable as a whole. */
  @SuppressWarnings("ArrayRecordComponent") // compared by their contents, here alone
  private record Seen(
      String status,
      String limits,
      String folder,
      long robustList,
      byte[] alternateStack,
      byte[] connection,
      byte[] tmp,
      long usedFiles,
      byte[] standard) {
    private Optional<String> difference(Seen now) {
      if (!status.equals(now.status)) {
        return Optional.of("threads, signals, name or mask");
      }
      if (!limits.equals(now.limits)) {
        return Optional.of("limits");
      }
      if (!folder.equals(now.folder)) {
        return Optional.of("working folder");
      }
      if (robustList != now.robustList) {
        return Optional.of("robust locks");
      }
      if (!Arrays.equals(alternateStack, now.alternateStack)) {
        return Optional.of("stack of signal handlers");
      }
      if (!Arrays.equals(connection, now.connection)) {
        return Optional.of("the connection");
      }
      if (!Arrays.equals(tmp, now.tmp) || usedFiles != now.usedFiles) {
        return Optional.of("files");
      }
      return Arrays.equals(standard, now.standard) ? Optional.empty() : Optional.of("output");
    }
  }

  /** Whether it waits for something. */
  boolean sleeps() throws GoneException {
    return line(kernel.string(status), "State:").contains("S ");
  }

  /** Of the snapshot; why there can be none, if there can be none. */
  Optional<String> save(Tracee tracee, Tracee.Registers from) throws GoneException {
    if (kernel.sizeAt(descriptors) != DESCRIPTORS) {
      return Optional.of("files or sockets are open");
    }
    if (!isEmpty()) {
      return Optional.of("there are files");
    }
    for (int i = 0; i < standard.length; i++) {
      standard[i] = kernel.duplicate(pidfd, i);
    }
    if (kernel.size(standard[1]) > 0 || kernel.size(standard[2]) > 0) {
      return Optional.of("something was written straight to standard out or error");
    }
    Seen now = look(tracee, from);
    then = now;
    return now.status.contains("Threads:\t1\n") ? Optional.empty() : Optional.of("threads run");
  }

  /**
   * Whether no file is in the folder of the call. Only of such a folder is it seen from outside
   * whether anything in it has changed.
   */
  private boolean isEmpty() throws GoneException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process + "/cwd/"))) {
      return files.findAny().isEmpty();
    } catch (IOException | UncheckedIOException closed) {
      throw new GoneException("its files: " + closed);
    }
  }

  /** What is not as it was; first all descriptors are closed that were not there. */
  Optional<String> difference(Tracee tracee, Tracee.Registers from) throws GoneException {
    if (kernel.sizeAt(descriptors) != DESCRIPTORS) {
      var _ = tracee.make(from, CLOSE_RANGE, DESCRIPTORS, ALL, 0);
      if (kernel.sizeAt(descriptors) != DESCRIPTORS) {
        return Optional.of("descriptors");
      }
    }
    for (int i = 0; i < standard.length; i++) {
      if (!kernel.isSameFile(us, process, standard[i], i)) {
        return Optional.of("descriptors");
      }
    }
    Seen before = then;
    return before == null ? Optional.of("no snapshot") : before.difference(look(tracee, from));
  }

  private Seen look(Tracee tracee, Tracee.Registers from) throws GoneException {
    String told = part(kernel.string(status));
    return new Seen(
        told,
        kernel.string(limits),
        kernel.link(folder),
        kernel.robustList(process),
        alternateStack(tracee, from),
        connection(),
        kernel.stat(tmp),
        kernel.usedFiles(tmp),
        standard());
  }

  /** Name, mask for new files, threads, and all about signals. */
  private static String part(String status) {
    return line(status, "Name:")
        + line(status, "Umask:")
        + line(status, "Threads:")
        + line(status, "SigPnd:")
        + line(status, "ShdPnd:")
        + line(status, "SigBlk:")
        + line(status, "SigIgn:")
        + line(status, "SigCgt:")
        + line(status, "Seccomp_filters:");
  }

  private static String line(String status, String key) {
    int start = status.startsWith(key) ? 0 : status.indexOf("\n" + key) + 1;
    int end = status.indexOf('\n', start);
    return end < 0 ? "" : status.substring(start, end + 1);
  }

  /**
   * Where handlers of signals run. Whoever returns from a handler that never ran sets it without a
   * call that anybody is told of, and only the process itself is told.
   */
  private byte[] alternateStack(Tracee tracee, Tracee.Registers from) throws GoneException {
    long at = from.stack() - BELOW_THE_STACK & -16;
    if (tracee.make(from, ALTERNATE_STACK, 0, at) != 0) {
      throw new GoneException("the stack of signal handlers cannot be asked for");
    }
    byte[] told = new byte[BYTES_OF_A_STACK];
    try (Arena brief = Arena.ofConfined()) {
      MemorySegment read = brief.allocate(BYTES_OF_A_STACK);
      kernel.piece(0, read.address(), at, BYTES_OF_A_STACK);
      kernel.readPieces(process, 1, BYTES_OF_A_STACK);
      MemorySegment.copy(read, JAVA_BYTE, 0, told, 0, BYTES_OF_A_STACK);
    }
    return told;
  }

  /** Which socket it is; nobody here keeps it open, so that the process can see its end. */
  private byte[] connection() throws GoneException {
    int duplicate = kernel.duplicate(pidfd, CONNECTION);
    try {
      return kernel.stat(duplicate);
    } finally {
      kernel.close(duplicate);
    }
  }

  /** What went straight to standard out and error, and where the next would go. */
  private byte[] standard() throws GoneException {
    byte[] all = {};
    for (int fd : standard) {
      byte[] position = ByteBuffer.allocate(8).putLong(kernel.position(fd)).array();
      all = join(all, join(kernel.stat(fd), position));
    }
    return all;
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  void close() {
    for (int fd : standard) {
      if (fd >= 0) {
        kernel.close(fd);
      }
    }
    kernel.close(status);
    kernel.close(limits);
    kernel.close(tmp);
  }
}
