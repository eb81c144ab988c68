package io.patchbay.executor.box;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.LogRecord;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deadlines, places, restarts, and what is left when an executor was closed. */
class LifeCycleTest {
  private static final String SLEEP = "import time\ndef main(e, c): time.sleep(60)";
  private static final String ONE = "def main(e, c): return 1";
  private static final Duration AT_ONCE = Duration.ofMillis(100);
  private static final Capacity SMALL = new Capacity(2, 1, 0, 1L << 30);

  @Test
  void a_call_ends_at_its_deadline_with_its_logs_and_its_process() throws Exception {
    try (TestBox box = TestBox.start()) {
      long before = Leftovers.settledProcesses();
      String source =
          """
          import os, signal, time
          def main(e, c):
              signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
              print("printed"); os.write(1, b"raw\\n"); time.sleep(60)
          """;
      Instant start = TestBox.CLOCK.instant();
      Execution execution = box.run(source, Duration.ofSeconds(3));
      Duration took = Duration.between(start, TestBox.CLOCK.instant());
      assertThat(TestBox.failed(execution).reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(took).isBetween(Duration.ofMillis(2990), Duration.ofSeconds(20));
      assertThat(execution.logs()).extracting(LogRecord::message).containsExactly("printed", "raw");
      assertThat(Leftovers.awaitAtMost(before)).isLessThanOrEqualTo(before);
    }
  }

  @Test
  void a_deadline_in_the_past_runs_nothing_though_a_process_waits_that_could() throws Exception {
    try (TestBox box = TestBox.start(new Capacity(8, 64, 4, 1L << 30))) {
      for (int i = 0; i < 20; i++) {
        TestBox.returned(box.run(ONE));
        Thread.sleep(20); // a process that has loaded the code answers within a millisecond
        Execution late = box.run(ONE, Duration.ofSeconds(-1));
        assertThat(TestBox.failed(late).reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(late.timing().run()).isEqualTo(Duration.ZERO);
      }
    }
  }

  @Test
  void what_does_not_fit_the_queue_is_overloaded_at_once_and_waiting_counts() throws Exception {
    try (TestBox box = TestBox.start(SMALL);
        Begun begun = Begun.listen();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Execution>> running = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        running.add(
            callers.submit(() ->
                box.run(begun.source("time.sleep(60)"), Duration.ofSeconds(12), begun.policy())));
        begun.await();
      }
      List<Execution> waited = new ArrayList<>();
      Thread waiting =
          Thread.ofPlatform().start(() -> waited.add(box.run(SLEEP, Duration.ofSeconds(5))));
      while (waiting.isAlive() && waiting.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      Duration refused = Duration.ofDays(1);
      for (int i = 0; i < 5 && refused.compareTo(AT_ONCE) > 0; i++) {
        Instant start = TestBox.CLOCK.instant();
        assertThat(TestBox.failed(box.run(ONE)).reason()).isEqualTo(Reason.OVERLOADED);
        refused = Duration.between(start, TestBox.CLOCK.instant());
      }
      assertThat(refused).isLessThan(AT_ONCE);
      waiting.join();
      assertThat(TestBox.failed(waited.getFirst()).reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(waited.getFirst().timing().queue()).isGreaterThan(Duration.ofSeconds(4));
      for (Future<Execution> call : running) {
        assertThat(TestBox.failed(call.get(30, SECONDS)).reason()).isEqualTo(Reason.TIMEOUT);
      }
      assertThat(box.returned(ONE)).isEqualTo("1");
    }
  }

  @Test
  void calls_at_once_do_not_disturb_each_other() throws Exception {
    try (TestBox box = TestBox.start();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String source = "x = %d\ndef main(e, c): return [x] * 1000".formatted(i);
        results.add(callers.submit(() -> box.returned(source)));
      }
      for (int i = 0; i < 60; i++) {
        assertThat(results.get(i).get(30, SECONDS)).startsWith("[" + i + ",");
      }
    }
  }

  @Test
  void an_interrupted_caller_ends_its_call() throws Exception {
    try (TestBox box = TestBox.start();
        Begun begun = Begun.listen()) {
      long before = Leftovers.settledProcesses();
      List<Execution> executions = new ArrayList<>();
      String source = begun.source("time.sleep(60)");
      Thread caller =
          Thread.ofPlatform()
              .start(() -> executions.add(box.run(source, Duration.ofSeconds(50), begun.policy())));
      begun.await();
      caller.interrupt();
      assertThat(caller.join(Duration.ofSeconds(30))).isTrue();
      assertThat(TestBox.failed(executions.getFirst()).reason()).isEqualTo(Reason.INTERRUPTED);
      assertThat(Leftovers.awaitAtMost(before)).isLessThanOrEqualTo(before);
    }
  }

  @Test
  void a_launcher_that_died_is_replaced_and_its_calls_fail() throws Exception {
    try (TestBox box = TestBox.start();
        Begun begun = Begun.listen();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      String source = begun.source("time.sleep(60)");
      Future<Execution> running =
          callers.submit(() -> box.run(source, Duration.ofSeconds(50), begun.policy()));
      begun.await();
      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
      assertThat(TestBox.failed(running.get(30, SECONDS)).reason()).isEqualTo(Reason.KILLED);
      assertThat(box.returned(ONE)).isEqualTo("1");
    }
  }

  @Test
  void closing_ends_running_calls_and_leaves_nothing(@TempDir Path work) throws Exception {
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx--x--x"));
    long threads = Leftovers.executorThreads();
    TestBox.start().close(); // loads what the first start opens for good
    long descriptors = Leftovers.descriptors();
    long processes = Leftovers.settledProcesses();
    TestBox box = TestBox.start(SMALL, work);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        Begun begun = Begun.listen()) {
      box.returned(ONE);
      String source = begun.source("time.sleep(60)");
      Future<Execution> running =
          callers.submit(() -> box.run(source, Duration.ofSeconds(50), begun.policy()));
      begun.await();
      box.close();
      box.close();
      assertThat(TestBox.failed(running.get(30, SECONDS)).reason()).isEqualTo(Reason.INTERRUPTED);
    }
    assertThat(box.executor().status().available()).isFalse();
    assertThat(TestBox.failed(box.run(ONE)).reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(Leftovers.awaitAtMost(processes)).isLessThanOrEqualTo(processes);
    assertThat(Leftovers.awaitExecutorThreadsAtMost(threads)).isLessThanOrEqualTo(threads);
    assertThat(Leftovers.awaitDescriptorsAtMost(descriptors)).isLessThanOrEqualTo(descriptors);
    assertThat(work).isEmptyDirectory();
  }
}
