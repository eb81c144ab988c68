package io.patchbay.executor.box;

import io.patchbay.executor.Execution.Outcome;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Outcome.Returned;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.Execution.Timing;
import io.patchbay.executor.box.Launcher.Up;
import io.patchbay.executor.frame.Frame;
import io.patchbay.executor.frame.FrameException;
import io.patchbay.executor.frame.FrameReader;
import io.patchbay.executor.frame.FrameType;
import io.patchbay.executor.frame.FrameWriter;
import io.patchbay.executor.net.CallNetwork;
import io.patchbay.executor.net.Supervisor;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One call over one connection. The launcher kills the process as soon as this connection is closed
 * or its writing side is shut, so ending the conversation ends the call.
 */
final class BoxConnection {
  /** Between the kill at the deadline and giving up on the last words of the call. */
  private static final Duration GRACE = Duration.ofMillis(60);

  private final Clock clock;
  private final CallLog log;
  private final CallNetwork network;
  private volatile boolean expired;
  private volatile boolean sent;
  private @Nullable Instant enteredAt;
  private @Nullable Instant readyAt;
  private int column;
  private Optional<Supervisor> supervisor = Optional.empty();
  private int process;
  private Frame.@Nullable Ended ended;
  private final CallCost cost = new CallCost();

  BoxConnection(Clock clock, CallLog log, CallNetwork network) {
    this.clock = clock;
    this.log = log;
    this.network = network;
  }

  /** The call has a place and stops waiting. */
  void entered() {
    enteredAt = clock.instant();
  }

  /** Where the time between these two went; phases that were not reached took none. */
  Timing timing(Instant asked, Instant ended) {
    Instant entered = enteredAt == null ? ended : enteredAt;
    Instant ready = readyAt == null ? ended : readyAt;
    return new Timing(
        Duration.between(asked, entered),
        Duration.between(entered, ready),
        Duration.between(ready, ended));
  }

  CallCost cost() {
    return cost;
  }

  /** 1-based column of a syntax error, 0 where there is none. */
  int column() {
    return column;
  }

