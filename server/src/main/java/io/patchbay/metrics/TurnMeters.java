package io.patchbay.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.patchbay.bot.Environment;
import java.time.Duration;
import java.util.Optional;

/** Turns: how many left their conversation in which state, how long they took, which broke. */
final class TurnMeters {
  private final MeterProvider<Timer> turns;
  private final MeterProvider<Counter> breaks;
  private final MeterProvider<Counter> repeats;

  TurnMeters(MeterRegistry registry) {
    this.turns =
        Timer.builder("patchbay.turn")
            .description("Duration of turns, from the message to its saved answer")
            .serviceLevelObjectives(Buckets.LONG)
            .withRegistry(registry);
    this.breaks =
        Counter.builder("patchbay.bot.breaks")
            .description("Turns that ended in a bot break")
            .withRegistry(registry);
    this.repeats =
        Counter.builder("patchbay.turns.repeated")
            .description("Messages that were sent again and got the answer that they had")
            .withRegistry(registry);
  }

  void ended(Environment environment, String state, Optional<String> broke, Duration took) {
    turns.withTags("environment", environment.wire(), "state", state).record(took);
    broke.ifPresent(
        reason -> breaks.withTags("environment", environment.wire(), "reason", reason).increment());
  }

  void repeated(Environment environment) {
    repeats.withTags("environment", environment.wire()).increment();
  }
}
