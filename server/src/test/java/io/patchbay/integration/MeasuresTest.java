package io.patchbay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.bot.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class MeasuresTest {
  private static InvocationRecord record(String type, Map<String, Double> measures) {
    return new InvocationRecord(
        "inv_1",
        "shop",
        "TRACK",
        type,
        InvocationRecord.Origin.CHAT,
        Optional.of(Environment.PRODUCTION),
        Optional.of("v_1"),
        Optional.empty(),
        InvocationRecord.State.FAILED,
        Optional.of(new Failure(FailureReason.TIMEOUT, "late")),
        Instant.EPOCH,
        Duration.ofNanos(120_500_400),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        measures);
  }

  private static ObjectNode shown(InvocationRecord record) {
    ObjectNode json = Json.object();
    InvocationJson.addResult(json, record);
    return json;
  }

  @Test
  void code_shows_its_phases_processor_memory_and_bytes() {
    ObjectNode json =
        shown(
            record(
                "code",
                Map.of(
                    "queue_ms", 1.5,
                    "start_ms", 2.25,
                    "run_ms", 100.0,
                    "cpu_ms", 12.5,
                    "peak_memory_bytes", 3_000_000_000.0,
                    "bytes_out", 9e9,
                    "bytes_in", 5.0)));
    assertThat(Json.write(json.get("timing")))
        .isEqualTo("{\"queue_ms\":1.5,\"start_ms\":2.25,\"run_ms\":100.0,\"total_ms\":120.5}");
    assertThat(json.get("cpu_ms").asDouble()).isEqualTo(12.5);
    assertThat(Json.write(json.get("peak_memory_bytes"))).isEqualTo("3000000000");
    assertThat(Json.write(json.get("bytes_out"))).isEqualTo("9000000000");
    assertThat(json.get("bytes_in").asLong()).isEqualTo(5);
    assertThat(json.get("measures").propertyNames())
        .containsExactlyInAnyOrder("queue_ms", "start_ms", "run_ms");
  }

  @Test
  void an_api_shows_the_same_phases_and_no_processor_of_its_own() {
    ObjectNode json =
        shown(
            record(
                "api", Map.of("dns", 1.0, "connect", 2.0, "tls", 4.0, "send", 8.0, "wait", 16.0)));
    assertThat(Json.write(json.get("timing")))
        .isEqualTo("{\"queue_ms\":0.0,\"start_ms\":7.0,\"run_ms\":24.0,\"total_ms\":120.5}");
    assertThat(json.has("cpu_ms")).isFalse();
    assertThat(json.has("peak_memory_bytes")).isFalse();
    assertThat(json.get("bytes_out").asLong()).isZero();
  }

  @Test
  void one_line_of_a_message_log_says_which_invocation_it_was_and_what_it_took() {
    ObjectNode line = InvocationJson.measured(record("code", Map.of("cpu_ms", 3.0)));
    assertThat(line.propertyNames())
        .containsExactly(
            "invocation_id",
            "node",
            "type",
            "outcome",
            "reason",
            "duration_ms",
            "timing",
            "cpu_ms",
            "bytes_out",
            "bytes_in");
    assertThat(line.get("reason").asString()).isEqualTo("timeout");
  }
}
