package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Execution;
import io.patchbay.executor.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case: contained, by its deadline, the next call healthy, nothing left behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCodeTest {
  /** Room for a loaded machine; the deadline itself is exact. */
  private static final Duration LATE = Duration.ofSeconds(1);

  private TestBox box;
  private long processes;

  @BeforeAll
  void start() throws InterruptedException {
    box = TestBox.start(containment());
    processes = Leftovers.settledProcesses();
  }

  /** Another level's test is this one with another answer. */
  Containment containment() {
    return Containment.NAMESPACES;
  }

  @AfterAll
  void close() {
    if (box != null) {
      box.close();
    }
  }

  static List<HostileCode> cases() {
    return HostileCode.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void is_contained_and_leaves_nothing_behind(HostileCode hostile) throws InterruptedException {
    Instant start = TestBox.CLOCK.instant();
    Execution execution = box.run(hostile.source(), hostile.limit());
    Duration took = Duration.between(start, TestBox.CLOCK.instant());

    assertThat(hostile.isContained(execution))
        .as(() -> HostileCode.summary(execution) + " " + execution.logs())
        .isTrue();
    assertThat(took).isLessThan(hostile.limit().plus(LATE));
    assertThat(logBytes(execution)).isLessThan(Limits.MAX_LOG + 1000L);
    assertThat(box.returned("import os\ndef main(e, c): return os.listdir('/tmp')"))
        .isEqualTo("[]");
    assertThat(Leftovers.awaitAtMost(processes)).isLessThanOrEqualTo(processes);
  }

  private static long logBytes(Execution execution) {
    return execution.logs().stream().mapToLong(line -> line.message().length()).sum();
  }
}
