package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Outcome.Returned;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Processes that are put back to their snapshot after each call. */
class RestoredTest {
  private static final Capacity CAPACITY = new Capacity(64, 64, 16, 1L << 30);

  private TestBox box;

  @BeforeEach
  void start() throws InterruptedException {
    box = TestBox.start(CAPACITY, containment());
    box.assumeRestores();
  }

  /** Another level's test is this one with another answer. */
  Containment containment() {
    return Containment.NAMESPACES;
  }

  @AfterEach
  void close() {
    if (box != null) {
      box.close();
    }
  }

  @Test
  void a_call_finds_nothing_of_the_one_before() {
    Code code =
        code("seen = []\ndef main(event, context):\n    seen.append(1)\n    return len(seen)");
    for (int i = 0; i < 50; i++) {
      assertThat(answer(code)).isEqualTo("1");
    }
    assertThat(counts().discards()).isEmpty();
    assertThat(counts().restores()).isEqualTo(50);
  }

  @Test
  void all_of_it_was_the_same_process_or_the_one_made_ahead() {
    Code code =
        code(
            """
            import os
            born = os.urandom(8).hex()
            def main(event, context):
                return born
            """);
    Set<String> born = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      born.add(answer(code));
    }
    assertThat(born).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void no_two_calls_draw_the_same_numbers() {
    Code code =
        code(
            """
            import random, ssl, tempfile, uuid
            ssl.RAND_bytes(1)
            next(tempfile._get_candidate_names())
            def main(event, context):
                return [random.random(), ssl.RAND_bytes(8).hex(), str(uuid.uuid4()),
                        next(tempfile._get_candidate_names())]
            """);
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String answer = answer(code);
      drawn.addAll(List.of(answer.substring(1, answer.length() - 1).split(",")));
    }
    assertThat(drawn).hasSize(80).doesNotHaveDuplicates();
    assertThat(counts().discards()).isEmpty();
  }

  @Test
  void much_memory_is_given_back() {
    Code code =
        code(
            """
            kept = []
            def main(event, context):
                kept.append(bytearray(20_000_000))
                kept.append([object() for _ in range(100_000)])
                return len(kept)
            """);
    for (int i = 0; i < 10; i++) {
      assertThat(answer(code)).isEqualTo("2");
    }
    assertThat(counts().discards()).isEmpty();
  }

  @Test
  void code_that_keeps_a_file_open_has_a_process_for_each_call() {
    Code code =
        code(
            """
            import os
            file = open("/dev/null")
            born = os.urandom(8).hex()
            def main(event, context):
                return born
            """);
    Set<String> born = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      born.add(TestBox.returned(run(code)));
    }
    assertThat(born).hasSize(5);
    assertThat(counts().discards()).containsExactly(Map.entry("files or sockets are open", 1L));
  }

  @Test
  void a_process_whose_call_fails_is_not_used_again() {
    Code code =
        code(
            """
            import os
            born = os.urandom(8).hex()
            def main(event, context):
                raise ValueError(born)
            """);
    Set<String> born = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      born.add(run(code).outcome().toString());
    }
    assertThat(born).hasSize(5);
  }

  @Test
  void there_come_to_be_as_many_as_there_are_calls_at_once() throws Exception {
    Code code =
        code(
            """
            import os, time
            born = os.urandom(8).hex()
            def main(event, context):
                time.sleep(0.2)
                return born
            """);
    Set<String> before = Set.of();
    Set<String> now = atOnce(code, 4);
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!now.equals(before) && System.nanoTime() < end) {
      Thread.sleep(100);
      before = now;
      now = atOnce(code, 4);
    }
    assertThat(now).hasSize(4).isEqualTo(before);
  }

  @Test
  void calls_that_are_short_take_turns_rather_than_processes() throws Exception {
    Code code = code("import os\nborn = os.urandom(8).hex()\ndef main(e, c): return born");
    for (int i = 0; i < 20; i++) {
      assertThat(answer(code)).isNotEmpty();
    }
    Set<String> born = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      born.addAll(atOnce(code, 8));
    }
    assertThat(born).as("of 400 calls, 8 at once").hasSizeLessThan(200);
  }

  @Test
  void processes_of_a_launcher_that_died_make_room() {
    for (int i = 0; i < CAPACITY.ready(); i++) {
      var _ = answer(code("# " + i + "\ndef main(event, context): return 1"));
    }
    await(() -> box.executor().restores().waiting() == CAPACITY.ready());
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    Code code =
        code("import os\nborn = os.urandom(8).hex()\ndef main(event, context): return born");
    await(() -> run(code).outcome() instanceof Returned);
    String born = answer(code);
    String again = answer(code);
    assertThat(again).as("%s", box.executor().restores()).isEqualTo(born);
  }

  @Test
  void code_that_answers_and_goes_on_does_not_keep_the_processor_busy_for_others()
      throws Exception {
    String source =
        """
        import os
        def main(event, context):
            os.write(3, b"\\x16" + (2).to_bytes(4, "big") + b"77")
            while True: pass
        """;
    for (int i = 0; i < 4; i++) { // each once, so that nothing is loaded for its next call
      assertThat(TestBox.returned(run(code("# " + i + "\n" + source)))).isEqualTo("77");
    }
    long nanos = restorersNanos();
    await(() -> counts().discarded() == 4);
    assertThat(counts().discards()).containsOnlyKeys("it does not wait");
    assertThat(Duration.ofNanos(restorersNanos() - nanos)).isLessThan(Duration.ofMillis(300));
  }

  /** Of processor time that its thread has taken. */
  private static long restorersNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("executor-restore"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.threadId()))
        .sum();
  }

  private Set<String> atOnce(Code code, int calls) throws Exception {
    Set<String> answers = new HashSet<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        all.add(callers.submit(() -> TestBox.returned(run(code))));
      }
      for (Future<String> each : all) {
        answers.add(each.get());
      }
    }
    return answers;
  }

  @Test
  void who_waits_for_its_turn_to_make_one_takes_one_that_comes_back_before() throws Exception {
    Code code = code("import time\ndef main(event, context):\n    time.sleep(.03)");
    answer(code);
    answer(code);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        Code slow = code("import time\ntime.sleep(5)\ndef main(event, context): return " + i);
        var _ = callers.submit(() -> run(slow, Duration.ofSeconds(2)));
      }
      Thread.sleep(50); // they take turns for a second
      List<Future<Execution>> quick = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        quick.add(callers.submit(() -> run(code)));
      }
      List<Isolation> found = new ArrayList<>();
      for (Future<Execution> each : quick) {
        found.add(each.get().freshness().orElseThrow().isolation());
      }
      assertThat(found).filteredOn(Isolation.RESTORED::equals).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  /** The answer, once it is known what became of the process. */
  private String answer(Code code) {
    long before = settled();
    String answer = TestBox.returned(run(code));
    await(() -> settled() > before);
    return answer;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private long settled() {
    return counts().settled();
  }

  private Restoring.Counts counts() {
    return box.executor().counts();
  }

  private Execution run(Code code) {
    return run(code, Duration.ofSeconds(60));
  }

  private Execution run(Code code, Duration limit) {
    return box.executor()
        .run(new CodeCall("call", code, "{}", TestBox.CLOCK.instant().plus(limit)));
  }

  private static Code code(String source) {
    return new Code("NODE", source, TestBox.MEMORY).with(Isolation.RESTORED);
  }
}
