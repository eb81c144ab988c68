package io.patchbay.executor.box;

import io.patchbay.executor.Execution.Freshness;
import io.patchbay.executor.Execution.Outcome;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Outcome.Returned;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.Execution.Timing;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.Launcher.Up;
import io.patchbay.executor.frame.Frame;
import io.patchbay.executor.frame.FrameException;
import io.patchbay.executor.frame.Outgoing;
import io.patchbay.executor.net.CallNetwork;
import io.patchbay.executor.restore.Restorer;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call as the executor sees it: what is said to its process and heard from it. Whoever is done
 * with it closes it, and with it the process, unless the process was taken for another call.
 */
final class BoxConnection implements AutoCloseable {
  /**
   * Between the kill at the deadline and giving up on the last words of the call: so many steps,
   * since a pause of the whole machine takes one of them and not all.
   */
  private static final int GRACE_STEPS = 10;

  private static final Duration GRACE_STEP = Duration.ofMillis(50);

  private final Clock clock;
  private final Deadlines deadlines;
  private final CallNetwork network;
  private CallLog log;
  private @Nullable CallProcess process;
  private @Nullable Instant enteredAt;
  private @Nullable Instant readyAt;
  private Runnable whenMade = () -> {};
  private Freshness freshness = new Freshness(Isolation.PROCESS);
  private Awaited awaited = Awaited.OUTCOME;
  private volatile boolean expired;
  private volatile boolean sent;
  private byte[] bytecode = new byte[0];
  private int column;
  private Frame.@Nullable Ended ended;
  private final CallCost cost = new CallCost();

  /** What is listened for. */
  private enum Awaited {
    OUTCOME,
    HELD,
    LOADED
  }

  BoxConnection(Clock clock, Deadlines deadlines, CallNetwork network) {
    this.clock = clock;
    this.deadlines = deadlines;
    this.log = new CallLog(clock);
    this.network = network;
  }

  /** The call has a place and stops waiting. */
  void entered() {
    enteredAt = clock.instant();
  }

  /**
   * @param told when the launcher has made a process for it
   */
  void whenMade(Runnable told) {
    whenMade = told;
  }

  /** Goes on with a process that has loaded the code, and with what it said meanwhile. */
  void continueWith(Loaded loaded) {
    loaded.takeLog().ifPresent(said -> log = said);
    freshness = loaded.freshness();
    process = loaded.process();
    process.serves(network);
    readyAt = clock.instant();
  }

  CallLog log() {
    return log;
  }

  CallNetwork network() {
    return network;
  }

  /** What the source was compiled to; empty if the process did not say. */
  byte[] bytecode() {
    return bytecode;
  }

  /** 1-based column of a syntax error, 0 where there is none. */
  int column() {
    return column;
  }

  /** Where the time between these two went; phases that were not reached took none. */
  Timing timing(Instant asked, Instant ended) {
    Instant entered = enteredAt == null ? ended : enteredAt;
    Instant ready = readyAt == null ? ended : readyAt;
    return new Timing(elapsed(asked, entered), elapsed(entered, ready), elapsed(ready, ended));
  }

  /** Never below zero, though the clock may be set back meanwhile. */
  static Duration elapsed(Instant from, Instant to) {
    Duration passed = Duration.between(from, to);
    return passed.isNegative() ? Duration.ZERO : passed;
  }

  CallCost cost() {
    return cost;
  }

  CallProcess process() {
    CallProcess current = process;
    if (current == null) {
      throw new IllegalStateException("there is no process");
    }
    return current;
  }

  /** The process, which is no longer closed with this. */
  CallProcess detach() {
    CallProcess detached = process();
    process = null;
    return detached;
  }

  /** What lies between the call and the one before; that of a process of its own, if not said. */
  void is(Freshness other) {
    freshness = other;
  }

  /** Empty if no process has had the call. */
  Optional<Freshness> freshness() {
    return readyAt == null ? Optional.empty() : Optional.of(freshness);
  }

  /**
   * A process of its own for this call. Blocks until there is an outcome, by the end of {@code
   * remaining} and a short grace.
   *
   * @param frames the order, the code and the call
   * @throws NobodyListensException if there was no launcher, or none any more before it had made a
   *     process; then nothing has run, and another launcher may be tried
   */
  Outcome converse(Up up, List<Outgoing> frames, Duration remaining) throws NobodyListensException {
    return begun(up, frames, remaining).orElseThrow();
  }

  /**
   * Has a process load the code, and then wait.
   *
   * @param frames the order and the code
   * @param restorer puts it back to that moment; if there is one, the frames say so
   * @param remaining until it must wait
   * @param unable is told why it cannot be put back; it waits all the same
   * @return empty if it waits; else why it does not
   */
  Optional<Outcome> load(
      Up up,
      List<Outgoing> frames,
      Optional<Restorer> restorer,
      Supplier<Duration> remaining,
      Consumer<String> unable)
      throws NobodyListensException {
    awaited = restorer.isPresent() ? Awaited.HELD : Awaited.LOADED;
    Optional<Outcome> ended = begun(up, frames, remaining.get());
    if (ended.isEmpty() && restorer.isPresent()) {
      ended = hold(restorer.get(), remaining, unable);
    }
    awaited = Awaited.OUTCOME;
    return ended;
  }

