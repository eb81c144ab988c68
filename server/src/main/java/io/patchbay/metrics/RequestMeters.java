package io.patchbay.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** HTTP requests: how many, on which route, with which status, and how long they took. */
final class RequestMeters {
  private final MeterProvider<Timer> requests;
  private final AtomicInteger connections = new AtomicInteger();
  private final Counter refused;
  private final Counter slowHeads;
  private final Counter slowReaders;

  RequestMeters(MeterRegistry registry) {
    this.requests =
        Timer.builder("patchbay.http.request")
            .description("Duration of HTTP requests until their answer was made")
            .serviceLevelObjectives(Buckets.COARSE)
            .withRegistry(registry);
    Gauge.builder("patchbay.http.connections", connections, AtomicInteger::get)
        .description("Connections that are open")
        .register(registry);
    this.refused =
        Counter.builder("patchbay.http.connections.refused")
            .description("Connections and requests that were turned away: there were too many")
            .register(registry);
    this.slowHeads = timeouts(registry, "head");
    this.slowReaders = timeouts(registry, "answer");
  }

  private static Counter timeouts(MeterRegistry registry, String part) {
    return Counter.builder("patchbay.http.timeouts")
        .description("Connections that were ended since their client was too slow")
        .tag("part", part)
        .register(registry);
  }

  void connected(int more) {
    connections.addAndGet(more);
  }

  void refused() {
    refused.increment();
  }

  void slowHead() {
    slowHeads.increment();
  }

  void slowReader() {
    slowReaders.increment();
  }

  void answered(String method, String route, int status, Duration took) {
    requests
        .withTags("method", method, "route", route, "status", Integer.toString(status))
        .record(took);
  }
}
