package io.patchbay.executor.box;

import io.patchbay.executor.Code;
import io.patchbay.executor.Execution.Freshness;
import io.patchbay.executor.Execution.Outcome;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.Launcher.Up;
import io.patchbay.executor.restore.Restorer;
import io.patchbay.executor.restore.Restorer.Restored;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Processes that have loaded some code and are put back to that moment after each of its calls. A
 * call that finds none that waits makes one; so there are as many as there were calls at once. One
 * that cannot be put back for certain is ended. Safe for use by many threads.
 */
final class RestoredProcesses implements AutoCloseable {
  private static final Logger LOG = System.getLogger(RestoredProcesses.class.getName());

  private static final String RESTORED = "restored";
  private static final String NOT_TRIED = "not tried yet";

  /** The age of what a module has looked at when it was loaded. */
  private static final Duration OLDEST = Duration.ofSeconds(60);

  private static final Duration SWEEP = Duration.ofSeconds(10);

  /** A restore takes less than a millisecond where the machine is not busy. */
  private static final Duration LONGEST_RESTORE = Duration.ofMillis(100);

  private static final int MOST_CALLS = 1000;

  /** Code that cannot be restored is tried again after so long. */
  private static final Duration MEMORY = Duration.ofSeconds(60);

  private static final int MOST_UNSUITED = 1000;

  private final Clock clock;
  private final Optional<Restorer> restorer;
  private final ReadyProcesses<Snapshot> ready;
  private volatile String state;
  private final LongAdder restores = new LongAdder();
  private final Map<String, LongAdder> discards = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final Map<Code, Instant> unsuited = new LinkedHashMap<>();
  private final Map<Code, Coming> coming = new HashMap<>();

  /**
   * @param most processes that wait; 0 turns this off
   */
  RestoredProcesses(Clock clock, Deadlines deadlines, int most) {
    this.clock = clock;
    this.restorer = most > 0 ? Restorer.start() : Optional.empty();
    this.ready = new ReadyProcesses<>(clock, most, OLDEST);
    this.state =
        restorer.isPresent()
            ? NOT_TRIED
            : "a process for each call: "
                + (most > 0 ? "not made for this processor" : "none is to wait");
    if (most > 0) {
      ready.sweepEvery(SWEEP, deadlines);
    }
  }

  /** Processes of one code that are being put back, and callers that wait for them. */
  private static final class Coming {
    private final Condition came;
    private int processes;
    private int callers;

    Coming(Condition came) {
      this.came = came;
    }
  }

  /** A process between two calls, and since when what it loaded is as it is. */
  final class Snapshot implements AutoCloseable {
    private final CallProcess process;
    private final Instant taken = clock.instant();
    private Restored last = Restored.NEVER;

    private Snapshot(CallProcess process) {
      this.process = process;
    }

    private boolean isYoung() {
      return taken.isAfter(clock.instant().minus(OLDEST));
    }

    /** How it was put back before the call of the moment. */
    Freshness freshness() {
      return new Freshness(Isolation.RESTORED, Duration.ofNanos(last.nanos()), last.pages());
    }

    @Override
    public void close() {
      process.close();
    }
  }

  /**
   * What was done until now.
   *
   * @param restores processes that were put back
   * @param discards reasons to how many could not be
   */
  record Counts(long restores, Map<String, Long> discards) {
    long discarded() {
      return discards.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Of how many processes it is known what became of them. */
    long settled() {
      return restores + discarded();
    }
  }

  /** What came of the proof on this machine; until then nothing else is restored. */
  void proven(Optional<String> problem) {
    restores.reset();
    discards.clear();
    state = problem.map(why -> "a process for each call: " + why).orElse(RESTORED);
  }

  /** Whether it is worth trying here. */
  boolean isPossible() {
    return restorer.isPresent();
  }

  /** {@code restored}, or why not. */
  String state() {
    return state;
  }

  /** Processes that wait for a call now. */
  int waiting() {
    return ready.count();
  }

  Counts counts() {
    Map<String, Long> byReason = new TreeMap<>();
    discards.forEach((reason, count) -> byReason.put(reason, count.sum()));
    return new Counts(restores.sum(), byReason);
  }