  /**
   * Blocks until the call has an outcome, by the end of {@code remaining} and a short grace.
   *
   * @throws NobodyListensException if there was no launcher, or none any more before it had made a
   *     process; then nothing has run, and another launcher may be tried
   */
  Outcome converse(Up up, Request request, Duration remaining, Deadlines deadlines)
      throws NobodyListensException {
    sent = false;
    process = 0;
    supervisor = up.supervisor();
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      Future<?> deadline = deadlines.in(remaining, () -> expire(channel, deadlines));
      try {
        connect(channel, up.address());
        send(channel, request);
        return listen(new FrameReader(channel));
      } finally {
        deadline.cancel(false);
      }
    } catch (ClosedByInterruptException interrupted) {
      return new Failed(Reason.INTERRUPTED, "The call was interrupted");
    } catch (ClosedChannelException closed) {
      return withoutOutcome();
    } catch (IOException broken) {
      return new Failed(Reason.SANDBOX_UNAVAILABLE, "No connection to the box: " + broken);
    } finally {
      supervisor.filter(_ -> process > 0).ifPresent(it -> it.dismiss(process, network));
    }
  }

  private static void connect(SocketChannel channel, UnixDomainSocketAddress address)
      throws ClosedChannelException, NobodyListensException {
    try {
      channel.connect(address);
    } catch (ClosedChannelException closed) {
      throw closed;
    } catch (IOException refused) {
      throw new NobodyListensException(refused.toString());
    }
  }

  /** Kills, and leaves the reading side open for what the dead process had still to say. */
  private void expire(SocketChannel channel, Deadlines deadlines) {
    expired = true;
    try {
      if (sent) {
        channel.shutdownOutput();
        var _ = deadlines.in(GRACE, () -> close(channel));
      } else {
        close(channel); // shutting down would wait for the write that does not end
      }
    } catch (IOException notConnected) {
      close(channel);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException alreadyBroken) {
      // nothing is left to be closed
    }
  }

  private void send(SocketChannel channel, Request request) throws IOException {
    try {
      FrameWriter.write(channel, request.type(), request.fields());
    } catch (ClosedChannelException closed) {
      throw closed;
    } catch (IOException brokenPipe) {
      // the process died before it had read all; what it said is still to be read
    }
    sent = true;
  }

  private Outcome listen(FrameReader frames) throws ClosedChannelException, NobodyListensException {
    try {
      for (Optional<Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
        Optional<Outcome> outcome = take(next.get());
        if (outcome.isPresent()) {
          return expired ? timeout() : outcome.get();
        }
      }
      return withoutOutcome();
    } catch (FrameException problem) {
      return expired ? timeout() : refused(problem);
    } catch (ClosedChannelException closed) {
      throw closed;
    } catch (IOException reset) {
      return withoutOutcome(); // it ended with something unread: an end like any other
    }
  }

  private Optional<Outcome> take(Frame frame) {
    switch (frame) {
      case Frame.Introduction(int introduced) -> introduce(introduced);
      case Frame.Ready() -> readyAt = readyAt == null ? clock.instant() : readyAt;
      case Frame.Log line -> log.log(line);
      case Frame.Printed printed -> log.print(printed);
      case Frame.Raw raw -> log.print(raw);
      case Frame.Measure measure -> cost.said(measure);
      case Frame.Ended end -> {
        ended = end;
        cost.counted(end.cost());
      }
      case Frame.Result(String json) -> {
        return Optional.of(new Returned(json));
      }
      case Frame.Failure failure -> {
        column = failure.column();
        return Optional.of(failed(failure));
      }
    }
    return Optional.empty();
  }

  private void introduce(int introduced) {
    process = introduced;
    supervisor.ifPresent(it -> it.admit(introduced, network));
  }

  private static Outcome failed(Frame.Failure failure) {
    return new Failed(
        reason(failure.reason()),
        failure.message(),
        failure.traceback().isEmpty() ? Optional.empty() : Optional.of(failure.traceback()),
        failure.line() == 0 ? Optional.empty() : Optional.of(failure.line()));
  }

  /** A process may only blame its own code. */
  private static Reason reason(String name) {
    return switch (name) {
      case "SYNTAX_ERROR" -> Reason.SYNTAX_ERROR;
      case "IMPORT_ERROR" -> Reason.IMPORT_ERROR;
      case "OUT_OF_MEMORY" -> Reason.OUT_OF_MEMORY;
      case "BAD_RESULT" -> Reason.BAD_RESULT;
      case "RESULT_TOO_LARGE" -> Reason.RESULT_TOO_LARGE;
      default -> Reason.EXCEPTION;
    };
  }

  private static Outcome refused(FrameException problem) {
    return switch (problem.kind()) {
      case VIOLATION ->
          new Failed(
              Reason.KILLED,
              "The code wrote to the connection of its own process: " + problem.getMessage());
      case RESULT_TOO_LARGE -> new Failed(Reason.RESULT_TOO_LARGE, text(problem));
      case BAD_RESULT -> new Failed(Reason.BAD_RESULT, text(problem));
    };
  }

  private static String text(FrameException problem) {
    return String.valueOf(problem.getMessage());
  }

  private Outcome withoutOutcome() throws NobodyListensException {
    if (expired) {
      return timeout();
    }
    Frame.Ended end = ended;
    if (readyAt == null && end == null) {
      throw new NobodyListensException("it ended before it had made a process");
    }
    if (readyAt == null) {
      return new Failed(Reason.SANDBOX_UNAVAILABLE, "The process of the call could not be made");
    }
    if (end == null) {
      return new Failed(Reason.KILLED, "The process of the call ended without a trace");
    }
    return end.bySignal()
        ? new Failed(Reason.KILLED, "The process was killed by " + Signals.name(end.code()))
        : new Failed(
            Reason.NO_RESULT,
            "The process ended with exit code " + end.code() + " before main had returned");
  }

  private static Outcome timeout() {
    return new Failed(Reason.TIMEOUT, "The code was still running at its deadline");
  }

  /**
   * @param fields of a CALL or CHECK, their payload within the cap of the type
   */
  record Request(FrameType type, List<byte[]> fields) {}
}
