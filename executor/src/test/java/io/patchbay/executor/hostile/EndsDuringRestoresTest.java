package io.patchbay.executor.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.BoxedExecutor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever puts processes back ends while it does so: nothing of it is left, or stands still. */
class EndsDuringRestoresTest {
  private static final int CALLERS = 8;
  private static final int CODES = 3;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String SOURCE =
      """
      seen = []
      def main(event, context):
          seen.append("x" * 500_000)
          return len(seen)
      """;

  private final Clock clock = Clock.systemUTC();

  /**
   * @param millis from the first calls to the end
   */
  @ParameterizedTest
  @ValueSource(ints = {50, 150, 400})
  void every_call_of_an_executor_that_is_closed_has_an_outcome(int millis) throws Exception {
    Path work = TrialRoom.workFolder();
    Executor executor = restoring(work, clock);
    Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();
    List<Thread> callers = callers(executor, clock, outcomes);
    Thread.sleep(millis);
    executor.close();
    for (Thread caller : callers) {
      caller.join(LIMIT);
      assertThat(caller.isAlive()).isFalse();
    }

    outcomes.remove("RETURNED 1");
    assertThat(outcomes.keySet())
        .allMatch(outcome -> outcome.matches("(INTERRUPTED|SANDBOX_UNAVAILABLE) .*"));
    assertThat(executor.restores().waiting()).isZero();
    assertThat(BoxProcesses.leftStopped()).isEmpty();
    assertThat(BoxProcesses.leftAlive()).isEmpty();
    Files.delete(work); // fails if anything was left in it
  }

  /**
   * @param millis from the first calls to the kill
   */
  @ParameterizedTest
  @ValueSource(ints = {50, 150, 400})
  void no_process_outlives_a_server_that_is_killed(int millis) throws Exception {
    Path work = TrialRoom.workFolder();
    restoring(work, clock).close(); // or skips the test
    Process server = server(work);
    try (BufferedReader printed = server.inputReader()) {
      assertThat(printed.readLine()).isEqualTo("calls begin");
      Thread.sleep(millis);
      List<ProcessHandle> below = server.descendants().toList();
      assertThat(below).hasSizeGreaterThan(CODES);
      server.destroyForcibly().waitFor();
      for (ProcessHandle process : below) {
        process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      }
    } finally {
      server.destroyForcibly();
    }
    restoring(work, clock).close(); // which removes what the killed one has left
    Files.delete(work);
  }

  /** Calls until it is killed. */
  public static void main(String[] arguments) throws Exception {
    Clock clock = Clock.systemUTC();
    Executor executor = restoring(Path.of(arguments[0]), clock);
    List<Thread> callers = callers(executor, clock, new ConcurrentSkipListMap<>());
    System.out.println("calls begin");
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private static Process server(Path work) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            EndsDuringRestoresTest.class.getName(),
            work.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Executor restoring(Path work, Clock clock) throws InterruptedException {
    Executor executor =
        BoxedExecutor.start(BoxLevel.NAMESPACES.config(work, Isolation.RESTORED, clock));
    boolean available = executor.status().available();
    String state = available ? RestoreProven.on(executor, clock) : executor.status().description();
    if (!state.equals("restored")) {
      executor.close();
    }
    Assumptions.assumeTrue(state.equals("restored"), "nothing is restored here: " + state);
    return executor;
  }

  /** Each goes on until a call does not return. */
  private static List<Thread> callers(
      Executor executor, Clock clock, Map<String, Integer> outcomes) {
    List<Thread> callers = new ArrayList<>();
    IntStream.range(0, CALLERS)
        .mapToObj(i -> new Code("NODE", "# " + i % CODES + "\n" + SOURCE, 64L << 20))
        .map(code -> code.with(Isolation.RESTORED))
        .forEach(code ->
            callers.add(Thread.ofPlatform().start(() -> callOn(executor, clock, code, outcomes))));
    return callers;
  }

  private static void callOn(
      Executor executor, Clock clock, Code code, Map<String, Integer> outcomes) {
    String outcome = "RETURNED 1";
    while (outcome.equals("RETURNED 1")) {
      CodeCall call = new CodeCall("call", code, "{}", clock.instant().plus(LIMIT));
      outcome = HostileCase.summary(executor.run(call));
      outcomes.merge(outcome, 1, Integer::sum);
    }
  }
}
