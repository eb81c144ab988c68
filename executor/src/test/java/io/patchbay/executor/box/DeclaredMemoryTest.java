package io.patchbay.executor.box;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Code;
import io.patchbay.executor.Code.Owner;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import io.patchbay.executor.work.Admission;
import io.patchbay.executor.work.Admission.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Calls are admitted by the memory that they may use. */
class DeclaredMemoryTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final String ONE = "def main(e, c): return 1";

  @Test
  void calls_of_the_default_limit_have_all_places_where_18_gib_are_for_calls() {
    Capacity capacity = Capacity.of(18 * GIB, 2 * GIB);
    assertThat(capacity.concurrency()).isEqualTo(256);
    assertThat(capacity.places(16 * MIB)).isEqualTo(1);
    assertThat(capacity.places(256 * MIB)).isEqualTo(1);
  }

  @Test
  void one_owner_of_large_calls_never_may_use_more_than_there_is() {
    for (long memory = 2 * GIB; memory <= 512 * GIB; memory = memory * 3 / 2) {
      Capacity capacity = Capacity.of(memory, 2 * GIB);
      Admission admission = new Admission(capacity.concurrency(), 0);
      long granted = 0;
      while (admission.enter("greedy", capacity.places(2 * GIB), Duration.ZERO)
          == Verdict.ENTERED) {
        granted += 2 * GIB;
      }
      assertThat(granted).as("of %d MiB", memory >> 20).isLessThanOrEqualTo(memory);
      assertThat(admission.enter("other", capacity.places(256 * MIB), Duration.ZERO))
          .isEqualTo(Verdict.ENTERED);
    }
  }

  @Test
  void a_call_that_never_fits_is_refused_at_once_with_the_reason() {
    try (TestBox box = TestBox.start(Capacity.of(GIB, 2 * GIB))) {
      Failed refused = TestBox.failed(box.executor().run(call("bot", ONE, 2 * GIB, 60)));
      assertThat(refused.reason()).isEqualTo(Reason.OVERLOADED);
      assertThat(refused.message())
          .isEqualTo(
              "The call can never run on this server. Its limit of 2048 MiB of memory takes"
                  + " 29 of 16 places, and one bot never has all");
      assertThat(box.executor().fits(2 * GIB)).isFalse();
      assertThat(box.executor().fits(GIB)).isTrue();
      assertThat(TestBox.returned(box.executor().run(call("bot", ONE, GIB, 60)))).isEqualTo("1");
    }
  }

  @Test
  void a_call_waits_for_its_memory_and_by_its_deadline_at_most() throws Exception {
    try (TestBox box = TestBox.start(Capacity.of(GIB, 2 * GIB));
        Begun begun = Begun.listen();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Code waiting = code("bot", begun.sourceThatWaits(), 800 * MIB);
      Future<Execution> first =
          callers.submit(() -> box.executor().run(until(waiting.withEgress(begun.policy()), 60)));
      begun.await();
      Execution late = box.executor().run(call("bot", ONE, 800 * MIB, 1));
      assertThat(TestBox.failed(late).reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(TestBox.failed(late).message()).contains("limit of 800 MiB of memory");
      assertThat(TestBox.returned(box.executor().run(call("other", ONE, 256 * MIB, 60))))
          .isEqualTo("1");
      assertThat(first.isDone()).as("others need not wait for it").isFalse();
      Future<Execution> patient =
          callers.submit(() -> box.executor().run(call("bot", ONE, 800 * MIB, 60)));
      begun.await();
      assertThat(TestBox.returned(patient.get(60, SECONDS))).isEqualTo("1");
      assertThat(TestBox.returned(first.get(60, SECONDS))).isEqualTo("null");
    }
  }

  private static Code code(String bot, String source, long memory) {
    Code plain = new Code("NODE", source, memory);
    return new Code(
        new Owner(bot, "staging"),
        plain.functionName(),
        source,
        Optional.empty(),
        memory,
        plain.egress(),
        Isolation.PROCESS);
  }

  private static CodeCall call(String bot, String source, long memory, long seconds) {
    return until(code(bot, source, memory), seconds);
  }

  private static CodeCall until(Code code, long seconds) {
    return new CodeCall("call", code, "{}", TestBox.CLOCK.instant().plusSeconds(seconds));
  }
}
