package io.patchbay.metrics;

import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** HTTP requests: how many, on which route, with which status, and how long they took. */
final class RequestMeters {
  private final MeterProvider<Timer> requests;

  RequestMeters(MeterRegistry registry) {
    this.requests =
        Timer.builder("patchbay.http.request")
            .description("Duration of HTTP requests until their answer was made")
            .serviceLevelObjectives(Buckets.COARSE)
            .withRegistry(registry);
  }

  void answered(String method, String route, int status, Duration took) {
    requests
        .withTags("method", method, "route", route, "status", Integer.toString(status))
        .record(took);
  }
}
