package io.patchbay.executor.net;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what goes over the connections that were handed into the box. For the supervisor's thread.
 *
 * <p>Theory of operation. The kernel counts, and its counters go with the socket: so a duplicate of
 * each is kept. As long as it is kept, the other end does not see that the code has closed its own;
 * so it is looked for soon and again, at growing intervals, and when the code's is gone the
 * counters are read and ours {@linkplain Farewell ends}. Looking compares open files, which works
 * by descriptor numbers and needs no more rights than handing over did.
 */
final class Meters {
  /** Connections that a call may have at the same time. */
  static final int MOST_OF_ONE_CALL = 128;

  private static final int MOST = 1024;

  /** Of the descriptors that this process may have, those that duplicates may take: one in four. */
  private static final int SHARE = 4;

  /** A call has no descriptor above this one: a limit of the box. */
  private static final int HIGHEST_DESCRIPTOR = 255;

  private static final Duration FIRST_LOOK = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_AFTER_CALL = Duration.ofSeconds(2);

  private final Kernel kernel;
  private final EventLoop loop;
  private final TcpCounters counters;
  private final int us = Math.toIntExact(ProcessHandle.current().pid());
  private final Shares shares;
  private final Farewell farewell;
  private final Map<CallNetwork, OfCall> calls = new HashMap<>();

  // Their calls are over.
  private final Set<OfCall> ending = new HashSet<>();

  Meters(Kernel kernel, EventLoop loop, Arena arena) {
    this.kernel = kernel;
    this.loop = loop;
    this.counters = new TcpCounters(kernel, arena);
    this.shares = new Shares(Math.clamp(kernel.mostDescriptors(arena) / SHARE, 0, MOST));
    this.farewell = new Farewell(kernel, loop, arena);
  }

  /**
   * Whether the call may have one more; what it has closed meanwhile does not count, once all of it
   * has arrived. {@link #keep} or {@link #release} must follow.
   */
  boolean reserve(CallNetwork call) {
    OfCall ofCall = calls.computeIfAbsent(call, OfCall::new);
    if (ofCall.count() >= MOST_OF_ONE_CALL) {
      var _ = ofCall.settleClosed();
    }
    boolean room = ofCall.count() < MOST_OF_ONE_CALL;
    if (room && shares.take(call.owner())) {
      ofCall.others++;
      return true;
    }
    call.explain(
        "A connection was refused: "
            + (room ? "too many of all calls are open" : MOST_OF_ONE_CALL + " are open")
            + " at once");
    ofCall.forgetIfIdle();
    return false;
  }

  /** There is none after all. */
  void release(CallNetwork call) {
    OfCall ofCall = calls.get(call);
    shares.give(call.owner());
    if (ofCall != null) {
      ofCall.others--;
      ofCall.forgetIfIdle();
    }
  }

  /** Takes our end of a connection that was handed over as this descriptor of the process. */
  void keep(CallNetwork call, Attempt attempt, int process, int descriptor, int ours) {
    if (kernel.compareFiles(us, us, ours, ours) != 0) {
      kernel.close(ours);
      call.explain("Bytes are not counted: open files cannot be compared on this machine");
      release(call);
      return;
    }
    OfCall ofCall = calls.computeIfAbsent(call, OfCall::new);
    ofCall.others--;
    ofCall.open.add(new Connection(attempt, process, descriptor, ours));
    ofCall.lookSoon();
  }

  /**
   * The call is over: what is still open is counted up to here. Its process closes it soon, unless
   * it is kept as it is.
   */
  void forget(CallNetwork call) {
    OfCall gone = calls.remove(call);
    if (gone != null) {
      ending.add(gone);
      gone.end();
    }
  }

  void close() {
    List.copyOf(calls.keySet()).forEach(this::forget);
    List.copyOf(ending).forEach(OfCall::letGo);
    farewell.close();
  }

  private final class OfCall {
    private final CallNetwork call;
    private final List<Connection> open = new ArrayList<>();

    // Being made, or closed and not all of it arrived.
    private int others;
    private Duration pause = FIRST_LOOK;
    private EventLoop.@Nullable Timer next;
    private long nextNanos;
    private boolean isOver;
    private long end;

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
      closed.forEach(this::settle);
      return closed.size();
    }

    private void look() {
      next = null;
      int closed = settleClosed();
      if (open.isEmpty()) {
        forgetIfIdle();
      } else if (isOver && end - System.nanoTime() <= 0) {
        letGo();
      } else {
        pause = closed == 0 ? doubled(pause) : FIRST_LOOK;
        schedule();
      }
    }

    void end() {
      isOver = true;
      end = System.nanoTime() + LONGEST_AFTER_CALL.toNanos();
      open.forEach(this::count);
      lookSoon();
    }

    /** What the process still has is its own affair. */
    void letGo() {
      if (next != null) {
        loop.cancel(next);
      }
      open.forEach(connection -> {
        farewell.leave(connection.ours);
        shares.give(call.owner());
      });
      open.clear();
      forgetIfIdle();
    }

    int count() {
      return open.size() + others;
    }

    void forgetIfIdle() {
      if (count() == 0) {
        var _ = calls.remove(call, this);
        var _ = ending.remove(this);
      }
    }

    private void settle(Connection connection) {
      count(connection);
      others++;
      farewell.end(
          connection.ours,
          () -> {
            others--;
            shares.give(call.owner());
            forgetIfIdle();
          });
    }

    /** Once, at the end of the call at the latest. */
    private void count(Connection connection) {
      if (!connection.isCounted) {
        connection.isCounted = true;
        Duration took = Duration.ofNanos(System.nanoTime() - connection.attempt.startNanos());
        call.carried(connection.attempt, counters.read(connection.ours, took));
      }
    }
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

  /** A connection that the box has, and our duplicate. */
  private static final class Connection {
    private final Attempt attempt;
    private final int process;
    private final int ours;
    private int descriptor;
    private boolean isCounted;

    Connection(Attempt attempt, int process, int descriptor, int ours) {
      this.attempt = attempt;
      this.process = process;
      this.descriptor = descriptor;
      this.ours = ours;
    }
  }
}
