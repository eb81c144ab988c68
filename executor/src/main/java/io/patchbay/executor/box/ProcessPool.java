package io.patchbay.executor.box;

import io.patchbay.executor.Code;
import io.patchbay.executor.Execution.Outcome;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.Launcher.Up;
import io.patchbay.executor.box.WaitingProcesses.Found;
import io.patchbay.executor.net.CallNetwork;
import io.patchbay.executor.restore.Restorer.Restored;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Processes that have loaded some code, ready for its next call. One comes here from a call, put
 * back to the moment before it or as it is, by the code's isolation; or it is made ahead, for code
 * that was called more than once lately and has none that waits. So there are as many as there were
 * calls at once, and one more. Safe for use by many threads.
 *
 * <p>Code that is loaded ahead may never be called, so it must not be noticed outside: a process
 * that tries to connect while it loads is refused and ended, and its code is left alone for a
 * while, as is code that fails or takes long.
 */
final class ProcessPool implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ProcessPool.class.getName());

  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration CALM = Duration.ofMillis(1);
  private static final Duration LOAD_LIMIT = Duration.ofSeconds(10);

  /** So that what leaks is bounded. */
  private static final int MOST_CALLS = 1000;

  private final Clock clock;
  private final Deadlines deadlines;
  private final Requests requests;
  private final Starts starts;
  private final int most;
  private final Supplier<Optional<Up>> launcher;
  private final WaitingProcesses waiting;
  private final Restoring restoring;
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /**
   * @param most processes that wait; 0 turns this off, and each call has a process of its own
   */
  ProcessPool(
      Clock clock,
      Deadlines deadlines,
      Requests requests,
      Starts starts,
      int most,
      Supplier<Optional<Up>> launcher) {
    this.clock = clock;
    this.deadlines = deadlines;
    this.requests = requests;
    this.starts = starts;
    this.most = most;
    this.launcher = launcher;
    this.waiting =
        new WaitingProcesses(
            clock, new WaitingProcesses.Room(Math.max(1, most), Machine.memory() / 8), starts);
    this.restoring = new Restoring(most > 0);
    if (most > 0) {
      sweepLater();
    }
  }

  Restoring restoring() {
    return restoring;
  }

  /** A call of it comes. */
  Line called(Code code) {
    return waiting.called(code);
  }

  /** A call of it will come. */
  void warm(Code code) {
    waiting.expect(code);
    look();
  }

  /** What lies between its calls, here and now. */
  Isolation isolation(Line line) {
    Isolation wanted = line.code.isolation();
    boolean restorable = restoring.isUsed(line.code) && !waiting.isUnsuited(line);
    boolean other = most == 0 || (wanted == Isolation.RESTORED && !restorable);
    return other ? Isolation.PROCESS : wanted;
  }

  /**
   * What a call has got, one of both; nothing where its time was over before.
   *
   * @param process that has loaded its code
   * @param turn to make one; {@link #loaded} must follow if it is one that can be put back
   * @param loads whether it is
   */
  record Taken(Optional<Loaded> process, Optional<Starts.Turn> turn, boolean loads) {}

  /**
   * One that waits, or will in a moment. Where there is none at all, and this is to be restored,
   * the call is to make one that can be put back. Else it has a new process of its own, which is
   * quicker, or one that comes before it is its turn to make that.
   */
  Taken take(Line line, Up up, boolean restored, Supplier<Duration> remaining) {
    String owner = line.code.owner().name();
    while (most > 0) {
      Found found = waiting.take(line, up, remaining.get(), restored);
      Optional<Loaded> process = found.process();
      Optional<Starts.Turn> turn = Optional.empty();
      if (process.isEmpty()) {
        turn = starts.await(owner, remaining.get(), found.want().turn());
        process = waiting.came(line, found.want());
      }
      if (process.isEmpty() || process.get().process().isSilent()) {
        return new Taken(process, turn, found.loads());
      }
      ended(line, process.get());
    }
    return new Taken(Optional.empty(), starts.await(owner, remaining.get()), false);
  }

  void loaded(Line line) {
    waiting.loaded(line);
  }

  /**
   * Makes one that can be put back, for the call of this connection.
   *
   * @return empty if it waits for the call; else what became of it
   */
  Optional<Outcome> load(Line line, Up up, BoxConnection connection, Supplier<Duration> remaining)
      throws NobodyListensException {
    List<String> problems = new ArrayList<>();
    Code code = line.code;
    Optional<Outcome> ended =
        connection.load(
            up, requests.held(code, up), restoring.restorer(), remaining, problems::add);
    requests.compiled(code, up, connection.bytecode());
    if (!problems.isEmpty()) {
      String why = problems.getFirst();
      LOG.log(Level.DEBUG, "{0} cannot be restored: {1}", code.functionName(), why);
      restoring.discarded(why);
      waiting.unsuited(line);
    }
    return ended;
  }

  /** It will serve no other call. */
  void ended(Line line, Loaded loaded) {
    waiting.ended(line);
    loaded.close();
  }

  /** Its call has returned. */
  void giveBack(Line line, Loaded loaded) {
    CallProcess process = loaded.process();
    process.rests();
    var _ = loaded.takeLog(); // it was of this call
    boolean stays = line.code.isolation() == Isolation.KEPT;
    if (process.served() >= MOST_CALLS || !(stays || process.isHeld())) {
      ended(line, loaded);
    } else if (process.hasSaidMore()) {
      restoring.discarded("more than a result");
      ended(line, loaded);
    } else if (stays) {
      waiting.comes(line);
      waiting.arrived(line, loaded);
    } else {
      waiting.comes(line);
      process.restore(result -> arrives(line, loaded, result));
    }
  }

  private void arrives(Line line, Loaded loaded, Restored result) {
    if (result.problem().isEmpty()) {
      loaded.wasRestored(result);
      waiting.arrived(line, loaded);
    } else {
      loaded.close();
      waiting.lost(line);
    }
    restoring.settled(result);
  }

  /** A call of some code is over; for the next one there is to be a process. */
  void look() {
    if (most > 0 && !scheduled.getAndSet(true)) {
      var _ = deadlines.in(CALM, this::begin);
    }
  }

  /** Calls come first: nothing is made ahead while one waits for that. */
  private void begin() {
    scheduled.set(false);
    Optional<Line> lacking = starts.areQuiet() ? waiting.lacking() : Optional.empty();
    lacking.ifPresent(line -> {
      if (waiting.mayLoadAhead(line)) {
        Thread.ofVirtual().name("executor-ahead").start(() -> loadAhead(line));
      }
    });
  }

  private void loadAhead(Line line) {
    try {
      launcher.get().flatMap(up -> ahead(line, up)).ifPresent(made -> waiting.waits(line, made));
    } finally {
      waiting.loaded(line);
    }
    look();
  }

  private Optional<Loaded> ahead(Line line, Up up) {
    Code code = line.code;
    CallNetwork network = CallNetwork.unattended(code.owner().name(), code.egress(), clock);
    BoxConnection connection = new BoxConnection(clock, deadlines, network);
    Optional<Starts.Turn> turn = starts.await(code.owner().name(), LOAD_LIMIT);
    if (turn.isEmpty()) {
      return Optional.empty();
    }
    try (connection;
        Starts.Turn _ = turn.get()) {
      Optional<Outcome> ended;
      if (isolation(line) == Isolation.RESTORED) {
        ended = load(line, up, connection, () -> LOAD_LIMIT);
      } else {
        ended =
            connection.load(
                up, requests.loaded(code, up), Optional.empty(), () -> LOAD_LIMIT, _ -> {});
        requests.compiled(code, up, connection.bytecode());
      }
      if (ended.isEmpty() && !network.triedUnattended()) {
        connection.process().rests();
        return Optional.of(made(line, connection));
      }
      waiting.notAhead(line);
    } catch (NobodyListensException gone) {
      // the launcher is being replaced
    }
    return Optional.empty();
  }

  /** What was made last for this connection and serves its call. */
  Loaded serving(Line line, BoxConnection connection) {
    waiting.serves(line);
    return made(line, connection);
  }

  private Loaded made(Line line, BoxConnection connection) {
    CallLog log = connection.log();
    return new Loaded(line.code, connection.detach(), log, clock.instant());
  }

  private void sweepLater() {
    var _ =
        deadlines.in(
            SWEEP,
            () -> {
              try {
                waiting.sweep(launcher.get());
                look();
              } finally {
                sweepLater();
              }
            });
  }

  /** Ends all that waits of this owner, and soon what serves a call of it. */
  void forget(String owner) {
    waiting.forget(owner::equals);
  }

  /** Ends all that waits, and soon what serves a call. */
  void forgetAll() {
    waiting.forget(_ -> true);
  }

  /** Processes that wait for a call now. */
  int count() {
    return waiting.count();
  }

  /** Codes that are being loaded now. */
  int loading() {
    return waiting.loading();
  }

  /** Of memory that they may take. */
  long bytes() {
    return waiting.bytes();
  }

  @Override
  public void close() {
    waiting.close();
    restoring.close();
  }
}