  private Optional<Outcome> hold(
      Restorer restorer, Supplier<Duration> remaining, Consumer<String> unable)
      throws NobodyListensException {
    CallProcess current = process();
    Optional<String> problem = current.hold(restorer);
    awaited = Awaited.LOADED;
    Optional<Outcome> ended = exchange(List.of(Requests.go()), remaining.get());
    if (ended.isEmpty() && problem.isEmpty()) {
      problem = current.snapshot();
    }
    if (ended.isPresent() || problem.isPresent()) {
      current.letGo();
      problem.ifPresent(unable);
    }
    return ended;
  }

  /** The next call of a process that waits; as {@link #converse}. */
  Outcome proceed(Outgoing call, Duration remaining) {
    try {
      return exchange(List.of(call), remaining).orElseThrow();
    } catch (NobodyListensException impossible) {
      throw new IllegalStateException(impossible); // it was introduced long ago
    }
  }

  private Optional<Outcome> begun(Up up, List<Outgoing> frames, Duration remaining)
      throws NobodyListensException {
    ended = null;
    closeProcess();
    try {
      process = CallProcess.of(up);
    } catch (IOException tooManyDescriptors) {
      return Optional.of(
          new Failed(
              Reason.SANDBOX_UNAVAILABLE, "No connection to the box: " + tooManyDescriptors));
    }
    return exchange(frames, remaining);
  }

  private Optional<Outcome> exchange(List<Outgoing> frames, Duration remaining)
      throws NobodyListensException {
    CallProcess current = process();
    sent = false;
    Future<?> deadline = deadlines.in(remaining, () -> expire(current));
    try {
      if (!current.isIntroduced()) {
        current.connect();
      }
      send(current, frames);
      return listen(current);
    } catch (ClosedByInterruptException interrupted) {
      return Optional.of(new Failed(Reason.INTERRUPTED, "The call was interrupted"));
    } catch (ClosedChannelException closed) {
      return Optional.of(withoutOutcome(current));
    } finally {
      deadline.cancel(false);
    }
  }

  /** Kills, and leaves the reading side open for what the dead process had still to say. */
  private void expire(CallProcess current) {
    expired = true;
    try {
      if (sent) {
        current.kill();
        abortAfter(GRACE_STEPS, current);
      } else {
        current.abort(); // shutting down would wait for the write that does not end
      }
    } catch (IOException notConnected) {
      current.abort();
    }
  }

  private void abortAfter(int steps, CallProcess current) {
    if (steps == 0) {
      current.abort();
    } else if (current.isOpen()) {
      var _ = deadlines.in(GRACE_STEP, () -> abortAfter(steps - 1, current));
    }
  }

  private void send(CallProcess current, List<Outgoing> frames) throws ClosedChannelException {
    try {
      current.send(frames);
    } catch (ClosedChannelException closed) {
      throw closed;
    } catch (IOException brokenPipe) {
      // the process died before it had read all; what it said is still to be read
    }
    sent = true;
  }

  /** Empty when the process waits for a call. */
  private Optional<Outcome> listen(CallProcess current)
      throws ClosedChannelException, NobodyListensException {
    try {
      for (Optional<Frame> next = current.next(); next.isPresent(); next = current.next()) {
        if (isAwaited(next.get()) && !expired) {
          return Optional.empty();
        }
        Optional<Outcome> outcome = take(current, next.get());
        if (outcome.isPresent()) {
          return expired ? Optional.of(timeout()) : outcome;
        }
      }
      return Optional.of(withoutOutcome(current));
    } catch (FrameException problem) {
      return Optional.of(expired ? timeout() : Outcomes.refused(problem));
    } catch (ClosedChannelException closed) {
      throw closed;
    } catch (IOException reset) {
      return Optional.of(withoutOutcome(current)); // it ended with something unread
    }
  }

  private boolean isAwaited(Frame frame) {
    return switch (awaited) {
      case OUTCOME -> false;
      case HELD -> frame instanceof Frame.Held;
      case LOADED -> frame instanceof Frame.Loaded;
    };
  }

  private Optional<Outcome> take(CallProcess current, Frame frame) {
    switch (frame) {
      case Frame.Introduction(int introduced) -> {
        readyAt = clock.instant();
        current.introduced(introduced, network);
        whenMade.run();
      }
      case Frame.Bytecode(byte[] code) -> bytecode = code;
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
        return Optional.of(Outcomes.failed(failure));
      }
      case Frame.Loaded() -> {}
      case Frame.Held() -> {}
    }
    return Optional.empty();
  }

  private Outcome withoutOutcome(CallProcess current) throws NobodyListensException {
    if (expired) {
      return timeout();
    }
    Frame.Ended end = ended;
    if (end == null && !current.isIntroduced()) {
      throw new NobodyListensException("it ended before it had made a process");
    }
    return Outcomes.ofEnd(end);
  }

  private static Outcome timeout() {
    return new Failed(Reason.TIMEOUT, "The code was still running at its deadline");
  }

  private void closeProcess() {
    if (process != null) {
      process.close();
      process = null;
    }
  }

  @Override
  public void close() {
    closeProcess();
  }
}
