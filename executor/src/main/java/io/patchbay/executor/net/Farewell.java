package io.patchbay.executor.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Ends connections that the box has closed. What was sent last may not have arrived yet: it lies in
 * the kernel's memory, which no limit of the call's covers, and the kernel would keep it for
 * minutes. It has two seconds, and is dropped then. For the supervisor's thread, which waits for
 * nothing of that.
 */
final class Farewell {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration FIRST_LOOK = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

  private static final int LINGER = 13;
  private static final long BYTES_UNDER_WAY = 0x5411;

  private final Kernel kernel;
  private final EventLoop loop;
  private final MemorySegment linger;
  private final MemorySegment count;
  private final Set<Integer> waiting = new HashSet<>();

  Farewell(Kernel kernel, EventLoop loop, Arena arena) {
    this.kernel = kernel;
    this.loop = loop;
    this.linger = arena.allocate(8, 4);
    this.count = arena.allocate(4, 4);
  }

  /**
   * Takes the last descriptor that leads to a connection.
   *
   * @param ended is run when nothing of it is left
   */
  void end(int socket, Runnable ended) {
    boolean dropped = isToBeDropped(socket);
    if (dropped || hasArrived(socket)) {
      close(socket, dropped);
      ended.run();
      return;
    }
    kernel.shutWriting(socket);
    waiting.add(socket);
    look(socket, ended, FIRST_LOOK, System.nanoTime() + PATIENCE.toNanos());
  }

  private void look(int socket, Runnable ended, Duration pause, long end) {
    var _ =
        loop.in(
            pause,
            () -> {
              boolean late = end - System.nanoTime() <= 0;
              if (!late && !hasArrived(socket)) {
                Duration next = pause.multipliedBy(2);
                Duration longest = LONGEST_PAUSE;
                look(socket, ended, next.compareTo(longest) < 0 ? next : longest, end);
                return;
              }
              waiting.remove(socket);
              close(socket, late);
              ended.run();
            });
  }

  /** Takes one of several descriptors that lead to a connection, of which others go on. */
  void leave(int socket) {
    close(socket, false);
  }

  private boolean hasArrived(int socket) {
    return kernel.ioctl(socket, BYTES_UNDER_WAY, count) < 0 || count.get(JAVA_INT, 0) == 0;
  }

  /** Code that asks for it wants the other end to see that it has gone. */
  private boolean isToBeDropped(int socket) {
    return kernel.getOption(socket, CallerSocket.SOL_SOCKET, LINGER, linger) == 0
        && linger.get(JAVA_INT, 0) != 0
        && linger.get(JAVA_INT, 4) == 0;
  }

  /** Without waiting for the other end, whatever the code has asked for. */
  private void close(int socket, boolean dropped) {
    linger.set(JAVA_INT, 0, dropped ? 1 : 0);
    linger.set(JAVA_INT, 4, 0);
    var _ = kernel.setOption(socket, CallerSocket.SOL_SOCKET, LINGER, linger);
    kernel.close(socket);
  }

  /** What has not arrived yet is the kernel's from now on. */
  void close() {
    waiting.forEach(socket -> close(socket, false));
    waiting.clear();
  }
}
