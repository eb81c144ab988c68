package io.patchbay.executor.box;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Freshness;
import io.patchbay.executor.Execution.LogRecord;
import io.patchbay.executor.Execution.Outcome;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Outcome.Returned;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.Execution.Timing;
import io.patchbay.executor.Execution.Usage;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.Launcher.State;
import io.patchbay.executor.box.Launcher.Up;
import io.patchbay.executor.box.ProcessPool.Taken;
import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.net.CallNetwork;
import io.patchbay.executor.net.Lookup;
import io.patchbay.executor.work.Admission;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Runs each call in a process that is boxed before it sees the code: one that was put back to the
 * moment before the last call, a new one that is killed after its first answer, or one that is kept
 * as it is, by the code's isolation. Where no box can be had nothing runs: every call is {@code
 * SANDBOX_UNAVAILABLE}.
 *
 * <p>Theory of operation: docs/explanation/sandbox.md. Safe for use by many threads; made for
 * virtual ones, since a call blocks its caller.
 */
public final class BoxedExecutor implements Executor {
  private static final Logger LOG = System.getLogger(BoxedExecutor.class.getName());
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(10);
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration RESTART_LIMIT = Duration.ofSeconds(5);
  private static final Duration PROOF_LIMIT = Duration.ofSeconds(5);

  private final Clock clock;
  private final ExecutorConfig.Capacity capacity;
  private final Admission admission;
  private final Starts starts;
  private final Requests requests;
  private final Deadlines deadlines;
  private final Box box;
  private final ProcessPool pool;
  private final AtomicBoolean proving = new AtomicBoolean();
  private volatile boolean draining;
  private volatile boolean closed;

  private BoxedExecutor(ExecutorConfig config, Requests requests, Deadlines deadlines, Box box) {
    this.clock = config.clock();
    this.capacity = config.capacity();
    this.admission = new Admission(capacity.concurrency(), capacity.queue());
    this.starts = new Starts(capacity.concurrency(), Starts.LONGEST, deadlines);
    this.requests = requests;
    this.deadlines = deadlines;
    this.box = box;
    this.pool =
        new ProcessPool(clock, deadlines, requests, starts, config.capacity().ready(), box::up);
  }

  /**
   * Blocks until the box is proven or known to be unavailable; {@link #status} says which. Whether
   * calls are restored is known then too, where that did not take long.
   */
  public static BoxedExecutor start(ExecutorConfig config) {
    return start(config, Lookup.system());
  }

  /**
   * @param lookup how the names that code asks for are resolved
   */
  static BoxedExecutor start(ExecutorConfig config, Lookup lookup) {
    Deadlines deadlines = new Deadlines();
    Requests requests = new Requests(config.capacity().maxMemory());
    SelfTest selfTest = new SelfTest(config.clock(), requests, deadlines);
    Box box = Box.open(config, selfTest, lookup, deadlines);
    BoxedExecutor executor = new BoxedExecutor(config, requests, deadlines, box);
    executor.prove();
    return executor;
  }

