package io.patchbay.executor.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.BoxedExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Random programs, each called a few times: where processes are put back they answer, log and fail
 * as they do where each call has a process of its own. 200 programs, 10 000 with {@code ./test
 * --all}, or {@code -Dpatchbay.programs.count=N}; {@code -Dpatchbay.programs.seed=N} begins with
 * the program of that seed.
 */
class DifferentialTest {
  private static final int CALLS = 3;
  private static final int CALLERS = 4;
  private static final int MOST_DIFFERENCES = 5;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** A call that fails takes its process with it. */
  private static final String NO_JSON = "{";

  private final Clock clock = Clock.systemUTC();
  private final Queue<String> differences = new ConcurrentLinkedQueue<>();
  private final AtomicInteger returned = new AtomicInteger();

  @Test
  void programs_do_the_same_restored_as_in_a_new_process_each() throws Exception {
    int count =
        Integer.getInteger(
            "patchbay.programs.count", Boolean.getBoolean("patchbay.all") ? 10_000 : 200);
    long seed = Long.getLong("patchbay.programs.seed", new Random().nextInt(1_000_000_000));
    System.out.println("random programs: seed " + seed);
    Path work = TrialRoom.workFolder();
    BoxLevel level = BoxLevel.NAMESPACES;
    try (Executor executor = BoxedExecutor.start(level.config(work, Isolation.RESTORED, clock))) {
      Assumptions.assumeTrue(executor.status().available(), executor.status().description());
      String state = RestoreProven.on(executor, clock);
      Assumptions.assumeTrue(state.equals("restored"), "nothing is restored here: " + state);
      compare(executor, seed, count);
      Executor.Restores restores = executor.restores();
      System.out.printf(
          "random programs: %d, %d of %d calls returned; %s%n",
          count, returned.get(), count * CALLS, restores);

      assertThat(differences).as("seed " + seed).isEmpty();
      assertThat(restores.restored()).isGreaterThan(returned.get() / 2);
    }
    Files.delete(work);
  }

  private void compare(Executor executor, long seed, int count) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    List<Thread> callers =
        IntStream.range(0, CALLERS)
            .mapToObj(i ->
                Thread.ofPlatform()
                    .name("programs-" + i)
                    .start(() -> {
                      int number = next.getAndIncrement();
                      while (number < count && differences.size() < MOST_DIFFERENCES) {
                        compare(executor, seed + number);
                        number = next.getAndIncrement();
                      }
                    }))
            .toList();
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private void compare(Executor executor, long seed) {
    Code code = new Code("NODE", RandomProgram.of(seed), 128L << 20);
    Code restored = code.with(Isolation.RESTORED);
    for (int number = 0; number < CALLS; number++) {
      String event = "{\"n\":%d}".formatted(number);
      Seen expected = Seen.of(run(executor, code, event));
      Seen seen = Seen.of(run(executor, restored, event));
      if (!seen.equals(expected)) {
        differences.add(
            "seed %d, call %d:%n%s%nnot%n%s%nof%n%s"
                .formatted(seed, number, seen, expected, code.source()));
        break;
      }
      if (seen.outcome instanceof Execution.Outcome.Returned) {
        returned.incrementAndGet();
      }
    }
    var _ = run(executor, restored, NO_JSON);
  }

  private Execution run(Executor executor, Code code, String event) {
    return executor.run(new CodeCall("call", code, event, clock.instant().plus(LIMIT)));
  }

  /** All of a call that must be the same each time. */
  private record Seen(Execution.Outcome outcome, List<Line> logs) {
    private record Line(String level, String logger, String message) {}

    static Seen of(Execution execution) {
      return new Seen(
          execution.outcome(),
          execution.logs().stream()
              .map(line -> new Line(line.level(), line.logger(), line.message()))
              .toList());
    }
  }
}
