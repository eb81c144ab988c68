package io.patchbay.executor.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what goes over the connections that were handed into the box. For the supervisor's thread.
 *
 * <p>Theory of operation. The kernel counts, and its counters go with the socket: so a duplicate of
 * each is kept. As long as it is kept, the other end does not see that the code has closed its own;
 * so it is looked for soon and again, at growing intervals, and when the code's is gone the
 * counters are read and ours is closed. Looking compares open files, which works by descriptor
 * numbers and needs no more rights than handing over did.
 */
final class Meters {
  /** Connections that a call may have at the same time. */
  static final int MOST_OF_ONE_CALL = 128;

  /** After a call, for the other end to take what was sent; until then the kernel keeps it. */
  private static final int LINGER_MILLIS = 2000;

  private static final int TCP = 6;
  private static final int USER_TIMEOUT = 18;

  private static final int MOST = 1024;

  /** Of the descriptors that this process may have, those that duplicates may take: one in four. */
  private static final int SHARE = 4;

  /** A call has no descriptor above this one: a limit of the box. */
  private static final int HIGHEST_DESCRIPTOR = 255;

  private static final Duration FIRST_LOOK = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

  private final Kernel kernel;
  private final EventLoop loop;
  private final TcpCounters counters;
  private final int us = Math.toIntExact(ProcessHandle.current().pid());
  private final int most;
  private final MemorySegment limit;
  private final Map<CallNetwork, OfCall> calls = new HashMap<>();
  private int kept;

  Meters(Kernel kernel, EventLoop loop, Arena arena) {
    this.kernel = kernel;
    this.loop = loop;
    this.counters = new TcpCounters(kernel, arena);
    this.limit = arena.allocate(4, 4);
    this.most = Math.clamp(kernel.mostDescriptors(arena) / SHARE, 0, MOST);
  }

  /** Takes our end of a connection that was handed over as this descriptor of the process. */
  void keep(CallNetwork call, Attempt attempt, int process, int descriptor, int ours) {
    OfCall ofCall = calls.computeIfAbsent(call, OfCall::new);
    if (kept >= most || kernel.compareFiles(us, us, ours, ours) != 0) {
      kernel.close(ours);
      call.explain("Bytes are not counted for all connections: too many are open at once");
    } else {
      kept++;
      ofCall.open.add(new Connection(attempt, process, descriptor, ours));
    }
    ofCall.lookSoon();
  }

  /** Whether the call may have one more; those that it has closed meanwhile do not count. */
  boolean haveRoom(CallNetwork call) {
    OfCall ofCall = calls.get(call);
    if (ofCall == null || ofCall.open.size() < MOST_OF_ONE_CALL) {
      return true;
    }
    ofCall.settleClosed();
    boolean room = ofCall.open.size() < MOST_OF_ONE_CALL;
    if (!room) {
      call.explain("A connection was refused: %d are open at once".formatted(MOST_OF_ONE_CALL));
    }
    return room;
  }

  /** The call is over: what is still open is counted up to here. */
  void forget(CallNetwork call) {
    OfCall gone = calls.remove(call);
    if (gone != null) {
      gone.end();
    }
  }

  void close() {
    List.copyOf(calls.keySet()).forEach(this::forget);
  }

  private final class OfCall {
    private final CallNetwork call;
    private final List<Connection> open = new ArrayList<>();
    private Duration pause = FIRST_LOOK;
    private EventLoop.@Nullable Timer next;
    private long nextNanos;

    OfCall(CallNetwork call) {
      this.call = call;
    }

    /** Never later than planned, so that steady connecting does not put it off. */
    void lookSoon() {
      pause = FIRST_LOOK;
      if (next != null && nextNanos - System.nanoTime() > FIRST_LOOK.toNanos()) {
        loop.cancel(next);
        next = null;
      }
      if (next == null) {
        schedule();
      }
    }

    private void schedule() {
      nextNanos = System.nanoTime() + pause.toNanos();
      next = loop.in(pause, this::look);
    }

    /** How many there were. */
    private int settleClosed() {
      List<Connection> closed = closedInBox(open);
      open.removeAll(closed);
      closed.forEach(connection -> settle(call, connection));
      return closed.size();
    }

    private void look() {
      next = null;
      int closed = settleClosed();
      if (open.isEmpty()) {
        calls.remove(call);
        return;
      }
      pause = closed == 0 ? doubled(pause) : FIRST_LOOK;
      schedule();
    }

    void end() {
      if (next != null) {
        loop.cancel(next);
      }
      open.forEach(connection -> {
        endSoon(connection.ours);
        settle(call, connection);
      });
    }
  }

  private void endSoon(int socket) {
    limit.set(JAVA_INT, 0, LINGER_MILLIS);
    var _ = kernel.setOption(socket, TCP, USER_TIMEOUT, limit);
  }

  private static Duration doubled(Duration pause) {
    Duration next = pause.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
  }

  /** Those that no descriptor of their process leads to any more. */
  private List<Connection> closedInBox(List<Connection> open) {
    List<Connection> missing = open.stream().filter(it -> !isAt(it, it.descriptor)).toList();
    if (missing.isEmpty()) {
      return missing;
    }
    int[] used = usedDescriptors(missing.getFirst());
    return missing.stream().filter(connection -> !isFound(connection, used)).toList();
  }

  private int[] usedDescriptors(Connection by) {
    return IntStream.rangeClosed(0, HIGHEST_DESCRIPTOR)
        .filter(descriptor -> kernel.compareFiles(us, by.process, by.ours, descriptor) >= 0)
        .toArray();
  }

  private boolean isFound(Connection connection, int[] used) {
    for (int descriptor : used) {
      if (isAt(connection, descriptor)) {
        connection.descriptor = descriptor;
        return true;
      }
    }
    return false;
  }

  private boolean isAt(Connection connection, int descriptor) {
    return kernel.compareFiles(us, connection.process, connection.ours, descriptor) == 0;
  }

  private void settle(CallNetwork call, Connection connection) {
    Duration took = Duration.ofNanos(System.nanoTime() - connection.attempt.startNanos());
    call.carried(connection.attempt, counters.read(connection.ours, took));
    kernel.close(connection.ours);
    kept--;
  }

  /** A connection that the box has, and our duplicate. */
  private static final class Connection {
    private final Attempt attempt;
    private final int process;
    private final int ours;
    private int descriptor;

    Connection(Attempt attempt, int process, int descriptor, int ours) {
      this.attempt = attempt;
      this.process = process;
      this.descriptor = descriptor;
      this.ours = ours;
    }
  }
}
