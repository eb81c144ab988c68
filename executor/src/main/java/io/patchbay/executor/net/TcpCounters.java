package io.patchbay.executor.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.patchbay.executor.Execution.Traffic;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Set;

/** The kernel's {@code struct tcp_info}. */
final class TcpCounters {
  private static final int TCP = 6;
  private static final int TCP_INFO = 11;
  private static final int ACKED = 120;
  private static final int RECEIVED = 128;
  private static final int UNSENT = 144;
  private static final int SENT = 200;
  private static final int REPEATED = 208;
  private static final int LENGTH = 216;

  private static final int CLOSED = 7;
  private static final Set<Integer> OTHER_END_CLOSED = Set.of(6, 8, 9, 11);

  private final Kernel kernel;
  private final MemorySegment info;

  TcpCounters(Kernel kernel, Arena arena) {
    this.kernel = kernel;
    this.info = arena.allocate(LENGTH, 8);
  }

  Traffic read(int socket, Duration took) {
    info.fill((byte) 0);
    var _ = kernel.getOption(socket, TCP, TCP_INFO, info);
    long sent = info.get(JAVA_LONG, SENT) - info.get(JAVA_LONG, REPEATED);
    long unsent = Integer.toUnsignedLong(info.get(JAVA_INT, UNSENT));
    long received = info.get(JAVA_LONG, RECEIVED) - (otherEndClosed(sent) ? 1 : 0);
    return new Traffic(Math.max(0, sent + unsent), Math.max(0, received), took);
  }

  /**
   * The kernel counts the end of what is received as a byte. A socket that is closed on both sides
   * does not tell; but the start and the end that it sent are among the bytes that were confirmed.
   */
  private boolean otherEndClosed(long sent) {
    int state = info.get(JAVA_BYTE, 0);
    return OTHER_END_CLOSED.contains(state)
        || (state == CLOSED && info.get(JAVA_LONG, ACKED) == sent + 2);
  }
}
