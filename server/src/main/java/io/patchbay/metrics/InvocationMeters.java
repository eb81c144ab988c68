package io.patchbay.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.patchbay.bot.Environment;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.Measures;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Invocations: how many ended how, and how long they and their phases took. */
final class InvocationMeters {
  /** As invokers measure them: code has the first three, an API the others. */
  private static final Set<String> PHASES =
      Set.of("queue", "start", "run", "dns", "connect", "tls", "send", "wait", "read");

  private static final String NONE = "none";

  private final MeterProvider<Counter> ended;
  private final MeterProvider<Timer> durations;
  private final MeterProvider<Timer> phases;
  private final MeterProvider<Timer> cpu;
  private final MeterProvider<DistributionSummary> memory;
  private final MeterProvider<Counter> sent;
  private final MeterProvider<Counter> received;

  InvocationMeters(MeterRegistry registry) {
    this.ended =
        Counter.builder("patchbay.invocations")
            .description("Invocations that have ended")
            .withRegistry(registry);
    this.durations =
        Timer.builder("patchbay.invocation")
            .description("Duration of invocations, start to end")
            .serviceLevelObjectives(Buckets.LONG)
            .withRegistry(registry);
    this.phases =
        Timer.builder("patchbay.invocation.phase")
            .description("Duration of one phase of invocations")
            .serviceLevelObjectives(Buckets.LONG)
            .withRegistry(registry);
    this.cpu =
        Timer.builder("patchbay.invocation.cpu")
            .description("Processor time of invocations of code")
            .serviceLevelObjectives(Buckets.CPU)
            .withRegistry(registry);
    this.memory =
        DistributionSummary.builder("patchbay.invocation.peak.memory")
            .description("The most memory that the process of an invocation had at once")
            .baseUnit("bytes")
            .serviceLevelObjectives(Buckets.MEMORY)
            .withRegistry(registry);
    this.sent =
        Counter.builder("patchbay.invocation.sent")
            .description("Bytes that invocations have sent over their connections")
            .baseUnit("bytes")
            .withRegistry(registry);
    this.received =
        Counter.builder("patchbay.invocation.received")
            .description("Bytes that invocations have received over their connections")
            .baseUnit("bytes")
            .withRegistry(registry);
  }

  void finished(InvocationRecord record) {
    String outcome = record.state().wire();
    ended
        .withTags(
            "type", record.type(),
            "outcome", outcome,
            "reason", record.failure().map(f -> f.reason()).map(FailureReason::wire).orElse(NONE),
            "environment", record.environment().map(Environment::wire).orElse(NONE),
            "origin", record.origin().name().toLowerCase(Locale.ROOT))
        .increment();
    durations.withTags("type", record.type(), "outcome", outcome).record(record.duration());
    Measures measures = Measures.of(record);
    measures.phases().forEach((measure, millis) -> phase(record.type(), measure, millis));
    usage(record.type(), measures);
  }

  private void usage(String type, Measures measures) {
    measures.cpu().ifPresent(millis -> cpu.withTags("type", type).record(duration(millis)));
    measures.peakMemory().ifPresent(bytes -> memory.withTags("type", type).record((double) bytes));
    sent.withTags("type", type).increment((double) measures.bytesOut());
    received.withTags("type", type).increment((double) measures.bytesIn());
  }

  private void phase(String type, String measure, double millis) {
    String phase = measure.endsWith("_ms") ? measure.substring(0, measure.length() - 3) : measure;
    if (PHASES.contains(phase)) {
      phases.withTags("type", type, "phase", phase).record(duration(millis));
    }
  }

  private static Duration duration(double millis) {
    return Duration.ofNanos((long) (millis * 1e6));
  }
}