  /** Whether calls of this code may go this way. */
  boolean suits(Code code) {
    if (restorer.isEmpty() || !(state.equals(RESTORED) || RestoreProof.isOf(code))) {
      return false;
    }
    lock.lock();
    try {
      Instant until = unsuited.get(code);
      return until == null || until.isBefore(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets the call go on with a process that waits, or that will in a moment, since it is being put
   * back; empty if there is none.
   */
  Optional<Snapshot> give(Code code, Up up, BoxConnection connection) {
    while (true) {
      Optional<Snapshot> found = ready.take(code, up);
      if (found.isEmpty()) {
        if (!awaitComing(code)) {
          return Optional.empty();
        }
        continue;
      }
      Snapshot snapshot = found.get();
      if (snapshot.isYoung() && snapshot.process.isSilent()) {
        connection.continueWith(snapshot.process);
        return found;
      }
      snapshot.close();
    }
  }

  /** Whether one came for this caller; others may have been faster. */
  private boolean awaitComing(Code code) {
    lock.lock();
    try {
      Coming some = coming.get(code);
      if (some == null || some.processes <= some.callers) {
        return ready.count(code) > 0;
      }
      some.callers++;
      try {
        long nanos = LONGEST_RESTORE.toNanos();
        while (some.processes > 0 && ready.count(code) == 0 && nanos > 0) {
          nanos = some.came.awaitNanos(nanos);
        }
        return ready.count(code) > 0;
      } finally {
        some.callers--;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void comes(Code code) {
    lock.lock();
    try {
      coming.computeIfAbsent(code, _ -> new Coming(lock.newCondition())).processes++;
    } finally {
      lock.unlock();
    }
  }

  private void came(Code code) {
    lock.lock();
    try {
      Coming some = coming.get(code);
      if (some != null) {
        some.came.signal();
        some.processes--;
        if (some.processes == 0) {
          some.came.signalAll();
          var _ = coming.remove(code);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Makes one that waits for the call of this connection; empty if it does, else why not. */
  Optional<Outcome> make(
      Code code, Up up, BoxConnection connection, Requests requests, Supplier<Duration> remaining)
      throws NobodyListensException {
    List<String> problems = new ArrayList<>();
    Optional<Outcome> ended =
        connection.hold(
            up, restorer.orElseThrow(), requests.held(code, up), remaining, problems::add);
    if (!problems.isEmpty()) {
      unsuited(code, problems.getFirst());
    }
    return ended;
  }

  private void unsuited(Code code, String why) {
    LOG.log(Level.DEBUG, "{0} cannot be restored: {1}", code.functionName(), why);
    count(why);
    lock.lock();
    try {
      var _ = unsuited.put(code, clock.instant().plus(MEMORY));
      if (unsuited.size() > MOST_UNSUITED) {
        var _ = unsuited.remove(unsuited.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  /** What was made last for this connection. */
  Snapshot made(BoxConnection connection) {
    return new Snapshot(connection.process());
  }

  /** The call has returned: its process is put back, and then waits for the next one. */
  void putBack(Code code, Up up, BoxConnection connection, Snapshot snapshot) {
    CallProcess process = connection.detach();
    process.rests();
    if (process.served() >= MOST_CALLS || !process.isHeld()) {
      snapshot.close();
      return;
    }
    if (process.hasSaidMore()) {
      count("more than a result");
      snapshot.close();
      return;
    }
    comes(code);
    process.restore(result -> take(code, up, snapshot, result));
  }

  private void take(Code code, Up up, Snapshot snapshot, Restored result) {
    if (result.problem().isEmpty()) {
      restores.increment();
      snapshot.last = result;
      ready.put(code, up, snapshot);
    } else {
      count(result.problem().get());
      snapshot.close();
    }
    came(code);
  }

  private void count(String reason) {
    discards.computeIfAbsent(reason, _ -> new LongAdder()).increment();
  }

  @Override
  public void close() {
    ready.close();
    restorer.ifPresent(Restorer::close);
  }
}
