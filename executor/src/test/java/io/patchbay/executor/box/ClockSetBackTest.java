package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.net.Lookup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clock is set back by an hour at any look that a call takes at it. */
class ClockSetBackTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Shows the right time until it was looked at as often as it is told. */
  private static final class Falling extends Clock {
    private final AtomicInteger looks = new AtomicInteger(Integer.MAX_VALUE);

    void fallAt(int look) {
      looks.set(look);
    }

    @Override
    public Instant instant() {
      Instant now = TestBox.CLOCK.instant();
      return looks.getAndUpdate(left -> Math.max(0, left - 1)) <= 1 ? now.minus(HOUR) : now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  @Timeout(60)
  void no_phase_of_a_call_takes_less_than_no_time() {
    Falling clock = new Falling();
    try (TestBox box = TestBox.start(clock, Lookup.system())) {
      for (int look = 1; look <= 8; look++) {
        Execution.Timing timing = run(box, clock, look, "    return {}").timing();
        assertThat(timing.queue()).as("look %d", look).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(timing.start()).as("look %d", look).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(timing.run()).as("look %d", look).isGreaterThanOrEqualTo(Duration.ZERO);
      }
    }
  }

  @Test
  @Timeout(60)
  void a_call_that_was_taken_gets_no_more_time_than_it_had() {
    Falling clock = new Falling();
    try (TestBox box = TestBox.start(clock, Lookup.system())) {
      // Two looks take the call; before them nobody could know what time it is.
      for (int look = 3; look <= 8; look++) {
        long begun = System.nanoTime();
        Execution execution = run(box, clock, look, "    while True: pass");
        assertThat(execution.outcome())
            .as("look %d", look)
            .isInstanceOfSatisfying(
                Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.TIMEOUT));
        assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(10));
      }
    }
  }

  private static Execution run(TestBox box, Falling clock, int look, String body) {
    Instant deadline = TestBox.CLOCK.instant().plusSeconds(1);
    String source = "def main(event, context):\n" + body + "\n";
    clock.fallAt(look);
    try {
      return box.executor()
          .run(new CodeCall("call-" + look, "NODE", source, "{}", deadline, TestBox.MEMORY));
    } finally {
      clock.fallAt(Integer.MAX_VALUE);
    }
  }
}
