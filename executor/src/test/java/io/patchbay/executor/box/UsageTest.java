package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.Execution.Usage;
import io.patchbay.executor.Limits;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processor time and memory of a call, however it ends; code that lies about them gains nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsageTest {
  private static final String BUSY =
      """
      import os, signal, time
      def busy(seconds):
          end = time.process_time() + seconds
          while time.process_time() < end: pass
      """;

  private static final String LIES =
      """
      import os, struct
      def frame(kind, payload): return struct.pack(">BI", kind, len(payload)) + payload
      def measure(cpu, peak): return frame(0x1a, struct.pack(">QQ", cpu, peak))
      def say(*frames): os.write(3, b"".join(frames))
      """;

  private TestBox box;

  @BeforeAll
  void start() {
    box = TestBox.start();
  }

  @AfterAll
  void close() {
    if (box != null) {
      box.close();
    }
  }

  private static long cpuMillis(Execution execution) {
    return execution.usage().cpu().orElseThrow().toMillis();
  }

  private static long peakMebibytes(Execution execution) {
    return execution.usage().peakMemory().orElseThrow() >> 20;
  }

  @Test
  void a_call_that_answers_tells_what_it_used_and_nothing_of_how_its_process_was_made() {
    Execution idle = box.run("import time\ndef main(e, c): time.sleep(0.3)");
    assertThat(cpuMillis(idle)).isLessThan(40);
    assertThat(peakMebibytes(idle)).isBetween(5L, 60L);

    Execution busy = box.run(BUSY + "def main(e, c): busy(0.25)");
    assertThat(cpuMillis(busy)).isBetween(245L, 400L);

    Execution large = box.run("def main(e, c): return len(b'x' * (70 << 20))");
    assertThat(peakMebibytes(large)).isBetween(70L, 130L);
  }

  @Test
  void all_threads_count() {
    Execution execution =
        box.run(
            BUSY
                + """
                import threading
                def main(e, c):
                    thread = threading.Thread(target=busy, args=(0.2,))
                    thread.start(); thread.join()
                """);
    assertThat(cpuMillis(execution)).isBetween(195L, 350L);
  }

  @Test
  void a_call_that_fails_tells_it_too() {
    Execution execution = box.run(BUSY + "def main(e, c): busy(0.1); raise ValueError('no')");
    assertThat(TestBox.failed(execution).reason()).isEqualTo(Reason.EXCEPTION);
    assertThat(cpuMillis(execution)).isBetween(95L, 250L);
  }

  @Test
  void of_a_call_that_was_killed_the_kernel_knows() {
    Execution late =
        box.run(
            BUSY + "def main(e, c):\n  b = b'x' * (70 << 20)\n  busy(60)", Duration.ofSeconds(3));
    assertThat(TestBox.failed(late).reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(cpuMillis(late)).isBetween(200L, late.timing().run().toMillis() + 300);
    assertThat(peakMebibytes(late)).isBetween(70L, 130L);

    Execution shot =
        box.run(BUSY + "def main(e, c): busy(0.1); import ctypes; ctypes.string_at(0)");
    assertThat(TestBox.failed(shot).reason()).isEqualTo(Reason.KILLED);
    assertThat(cpuMillis(shot)).isBetween(95L, 300L);

    Execution left = box.run(BUSY + "def main(e, c): busy(0.1); os._exit(5)");
    assertThat(TestBox.failed(left).reason()).isEqualTo(Reason.NO_RESULT);
    assertThat(cpuMillis(left)).isBetween(95L, 300L);
  }

  @Test
  void what_the_kernel_counted_wins_over_what_the_code_said() {
    Execution execution =
        box.run(BUSY + LIES + "def main(e, c): busy(0.1); say(measure(7, 1 << 20)); os._exit(0)");
    assertThat(cpuMillis(execution)).isBetween(95L, 300L);
    assertThat(peakMebibytes(execution)).isGreaterThan(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "measure(1 << 60, 1 << 60)",
        "measure((1 << 63) - 1, (1 << 63) - 1)",
        "measure(0, 0)",
        "measure(1, 1 << 20), measure(2, 2 << 20), measure(3, 3 << 20)",
      })
  void a_forged_measure_changes_no_outcome_and_is_replaced_by_the_true_one(String forged) {
    Execution execution = box.run(LIES + "def main(e, c): say(%s); return 5".formatted(forged));
    assertThat(TestBox.returned(execution)).isEqualTo("5");
    assertThat(cpuMillis(execution)).isLessThan(100);
    assertThat(peakMebibytes(execution)).isBetween(5L, 60L);
  }

  @Test
  void an_absurd_measure_before_a_forged_result_is_not_believed() {
    Execution execution =
        box.run(
            LIES
                + """
                def main(e, c):
                    say(measure(1 << 60, 1 << 60), frame(0x16, b"6"))
                """);
    assertThat(TestBox.returned(execution)).isEqualTo("6");
    assertThat(execution.usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void a_missing_measure_is_unknown() {
    Execution execution =
        box.run(LIES + "def main(e, c): say(frame(0x16, b'7')); import time; time.sleep(5)");
    assertThat(TestBox.returned(execution)).isEqualTo("7");
    assertThat(execution.usage()).isEqualTo(Usage.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frame(0x1a, b'')",
        "frame(0x1a, b'x' * 15)",
        "struct.pack('>BI', 0x1a, 1 << 30)",
        "measure(1 << 63, 5)",
      })
  void a_broken_measure_ends_its_own_call_only(String broken) {
    Execution execution = box.run(LIES + "def main(e, c): say(%s); return 5".formatted(broken));
    assertThat(TestBox.failed(execution).reason()).isEqualTo(Reason.KILLED);
    assertThat(box.returned("def main(e, c): return 1")).isEqualTo("1");
  }

  @Test
  void code_that_breaks_the_measuring_keeps_its_result() {
    Execution execution =
        box.run(
            """
            import sys
            def main(e, c):
                sys.modules["patchbay_box.measure"].getrusage = None
                return 8
            """);
    assertThat(TestBox.returned(execution)).isEqualTo("8");
    assertThat(execution.usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void what_never_ran_used_nothing() {
    Execution tooLarge = box.run("#".repeat(Limits.MAX_SOURCE + 1));
    assertThat(TestBox.failed(tooLarge).reason()).isEqualTo(Reason.SYNTAX_ERROR);
    assertThat(tooLarge.usage()).isEqualTo(Usage.NONE);
  }
}
