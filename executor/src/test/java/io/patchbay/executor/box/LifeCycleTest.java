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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deadlines, places, restarts, and what is left when an executor was closed. */
class LifeCycleTest {
  private static final String SLEEP = "import time\ndef main(e, c): time.sleep(60)";
  private static final String ONE = "def main(e, c): return 1";
  private static final Capacity SMALL = new Capacity(2, 1, 1, 1L << 30);

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
      Execution execution = box.run(source, Duration.ofMillis(700));
      Duration took = Duration.between(start, TestBox.CLOCK.instant());
      assertThat(TestBox.failed(execution).reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(took).isBetween(Duration.ofMillis(700), Duration.ofMillis(1200));
      assertThat(execution.logs()).extracting(LogRecord::message).containsExactly("printed", "raw");
      assertThat(Leftovers.awaitAtMost(before)).isLessThanOrEqualTo(before);
    }
  }

  @Test
  void a_deadline_in_the_past_runs_nothing_though_a_process_waits_that_could() throws Exception {
    try (TestBox box = TestBox.start()) {
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
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Execution>> running = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        running.add(callers.submit(() -> box.run(SLEEP, Duration.ofSeconds(3))));
      }
      Thread.sleep(500);
      Future<Execution> waiting = callers.submit(() -> box.run(SLEEP, Duration.ofSeconds(1)));
      Thread.sleep(200);
      Instant start = TestBox.CLOCK.instant();
      assertThat(TestBox.failed(box.run(ONE)).reason()).isEqualTo(Reason.OVERLOADED);
      assertThat(Duration.between(start, TestBox.CLOCK.instant()))
          .isLessThan(Duration.ofMillis(100));
      Execution waited = waiting.get(10, SECONDS);
      assertThat(TestBox.failed(waited).reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(waited.timing().queue()).isGreaterThan(Duration.ofMillis(500));
      for (Future<Execution> call : running) {
        assertThat(TestBox.failed(call.get(10, SECONDS)).reason()).isEqualTo(Reason.TIMEOUT);
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
    try (TestBox box = TestBox.start()) {
      long before = Leftovers.settledProcesses();
      List<Execution> executions = new ArrayList<>();
      CountDownLatch started = new CountDownLatch(1);
      Thread caller =
          Thread.ofPlatform()
              .start(() -> {
                started.countDown();
                executions.add(box.run(SLEEP, Duration.ofSeconds(30)));
              });
      started.await();
      Thread.sleep(500);
      caller.interrupt();
      caller.join(Duration.ofSeconds(5));
      assertThat(TestBox.failed(executions.getFirst()).reason()).isEqualTo(Reason.INTERRUPTED);
      assertThat(Leftovers.awaitAtMost(before)).isLessThanOrEqualTo(before);
    }
  }

  @Test
  void a_launcher_that_died_is_replaced_and_its_calls_fail() throws Exception {
    try (TestBox box = TestBox.start();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Execution> running = callers.submit(() -> box.run(SLEEP, Duration.ofSeconds(30)));
      Thread.sleep(500);
      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
      assertThat(TestBox.failed(running.get(10, SECONDS)).reason()).isEqualTo(Reason.KILLED);
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
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      box.returned(ONE);
      Future<Execution> running = callers.submit(() -> box.run(SLEEP, Duration.ofSeconds(30)));
      Thread.sleep(500);
      box.close();
      box.close();
      assertThat(TestBox.failed(running.get(10, SECONDS)).reason()).isEqualTo(Reason.INTERRUPTED);
    }
    assertThat(box.executor().status().available()).isFalse();
    assertThat(TestBox.failed(box.run(ONE)).reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(Leftovers.awaitAtMost(processes)).isLessThanOrEqualTo(processes);
    assertThat(Leftovers.executorThreads()).isEqualTo(threads);
    assertThat(Leftovers.descriptors()).isLessThanOrEqualTo(descriptors);
    assertThat(work).isEmptyDirectory();
  }
}
