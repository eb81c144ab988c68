package io.patchbay.executor.hostile;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/**
 * Calls of several threads while parts of the executor die. A call may fail; it may not be late, it
 * may not return what is wrong, and it may not connect where it must not.
 */
final class CallersUnderKills {
  private static final Duration LIMIT = Duration.ofSeconds(4);
  private static final Duration LATE = Duration.ofSeconds(5);
  private static final Duration HEALTHY_PATIENCE = Duration.ofMinutes(1);

  private static final Duration REFUSED_AT_ONCE = Duration.ofMillis(10);

  /** Even where the machine is loaded; a call that waited for a new box counts as it is. */
  private static final Duration PROMPT = Duration.ofMillis(500);

  /** In a row, of those that started after the last kill. */
  private static final int HEALTHY_CALLS = 20;

  private static final List<Work> WORK =
      List.of(
          new Work("def main(event, context): return 7", "RETURNED 7"),
          new Work(
              """
              import time
              def main(event, context):
                  time.sleep(0.05)
                  return event["closed"] > 0
              """,
              "RETURNED true"),
          new Work(
              """
              import socket
              def main(event, context):
                  errors = []
                  for port in (event["open"], event["closed"]):
                      with socket.socket() as s: errors.append(s.connect_ex(("127.0.0.1", port)))
                  return errors
              """,
              // Refused where the supervisor died with it; not implemented where there is none.
              "RETURNED \\[(0|13|38),(13|38)]"),
          new Work(
              """
              import socket
              def main(event, context):
                  try:
                      return len(socket.getaddrinfo("localhost", 80)) > 0
                  except OSError:
                      return True
              """,
              "RETURNED true"),
          new Work(
              """
              seen = []
              def main(event, context):
                  seen.append("x" * 100_000)
                  return len(seen)
              """,
              "RETURNED 1"),
          new Work("import os\ndef main(event, context): os.abort()", "KILLED .*"));

  private final Executor executor;
  private final Isolation isolation;
  private final Surroundings surroundings;
  private final Clock clock;
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();
  private volatile boolean stopped;

  CallersUnderKills(
      Executor executor, Isolation isolation, Surroundings surroundings, Clock clock) {
    this.executor = executor;
    this.isolation = isolation;
    this.surroundings = surroundings;
    this.clock = clock;
  }

  /**
   * @param expected where nothing has died meanwhile
   */
  private record Work(String source, Pattern expected) {
    Work(String source, String expected) {
      this(source, Pattern.compile(expected, Pattern.DOTALL));
    }
  }

  void warmUp() {
    WORK.forEach(work -> check(work, run(work)));
  }

  void start(int count) {
    for (int i = 0; i < count; i++) {
      int first = i;
      threads.add(Thread.ofPlatform().name("caller-" + i).start(() -> callFrom(first)));
    }
  }

  private void callFrom(int first) {
    for (int number = first; !stopped; number++) {
      Work work = WORK.get(number % WORK.size());
      Instant start = clock.instant();
      Execution execution = run(work);
      Duration took = Duration.between(start, clock.instant());
      check(work, execution);
      if (took.compareTo(LIMIT.plus(LATE)) > 0) {
        problems.add("late, after " + took + ": " + HostileCase.summary(execution));
      }
      if (took.compareTo(REFUSED_AT_ONCE) < 0) {
        pause();
      }
    }
  }

  /** So that a box that is being started is not asked all the time. */
  private static void pause() {
    try {
      Thread.sleep(REFUSED_AT_ONCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Execution run(Work work) {
    Code code =
        new Code("NODE", work.source, 64L << 20)
            .withEgress(surroundings.policy(Set.of(Surroundings.Service.OPEN)))
            .with(isolation);
    return executor.run(
        new CodeCall("call", code, surroundings.event(), clock.instant().plus(LIMIT)));
  }

  private void check(Work work, Execution execution) {
    String summary = HostileCase.summary(execution);
    outcomes.merge(summary.split(" ", 2)[0], 1, Integer::sum);
    boolean explained =
        switch (execution.outcome()) {
          case Execution.Outcome.Returned _ -> work.expected.matcher(summary).matches();
          case Execution.Outcome.Failed failed ->
              switch (failed.reason()) {
                case KILLED, SANDBOX_UNAVAILABLE, TIMEOUT -> true;
                default -> false;
              };
        };
    if (!explained) {
      problems.add(summary);
    }
  }

  /**
   * From this moment until the last call that failed or had to wait for a new box; then many in a
   * row were prompt.
   */
  Duration timeUntilHealthy() {
    Instant start = clock.instant();
    Duration unwell = Duration.ZERO;
    Duration now = Duration.ZERO;
    for (int inARow = 0; inARow < HEALTHY_CALLS && now.compareTo(HEALTHY_PATIENCE) < 0; ) {
      Duration before = now;
      boolean returned = HostileCase.summary(run(WORK.getFirst())).equals("RETURNED 7");
      now = Duration.between(start, clock.instant());
      Duration took = now.minus(before);
      boolean healthy = returned && took.compareTo(PROMPT) < 0;
      inARow = healthy ? inARow + 1 : 0;
      unwell = longer(unwell, healthy ? took : now);
    }
    return unwell;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  /** How many calls ended how. */
  Map<String, Integer> outcomes() {
    return outcomes;
  }
}
