package io.patchbay.executor.hostile;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Outcome.Returned;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lets hostile code loose on an executor, beside another bot, and looks at what came of it. */
final class Trial implements AutoCloseable {
  /** Room for a loaded machine; the deadline itself is exact. */
  private static final Duration LATE = Duration.ofSeconds(5);

  private static final Duration HEALTHY_LIMIT = Duration.ofSeconds(20);
  private static final long MEMORY = 128L << 20;

  /** What a call finds that shares nothing with any other. */
  private static final String HEALTHY =
      """
      import builtins, json, logging, os, signal, sys, threading
      def main(event, context):
          tmp = os.environ["TMPDIR"]
          found = os.listdir(tmp) + [name for name in os.environ if name == "LEFT_BEHIND"]
          found += [name for name in sys.modules if name == "left_behind"]
          found += [name for name in vars(builtins) if name == "left_behind"]
          if builtins.print is None or tmp in sys.path or json.dumps(1) != "1":
              found.append("builtins or modules")
          if os.getcwd() != tmp or os.environ["PATH"] != "/usr/bin" or os.umask(0o22) == 0o777:
              found.append("environment")
          if signal.getsignal(signal.SIGTERM) is signal.SIG_IGN or threading.active_count() != 1:
              found.append("signals or threads")
          logging.info("healthy")
          return found
      """;

  private final Executor executor;
  private final BoxLevel level;
  private final Isolation isolation;
  private final Surroundings surroundings;
  private final Path work;
  private final Clock clock;
  private Footprint before;

  private Trial(
      Executor executor,
      BoxLevel level,
      Isolation isolation,
      Surroundings surroundings,
      Path work,
      Clock clock) {
    this.executor = executor;
    this.level = level;
    this.isolation = isolation;
    this.surroundings = surroundings;
    this.work = work;
    this.clock = clock;
    this.before = Footprint.of(executor, work);
  }

  /**
   * @param executor available, and used by nobody else; closed with this
   * @param isolation of all code
   */
  static Trial on(Executor executor, BoxLevel level, Isolation isolation, Path work, Clock clock)
      throws IOException, InterruptedException {
    Surroundings surroundings = Surroundings.in(work);
    Trial trial = new Trial(executor, level, isolation, surroundings, work, clock);
    for (int i = 0; i < 3; i++) {
      try (Neighbour neighbour = Neighbour.start(executor, isolation, clock)) {
        var _ = trial.run(HostileCases.named("connect_with_wrong_pointers"));
        var _ = neighbour.problems();
      }
    }
    trial.before = Footprint.settled(executor, work);
    return trial;
  }

  /** Empty if it was contained by its deadline, disturbed nobody and left nothing. */
  List<String> problems(HostileCase hostile) throws InterruptedException {
    List<String> problems = new ArrayList<>();
    try (Neighbour neighbour = Neighbour.start(executor, isolation, clock)) {
      boolean returned = check(hostile, problems);
      if (returned && isolation == Isolation.RESTORED) {
        var _ = check(hostile, problems); // in the process of the first one, as it was put back
      }
      problems.addAll(neighbour.problems());
    }
    checkHealth(problems);
    problems.addAll(Footprint.leftSince(before, executor, work));
    if (surroundings.reached() > 0) {
      problems.add("the closed service was reached");
    }
    return problems;
  }

  /** Whether it has returned. */
  private boolean check(HostileCase hostile, List<String> problems) {
    Instant start = clock.instant();
    Execution execution = run(hostile);
    Duration took = Duration.between(start, clock.instant());
    if (!hostile.isContained(execution, level)) {
      problems.add(HostileCase.summary(execution) + " " + execution.logs());
    }
    if (took.compareTo(hostile.limit().plus(LATE)) > 0) {
      problems.add("it took " + took);
    }
    checkLog(execution, problems);
    return execution.outcome() instanceof Returned;
  }

  private Execution run(HostileCase hostile) {
    Code code = code("HOSTILE", hostile.source(), hostile.opened());
    Instant deadline = clock.instant().plus(hostile.limit());
    return executor.run(new CodeCall(hostile.name(), code, surroundings.event(), deadline));
  }

  private Code code(String name, String source, Set<Surroundings.Service> opened) {
    return new Code(name, source, MEMORY).withEgress(surroundings.policy(opened)).with(isolation);
  }

  private static void checkLog(Execution execution, List<String> problems) {
    long length = execution.logs().stream().mapToLong(line -> line.message().length()).sum();
    if (length > Limits.MAX_LOG + 1000L) {
      problems.add("its log has " + length + " characters");
    }
    if (execution.toString().contains(Surroundings.SECRET)) {
      problems.add("it knows the server's secret");
    }
  }

  private void checkHealth(List<String> problems) {
    Code code = code("HEALTHY", HEALTHY, Set.of());
    Instant deadline = clock.instant().plus(HEALTHY_LIMIT);
    Execution next = executor.run(new CodeCall("healthy", code, "{}", deadline));
    String summary = HostileCase.summary(next);
    boolean logs = next.logs().stream().anyMatch(line -> line.message().equals("healthy"));
    if (!summary.equals("RETURNED []") || !logs) {
      problems.add("the next call: " + summary + " " + next.logs());
    }
  }

  @Override
  public void close() throws IOException {
    executor.close();
    surroundings.close();
  }
}
