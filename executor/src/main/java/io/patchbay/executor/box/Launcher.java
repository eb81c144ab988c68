package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.executor.net.Lookup;
import io.patchbay.executor.net.Supervisor;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one launcher process alive and says where it listens. A launcher is used only after it
 * passed the self-test; one that ends is replaced, after a pause that grows while it fails.
 *
 * <p>One platform thread starts every launcher and lives as long as this object: bubblewrap's "die
 * with parent" follows the thread that started it, not the program.
 */
final class Launcher implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Launcher.class.getName());
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration END_LIMIT = Duration.ofSeconds(3);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int MAX_LINE = 2000;

  private final LaunchCommand command;
  private final Cgroup cgroup;
  private final SelfTest selfTest;
  private final Lookup lookup;
  private final Deadlines deadlines;
  private final Thread keeper;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // guarded by lock
  private State state = new Starting();
  private @Nullable Process process;
  private int generation;

  Launcher(
      LaunchCommand command, Cgroup cgroup, SelfTest selfTest, Lookup lookup, Deadlines deadlines) {
    this.command = command;
    this.cgroup = cgroup;
    this.selfTest = selfTest;
    this.lookup = lookup;
    this.deadlines = deadlines;
    this.keeper = Thread.ofPlatform().daemon().name("executor-launcher").start(this::keep);
  }

  /** Whether calls can be made now. */
  sealed interface State {}

  record Starting() implements State {}

  /**
   * @param generation of the launcher, counted from 1
   * @param process that was started; it or one below it is the launcher
   * @param supervisor decides connections; where there is none, all are refused
   * @param noNetwork why all are refused; empty if they are decided
   */
  record Up(
      int generation,
      long process,
      UnixDomainSocketAddress address,
      Optional<Supervisor> supervisor,
      Optional<String> noNetwork)
      implements State {}

  /**
   * @param reason what the operator is told
   */
  record Down(String reason) implements State {}

  record Closed() implements State {}

  State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /** Waits while a launcher starts. */
  State awaitDecision(Duration patience) throws InterruptedException {
    return awaitWhile(new Starting(), patience);
  }

  /** Waits while the state is this one, which turned out to be of no use. */
  State awaitChange(State useless, Duration patience) throws InterruptedException {
    State next = awaitWhile(useless, patience);
    return next instanceof Starting ? awaitDecision(patience) : next;
  }

  private State awaitWhile(State unwanted, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (state.equals(unwanted) && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return state;
    } finally {
      lock.unlock();
    }
  }

  private void keep() {
    Duration pause = FIRST_PAUSE;
    while (!(state() instanceof Closed)) {
      boolean served = false;
      try {
        served = serveOnce();
      } catch (IOException failed) {
        change(new Down(Prerequisites.explain(command.level(), failed.toString())));
      }
      pause = served ? FIRST_PAUSE : doubled(pause);
      if (!pauseUnlessClosed(pause)) {
        return;
      }
    }
  }

  /** Runs one launcher from its start to its end; whether it ever served. */
  private boolean serveOnce() throws IOException {
    int number = nextGeneration();
    Process started = start(number);
    if (!adopt(started)) {
      started.destroyForcibly();
      return false;
    }
    Future<?> watchdog = deadlines.in(START_LIMIT, started::destroyForcibly);
    StringBuilder said = new StringBuilder();
    Supervision supervision = new Supervision(command.control(number), lookup);
    boolean up = false;
    try (BufferedReader lines = started.inputReader(UTF_8)) {
      UnixDomainSocketAddress address = UnixDomainSocketAddress.of(command.socket(number));
      Optional<Up> passed =
          awaitReady(lines, supervision, said)
              ? passSelfTest(started.pid(), number, address, supervision, said)
              : Optional.empty();
      watchdog.cancel(false);
      up = passed.isPresent();
      if (up) {
        change(passed.get());
        said.setLength(0);
        logUntilEnd(lines, said);
      }
    } finally {
      watchdog.cancel(false);
      end(started);
      supervision.close();
      Files.deleteIfExists(command.socket(number));
      Files.deleteIfExists(command.control(number));
    }
    change(
        up
            ? new Starting()
            : new Down(Prerequisites.explain(command.level(), said.toString().strip())));
    return up;
  }

  private Process start(int number) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(cgroup.joining(command.arguments(number)))
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    return builder.start();
  }

  private static boolean awaitReady(
      BufferedReader lines, Supervision supervision, StringBuilder said) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("READY ")) {
        return true;
      }
      if (line.equals("SUPERVISED")) {
        supervision.begin();
      } else if (line.startsWith("UNSUPERVISED ")) {
        supervision.impossible("the kernel offers no supervision: " + line);
      } else {
        remember(line, said);
      }
    }
    return false;
  }

  /** A box that is open is not used; one whose network does not work is used without it. */
  private Optional<Up> passSelfTest(
      long process,
      int number,
      UnixDomainSocketAddress address,
      Supervision supervision,
      StringBuilder said) {
    Up asStarted =
        new Up(number, process, address, supervision.supervisor(), supervision.problem());
    Optional<String> open = selfTest.problem(asStarted, command.level());
    if (open.isPresent()) {
      remember(open.get(), said);
      return Optional.empty();
    }
    if (supervision.problem().isEmpty()) {
      selfTest.networkProblem(asStarted).ifPresent(supervision::impossible);
    }
    supervision
        .problem()
        .ifPresent(why -> LOG.log(Level.WARNING, "code cannot connect anywhere: {0}", why));
    return Optional.of(
        new Up(number, process, address, supervision.supervisor(), supervision.problem()));
  }

  private static void logUntilEnd(BufferedReader lines, StringBuilder said) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      LOG.log(Level.WARNING, "launcher: {0}", line);
      remember(line, said);
    }
  }

  private static void remember(String line, StringBuilder said) {
    if (said.length() + line.length() < MAX_LINE) {
      said.append(line).append('\n');
    }
  }

  /**
   * Asks it to end, by closing its standard input, then makes it end; the kernel ends its calls.
   */
  private static void end(Process process) {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException alreadyGone) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private int nextGeneration() {
    lock.lock();
    try {
      return ++generation;
    } finally {
      lock.unlock();
    }
  }

  /** False if we were closed meanwhile. */
  private boolean adopt(Process started) {
    lock.lock();
    try {
      process = started;
      return !(state instanceof Closed);
    } finally {
      lock.unlock();
    }
  }

  private void change(State next) {
    lock.lock();
    try {
      if (!(state instanceof Closed)) {
        state = next;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** False if we are closed. */
  private boolean pauseUnlessClosed(Duration pause) {
    long nanos = pause.toNanos();
    lock.lock();
    try {
      while (nanos > 0 && !(state instanceof Closed)) {
        nanos = changed.awaitNanos(nanos);
      }
      return !(state instanceof Closed);
    } catch (InterruptedException interrupted) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private static Duration doubled(Duration pause) {
    Duration next = pause.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
  }

  /** Ends the launcher and with it every call; idempotent. */
  @Override
  public void close() {
    Process last;
    lock.lock();
    try {
      state = new Closed();
      changed.signalAll();
      last = process;
    } finally {
      lock.unlock();
    }
    if (last != null) {
      end(last);
    }
    try {
      keeper.join(END_LIMIT.multipliedBy(2));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