  /** Until it is proven calls that are to be restored have a process each. */
  private void prove() {
    if (!pool.restoring().isOpen() || box.up().isEmpty() || proving.getAndSet(true)) {
      return;
    }
    Thread proof =
        Thread.ofVirtual()
            .name("executor-proof")
            .start(() -> {
              Optional<String> problem =
                  new RestoreProof(clock, pool.restoring(), this::run).problem();
              if (!closed) {
                problem.ifPresent(
                    why -> LOG.log(Logger.Level.WARNING, "calls are not restored: {0}", why));
              }
              pool.restoring().proven(problem);
              pool.forget(RestoreProof.OWNER.name());
            });
    try {
      proof.join(PROOF_LIMIT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Execution run(CodeCall call) {
    Instant asked = clock.instant();
    Optional<Failed> problem = Requests.problem(call);
    if (problem.isPresent()) {
      return notRun(problem.get(), asked);
    }
    CallNetwork network = new CallNetwork(call.code().owner().name(), call.code().egress(), clock);
    // The clock may be set back while the call waits for its place.
    Duration longest = until(call.deadline());
    Line line = pool.called(call.code());
    Outcome outcome;
    BoxConnection connection = new BoxConnection(clock, deadlines, network);
    try (connection) {
      outcome =
          admitted(
              call.code().owner().name(),
              call.code().memory(),
              connection,
              call.deadline(),
              up -> answer(connection, line, call, up, longest));
    } finally {
      pool.look();
    }
    return execution(call, outcome, connection, asked);
  }

  /** Of a call whose process has gone, so that all that went over its connections is counted. */
  private Execution execution(
      CodeCall call, Outcome outcome, BoxConnection connection, Instant asked) {
    Timing timing = connection.timing(asked, clock.instant());
    List<LogRecord> records = new ArrayList<>(connection.log().records());
    records.addAll(connection.network().explanations());
    CallNetwork network = connection.network();
    Usage usage =
        connection
            .cost()
            .usage(timing.start().plus(timing.run()), call.code().memory())
            .over(network.bytesOut(), network.bytesIn());
    return new Execution(
        outcome, records, network.attempts(), timing, usage, connection.freshness());
  }

  /** By a process that waits, or one that is made for it. */
  private Outcome answer(
      BoxConnection connection, Line line, CodeCall call, Up up, Duration longest)
      throws NobodyListensException {
    Supplier<Duration> remaining = () -> atMost(until(call.deadline()), longest);
    Isolation isolation = pool.isolation(line);
    Taken taken = pool.take(line, up, isolation == Isolation.RESTORED, remaining);
    connection.entered();
    if (taken.process().isPresent()) {
      return by(taken.process().get(), connection, line, call, remaining);
    }
    if (taken.loads()) {
      return loading(connection, line, call, up, remaining, taken.turn());
    }
    boolean keeps = isolation == Isolation.KEPT;
    connection.is(new Freshness(keeps ? Isolation.KEPT : Isolation.PROCESS));
    Outcome outcome = fresh(connection, call, up, remaining, taken.turn());
    requests.compiled(call.code(), up, connection.bytecode());
    if (keeps && outcome instanceof Returned) {
      pool.giveBack(line, pool.serving(line, connection));
    }
    return outcome;
  }

  /** By a process that can be put back, made for this call. */
  private Outcome loading(
      BoxConnection connection,
      Line line,
      CodeCall call,
      Up up,
      Supplier<Duration> remaining,
      Optional<Starts.Turn> turn)
      throws NobodyListensException {
    Optional<Outcome> ended;
    try {
      if (turn.isEmpty()) {
        return refusal(notStarted());
      }
      try (Starts.Turn _ = turn.get()) {
        ended = pool.load(line, up, connection, remaining);
      }
    } finally {
      pool.loaded(line);
    }
    return ended.isPresent()
        ? ended.get()
        : by(pool.serving(line, connection), connection, line, call, remaining);
  }

  private Outcome by(
      Loaded loaded,
      BoxConnection connection,
      Line line,
      CodeCall call,
      Supplier<Duration> remaining) {
    connection.continueWith(loaded);
    Duration left = remaining.get();
    Outcome outcome = connection.proceed(Requests.call(call, left), left);
    if (outcome instanceof Returned) {
      connection.detach();
      pool.giveBack(line, loaded);
    } else {
      pool.ended(line, loaded);
    }
    return outcome;
  }

  private static Admission.Verdict notStarted() {
    return Thread.currentThread().isInterrupted()
        ? Admission.Verdict.INTERRUPTED
        : Admission.Verdict.TIMED_OUT;
  }

  private Outcome fresh(
      BoxConnection connection,
      CodeCall call,
      Up up,
      Supplier<Duration> remaining,
      Optional<Starts.Turn> turn)
      throws NobodyListensException {
    if (turn.isEmpty()) {
      return refusal(notStarted());
    }
    try (Starts.Turn making = turn.get()) {
      connection.whenMade(making::close);
      Duration left = remaining.get();
      if (left.isZero()) {
        return refusal(Admission.Verdict.TIMED_OUT);
      }
      return connection.converse(up, requests.fresh(call, up, left), left);
    }
  }

  @Override
  public List<SourceProblem> check(String source) {
    Optional<String> problem = Requests.sourceProblem(source);
    if (problem.isPresent()) {
      return List.of(new SourceProblem(0, 0, problem.get()));
    }
    CallNetwork none = new CallNetwork(EgressPolicy.closed(), clock);
    Instant deadline = clock.instant().plus(CHECK_LIMIT);
    try (BoxConnection connection = new BoxConnection(clock, deadlines, none)) {
      Outcome outcome =
          admitted(
              "",
              0,
              connection,
              deadline,
              up -> connection.converse(up, Requests.check(source), until(deadline)));
      return switch (outcome) {
        case Returned _ -> List.of();
        case Failed failed when failed.reason() == Reason.SYNTAX_ERROR ->
            List.of(
                new SourceProblem(failed.line().orElse(0), connection.column(), failed.message()));
        case Failed failed ->
            List.of(new SourceProblem(0, 0, "The code could not be checked: " + failed.message()));
      };
    }
  }

  /** What was put back to its snapshot, and why what could not be. */
  Restoring.Counts counts() {
    return pool.restoring().counts();
  }

  @Override
  public Restores restores() {
    Restoring.Counts counts = counts();
    return new Restores(
        counts.restores(), counts.discards(), pool.count(), pool.bytes(), pool.loading());
  }

  @Override
  public void warm(Code code) {
    pool.warm(code);
  }

  @Override
  public void importsChanged() {
    box.up().ifPresent(requests::importsChanged);
    pool.forgetAll();
  }

  @Override
  public boolean fits(long memory) {
    return admission.fits(capacity.places(memory));
  }

  @Override
  public void forget(String owner) {
    pool.forget(owner);
  }

  @Override
  public Status status() {
    prove();
    return box.status().withRestore(pool.restoring().state());
  }

  private Outcome admitted(
      String owner,
      long memory,
      BoxConnection connection,
      Instant deadline,
      Conversation conversation) {
    if (draining) {
      return new Failed(Reason.INTERRUPTED, "The server is ending and takes no more calls");
    }
    long places = capacity.places(memory);
    Admission.Verdict verdict = admission.enter(owner, places, until(deadline));
    if (verdict != Admission.Verdict.ENTERED) {
      Failed why = refusal(verdict);
      return places == 1 ? why : new Failed(why.reason(), why.message() + share(memory, places));
    }
    try {
      connection.entered();
      return until(deadline).isZero()
          ? new Failed(Reason.TIMEOUT, "The call's deadline had passed before it could begin")
          : unlessClosed(inBox(deadline, conversation));
    } finally {
      admission.leave(owner, places);
    }
  }

  private String share(long memory, long places) {
    return ". Its limit of %d MiB of memory takes %d of %d places, and one bot never has all"
        .formatted(memory >> 20, places, capacity.concurrency());
  }

  private static Failed refusal(Admission.Verdict verdict) {
    return switch (verdict) {
      case TOO_MUCH -> new Failed(Reason.OVERLOADED, "The call can never run on this server");
      case FULL -> new Failed(Reason.OVERLOADED, "Too many calls are running and waiting");
      case TIMED_OUT -> new Failed(Reason.TIMEOUT, "The call was still waiting at its deadline");
      case INTERRUPTED -> new Failed(Reason.INTERRUPTED, "The call was interrupted");
      case ENTERED, WITHDRAWN -> throw new IllegalArgumentException("not a refusal");
    };
  }

  /** Waits for a launcher where there is none, and tries another where one has just gone. */
  private Outcome inBox(Instant deadline, Conversation conversation) {
    try {
      State state = box.awaitDecision(atMost(until(deadline), START_LIMIT));
      while (state instanceof Up up) {
        try {
          return conversation.with(up);
        } catch (NobodyListensException gone) {
          state = box.awaitChange(up, atMost(until(deadline), RESTART_LIMIT));
          if (state.equals(up)) {
            break;
          }
        }
      }
      boolean late = until(deadline).isZero();
      return late
          ? new Failed(Reason.TIMEOUT, "The box was still being started at the deadline")
          : new Failed(Reason.SANDBOX_UNAVAILABLE, box.status().description());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Failed(Reason.INTERRUPTED, "The call was interrupted");
    }
  }

  private Outcome unlessClosed(Outcome outcome) {
    boolean ours =
        outcome instanceof Failed failed
            && (failed.reason() == Reason.KILLED || failed.reason() == Reason.SANDBOX_UNAVAILABLE);
    return closed && ours
        ? new Failed(Reason.INTERRUPTED, "The executor was closed during the call")
        : outcome;
  }

  private Execution notRun(Failed why, Instant asked) {
    Timing timing =
        new Timing(BoxConnection.elapsed(asked, clock.instant()), Duration.ZERO, Duration.ZERO);
    return new Execution(why, List.of(), List.of(), timing, Usage.NONE);
  }

  /** Never below zero. */
  private Duration until(Instant deadline) {
    return BoxConnection.elapsed(clock.instant(), deadline);
  }

  private static Duration atMost(Duration duration, Duration limit) {
    return duration.compareTo(limit) < 0 ? duration : limit;
  }

  @Override
  public boolean drain(Duration patience) {
    draining = true;
    try {
      return admission.awaitQuiet(patience);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    pool.close();
    box.close();
    deadlines.close();
  }

  /** What is said to the launcher of the moment. */
  private interface Conversation {
    Outcome with(Up up) throws NobodyListensException;
  }
}
