package io.patchbay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.patchbay.bot.Environment;
import io.patchbay.executor.work.Work;
import io.patchbay.integration.Failure;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final AtomicBoolean sandbox = new AtomicBoolean(true);
  private final AtomicLong commits = new AtomicLong(3);
  private final AtomicLong written = new AtomicLong(12);
  private final AtomicInteger waiting = new AtomicInteger(2);
  private final Metrics metrics =
      Metrics.start(
          "1.2.3",
          new Metrics.Sources(
              sandbox::get,
              commits::get,
              written::get,
              waiting::get,
              () -> new Work.State(5, 1, 4096, 2, Duration.ofMillis(1500), 3),
              () -> new Metrics.Restores(7, Map.of("limits", 1L), 4, 5L << 20)));

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void restores_are_counted() {
    assertThat(scrape().value("patchbay_restores_total")).isEqualTo(7);
    assertThat(scrape().value("patchbay_restores_discarded_total", "reason", "limits"))
        .isEqualTo(1);
    assertThat(scrape().value("patchbay_waiting_processes")).isEqualTo(4);
    assertThat(scrape().value("patchbay_waiting_processes_memory_bytes")).isEqualTo(5 << 20);
  }

  @Test
  void who_asks_while_others_do_gets_what_is_true_since_then() throws Exception {
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 20; round++) {
        List<Future<Double>> read = new ArrayList<>();
        written.incrementAndGet();
        double least = written.get();
        for (int i = 0; i < 8; i++) {
          read.add(readers.submit(() -> scrape().value("patchbay_store_writes_total")));
        }
        for (Future<Double> each : read) {
          assertThat(each.get()).isGreaterThanOrEqualTo(least);
        }
      }
    }
  }

  private Scrape scrape() {
    return Scrape.of(metrics.text());
  }

  @Test
  void work_that_requests_share_is_counted() {
    Scrape scrape = scrape();
    assertThat(scrape.value("patchbay_work_tasks_total")).isEqualTo(5);
    assertThat(scrape.value("patchbay_work_busy_seconds_total")).isEqualTo(1.5);
    assertThat(scrape.value("patchbay_work_refused_total")).isEqualTo(2);
    assertThat(scrape.value("patchbay_work_waiting")).isEqualTo(1);
    assertThat(scrape.value("patchbay_work_held_bytes")).isEqualTo(4096);
    assertThat(scrape.value("patchbay_carriers_held_total")).isEqualTo(3);
  }

  @Test
  void invocations_are_counted_by_how_they_ended_and_timed_by_phase() {
    Map<String, Double> measures =
        Map.of("queue_ms", 2.0, "start_ms", 3.5, "run_ms", 94.5, "memory", 5e6);
    metrics.finished(record("code", Optional.empty(), measures));
    metrics.finished(record("code", Optional.empty(), measures));
    metrics.finished(record("code", Optional.of(FailureReason.TIMEOUT), Map.of()));
    metrics.finished(record("api", Optional.empty(), Map.of("wait", 30.0)));

    Scrape scrape = scrape();
    assertThat(
            scrape.value(
                "patchbay_invocations_total",
                "type",
                "code",
                "outcome",
                "succeeded",
                "reason",
                "none",
                "environment",
                "production",
                "origin",
                "chat"))
        .isEqualTo(2);
    assertThat(scrape.value("patchbay_invocations_total", "outcome", "failed", "reason", "timeout"))
        .isEqualTo(1);
    assertThat(scrape.value("patchbay_invocation_seconds_count", "type", "code")).isEqualTo(3);
    assertThat(scrape.value("patchbay_invocation_seconds_sum", "outcome", "succeeded"))
        .isCloseTo(0.3, within(1e-9));
    assertThat(
            scrape.value(
                "patchbay_invocation_seconds_bucket",
                "type",
                "code",
                "outcome",
                "succeeded",
                "le",
                "0.1"))
        .isEqualTo(2);
    assertThat(phases(scrape)).containsExactlyInAnyOrder("queue", "start", "run", "wait");
    assertThat(scrape.value("patchbay_invocation_phase_seconds_sum", "phase", "start"))
        .isCloseTo(0.007, within(1e-9));
  }

  @Test
  void what_invocations_took_of_the_machine_is_summed_by_type() {
    metrics.finished(
        record(
            "code",
            Optional.empty(),
            Map.of("cpu_ms", 30.0, "peak_memory_bytes", 4e7, "bytes_out", 10.0, "bytes_in", 4.0)));
    metrics.finished(
        record(
            "code", Optional.of(FailureReason.TIMEOUT), Map.of("bytes_out", 5.0, "cpu_ms", 1e4)));
    metrics.finished(record("api", Optional.empty(), Map.of("bytes_out", 7.0, "bytes_in", 8.0)));

    Scrape scrape = scrape();
    assertThat(scrape.value("patchbay_invocation_cpu_seconds_count", "type", "code")).isEqualTo(2);
    assertThat(scrape.value("patchbay_invocation_cpu_seconds_sum", "type", "code"))
        .isCloseTo(10.03, within(1e-9));
    assertThat(scrape.value("patchbay_invocation_peak_memory_bytes_sum", "type", "code"))
        .isEqualTo(4e7);
    assertThat(
            scrape.value(
                "patchbay_invocation_peak_memory_bytes_bucket",
                "type",
                "code",
                "le",
                "5.0331648E7"))
        .isEqualTo(1);
    assertThat(scrape.value("patchbay_invocation_sent_bytes_total", "type", "code")).isEqualTo(15);
    assertThat(scrape.value("patchbay_invocation_received_bytes_total", "type", "api"))
        .isEqualTo(8);
    assertThat(scrape.labels("patchbay_invocation_cpu_seconds")).containsExactly("type");
  }

  private static List<String> phases(Scrape scrape) {
    return scrape.samples().stream()
        .filter(s -> s.name().equals("patchbay_invocation_phase_seconds_count"))
        .map(s -> s.labels().get("phase"))
        .toList();
  }

  @Test
  void turns_breaks_and_repeats_are_counted() {
    metrics.ended(Environment.PRODUCTION, "bot", Optional.empty(), Duration.ofMillis(80));
    metrics.ended(Environment.STAGING, "pending", Optional.of("timeout"), Duration.ofSeconds(21));
    metrics.repeated(Environment.PRODUCTION);

    Scrape scrape = scrape();
    assertThat(scrape.value("patchbay_turn_seconds_count", "state", "bot")).isEqualTo(1);
    assertThat(
            scrape.value("patchbay_turn_seconds_sum", "environment", "staging", "state", "pending"))
        .isEqualTo(21);
    assertThat(scrape.value("patchbay_bot_breaks_total")).isEqualTo(1);
    assertThat(
            scrape.value(
                "patchbay_bot_breaks_total", "environment", "staging", "reason", "timeout"))
        .isEqualTo(1);
    assertThat(scrape.value("patchbay_turns_repeated_total", "environment", "production"))
        .isEqualTo(1);
  }

  @Test
  void requests_are_counted_by_route_and_status() {
    String route = "/api/v1/bots/{bot}";
    metrics.answered("GET", route, 200, Duration.ofMillis(4));
    metrics.answered("GET", route, 404, Duration.ofMillis(4));
    metrics.answered("GET", route, 200, Duration.ofMillis(40));

    Scrape scrape = scrape();
    assertThat(
            scrape.value(
                "patchbay_http_request_seconds_count",
                "method",
                "GET",
                "route",
                route,
                "status",
                "200"))
        .isEqualTo(2);
    assertThat(scrape.value("patchbay_http_request_seconds_bucket", "status", "200", "le", "0.005"))
        .isEqualTo(1);
  }

  @Test
  void sources_are_asked_at_every_reading() {
    assertThat(scrape().value("patchbay_store_commits_total")).isEqualTo(3);
    System.gc(); // what is asked must not be held weakly
    commits.set(5);
    sandbox.set(false);

    Scrape scrape = scrape();
    assertThat(scrape.value("patchbay_store_commits_total")).isEqualTo(5);
    assertThat(scrape.value("patchbay_store_writes_total")).isEqualTo(12);
    assertThat(scrape.value("patchbay_store_writes_waiting")).isEqualTo(2);
    assertThat(scrape.value("patchbay_sandbox_available")).isEqualTo(0);
    assertThat(scrape.value("patchbay_info", "version", "1.2.3")).isEqualTo(1);
    assertThat(scrape.value("jvm_memory_used_bytes", "area", "heap")).isPositive();
    assertThat(scrape.value("process_uptime_seconds")).isPositive();
  }

  private static InvocationRecord record(
      String type, Optional<FailureReason> failure, Map<String, Double> measures) {
    return new InvocationRecord(
        "inv_1",
        "shop",
        "TRACK",
        type,
        InvocationRecord.Origin.CHAT,
        Optional.of(Environment.PRODUCTION),
        Optional.of("v_1"),
        Optional.empty(),
        failure.isPresent() ? InvocationRecord.State.FAILED : InvocationRecord.State.SUCCEEDED,
        failure.map(reason -> new Failure(reason, "made to fail")),
        Instant.EPOCH,
        Duration.ofMillis(100),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        measures);
  }
}
