package io.patchbay.executor.box;

import io.patchbay.executor.Code;
import io.patchbay.executor.Execution.Outcome;
import io.patchbay.executor.box.Launcher.Up;
import io.patchbay.executor.net.CallNetwork;
import io.patchbay.executor.work.Admission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has processes load code ahead of its next call, for code that was called more than once lately.
 * Calls come first: nothing is prepared while one runs.
 *
 * <p>Code that is loaded ahead may never be called, so it must not be noticed outside: a process
 * that tries to connect while it loads is refused and ended, and its code is left alone for a
 * while, as is code that fails or takes long.
 */
final class Preparation implements AutoCloseable {
  private static final Duration LOAD_LIMIT = Duration.ofSeconds(2);
  private static final Duration CALM = Duration.ofMillis(1);
  private static final Duration SWEEP = Duration.ofSeconds(5);

  /** Code that was not called for so long is forgotten; so is that some code cannot be prepared. */
  private static final Duration MEMORY = Duration.ofSeconds(60);

  /** The longest that a process waits, and with it the age of what its module has looked at. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final int CALLS_BEFORE = 2;
  private static final int EACH = 1;

  private final Clock clock;
  private final Deadlines deadlines;
  private final Requests requests;
  private final Admission admission;
  private final int most;
  private final Supplier<Optional<Up>> launcher;
  private final ReadyProcesses<BoxConnection> ready;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock; least recently called first
  private final Map<Code, Use> uses = new LinkedHashMap<>(16, 0.75f, true);
  private boolean scheduled;
  private boolean sweeping;

  /**
   * @param most processes that wait; 0 turns preparation off
   */
  Preparation(
      Clock clock,
      Deadlines deadlines,
      Requests requests,
      Admission admission,
      int most,
      Supplier<Optional<Up>> launcher) {
    this.clock = clock;
    this.deadlines = deadlines;
    this.requests = requests;
    this.admission = admission;
    this.most = most;
    this.launcher = launcher;
    this.ready = new ReadyProcesses<>(clock, most, LONGEST_WAIT);
  }

  /** Lets the call go on with a process that has loaded the code; false if there is none. */
  boolean give(Code code, Up up, BoxConnection connection) {
    while (true) {
      Optional<BoxConnection> prepared = ready.take(code, up);
      if (prepared.isEmpty()) {
        return false;
      }
      if (prepared.get().isReady()) {
        connection.continueFrom(prepared.get());
        return true;
      }
      prepared.get().close();
    }
  }

  /** It was called; soon it may be called again. */
  void called(Code code) {
    if (most == 0) {
      return;
    }
    lock.lock();
    try {
      Use use = uses.computeIfAbsent(code, _ -> new Use());
      use.calls++;
      use.last = clock.instant();
      forgetOld();
    } finally {
      lock.unlock();
    }
    schedule(CALM);
  }

  private void forgetOld() {
    Instant old = clock.instant().minus(MEMORY);
    Iterator<Use> oldest = uses.values().iterator();
    while (oldest.hasNext() && (oldest.next().last.isBefore(old) || uses.size() > 4 * most)) {
      oldest.remove();
    }
  }

  private void schedule(Duration delay) {
    lock.lock();
    try {
      if (scheduled) {
        return;
      }
      scheduled = true;
    } finally {
      lock.unlock();
    }
    var _ = deadlines.in(delay, this::begin);
  }

  private void begin() {
    Code next = nextToPrepare();
    if (next != null) {
      Thread.ofVirtual().name("executor-preparation").start(() -> prepare(next));
    }
  }

  private @Nullable Code nextToPrepare() {
    lock.lock();
    try {
      scheduled = false;
      return admission.taken() > 0 ? null : lacking();
    } finally {
      lock.unlock();
    }
  }

  /** The code that was called last, of those that are worth it and have no process. */
  private @Nullable Code lacking() {
    Instant now = clock.instant();
    Code found = null;
    for (Map.Entry<Code, Use> entry : uses.entrySet()) {
      Use use = entry.getValue();
      boolean worth =
          use.calls >= CALLS_BEFORE
              && use.last.isAfter(now.minus(MEMORY))
              && !use.unsuitedUntil.isAfter(now);
      if (worth && ready.count(entry.getKey()) < EACH) {
        found = entry.getKey();
      }
    }
    return found;
  }

  private void prepare(Code code) {
    Optional<Up> up = launcher.get();
    if (up.isEmpty()) {
      return;
    }
    CallNetwork network = CallNetwork.unattended(code.owner().name(), code.egress(), clock);
    BoxConnection connection = new BoxConnection(clock, deadlines, network);
    try {
      Optional<Outcome> ended =
          connection.prepare(up.get(), requests.loaded(code, up.get()), LOAD_LIMIT);
      requests.compiled(code, up.get(), connection.bytecode());
      if (ended.isEmpty() && !network.triedUnattended()) {
        ready.put(code, up.get(), connection);
        sweepLater();
        schedule(CALM);
        return;
      }
      unsuited(code);
    } catch (NobodyListensException gone) {
      // the launcher is being replaced
    }
    connection.close();
  }

  private void unsuited(Code code) {
    lock.lock();
    try {
      Use use = uses.get(code);
      if (use != null) {
        use.unsuitedUntil = clock.instant().plus(MEMORY);
      }
    } finally {
      lock.unlock();
    }
  }

  private void sweepLater() {
    lock.lock();
    try {
      if (sweeping) {
        return;
      }
      sweeping = true;
    } finally {
      lock.unlock();
    }
    var _ = deadlines.in(SWEEP, this::sweep);
  }

  private void sweep() {
    boolean left = ready.sweep();
    lock.lock();
    try {
      sweeping = false;
    } finally {
      lock.unlock();
    }
    if (left) {
      sweepLater();
    }
  }

  @Override
  public void close() {
    ready.close();
  }

  private static final class Use {
    private int calls;
    private Instant last = Instant.MIN;
    private Instant unsuitedUntil = Instant.MIN;
  }
}
