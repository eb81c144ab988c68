package io.patchbay.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.base.Json;
import io.patchbay.bot.Environment;
import io.patchbay.conversation.ChatMessage;
import io.patchbay.conversation.ConversationStore;
import io.patchbay.integration.Failure;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.Following;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.testing.SpanReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";
  private static final ChatMessage MESSAGE =
      new ChatMessage(
          new ConversationStore.Key("shop", Environment.PRODUCTION, "the-user"),
          Optional.of("the-message"),
          ChatMessage.UserFields.NONE,
          Optional.of("the-text"),
          Optional.empty(),
          List.of());

  private SpanReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = SpanReceiver.start();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private Traces traces(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(receiver.environment());
    environment.putAll(more);
    return Traces.start(environment, "1.2.3").orElseThrow();
  }

  private static InvocationRecord record(String type, Optional<Failure> failure) {
    return new InvocationRecord(
        "inv_1",
        "shop",
        "TRACK",
        type,
        InvocationRecord.Origin.CHAT,
        Optional.of(Environment.PRODUCTION),
        Optional.of("v_1"),
        Optional.of(
            new InvocationRecord.MessageRef(
                "turn_1", "the-user", 3, Optional.of("the-message"), "the-hash")),
        failure.isPresent() ? InvocationRecord.State.FAILED : InvocationRecord.State.SUCCEEDED,
        failure,
        Instant.ofEpochSecond(1_700_000_000),
        Duration.ofMillis(120),
        Optional.of(Json.object().put("node", "the-input")),
        Optional.of(Json.object().put("response", "the-output")),
        List.of(),
        List.of(),
        Map.of(
            "queue_ms", 1.0,
            "start_ms", 2.0,
            "run_ms", 100.0,
            "cpu_ms", 12.5,
            "peak_memory_bytes", 5e7,
            "bytes_out", 30.0,
            "bytes_in", 4.0));
  }

  /** One turn with one invocation; what was sent on. */
  private static String turn(Traces traces, Optional<String> traceparent, InvocationRecord record) {
    try (Following _ = traces.arrives(traceparent);
        Following _ = traces.begins(MESSAGE)) {
      String sent;
      try (Following invocation = traces.starts(record)) {
        sent = invocation.traceparent().orElseThrow();
        traces.finished(record);
      }
      Optional<String> broke = record.failure().map(failure -> failure.reason().wire());
      traces.ended(Environment.PRODUCTION, "bot", broke, Duration.ofMillis(130));
      return sent;
    }
  }

  @Test
  void a_turn_and_its_invocation_are_spans_of_the_clients_trace() {
    String sent;
    try (Traces traces = traces(Map.of())) {
      sent =
          turn(
              traces,
              Optional.of("00-" + TRACE + "-" + PARENT + "-01"),
              record("code", Optional.empty()));
    }
    assertThat(receiver.await(2)).hasSize(2);
    SpanReceiver.Span turn = receiver.named("turn").getFirst();
    SpanReceiver.Span invocation = receiver.named("invocation").getFirst();
    assertThat(turn.trace()).isEqualTo(TRACE).isEqualTo(invocation.trace());
    assertThat(turn.parent()).isEqualTo(PARENT);
    assertThat(invocation.parent()).isEqualTo(turn.id());
    assertThat(sent).isEqualTo("00-" + TRACE + "-" + invocation.id() + "-01");
    assertThat(turn.attributes())
        .isEqualTo(
            Map.of(
                "patchbay.bot", "shop",
                "patchbay.environment", "production",
                "patchbay.state", "bot"));
    assertThat(invocation.failed()).isFalse();
    assertThat(invocation.attributes())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("patchbay.invocation_id", "inv_1"),
                Map.entry("patchbay.bot", "shop"),
                Map.entry("patchbay.node", "TRACK"),
                Map.entry("patchbay.type", "code"),
                Map.entry("patchbay.origin", "chat"),
                Map.entry("patchbay.outcome", "succeeded"),
                Map.entry("patchbay.environment", "production"),
                Map.entry("patchbay.version", "v_1"),
                Map.entry("patchbay.turn_id", "turn_1"),
                Map.entry("patchbay.queue_ms", 1.0),
                Map.entry("patchbay.start_ms", 2.0),
                Map.entry("patchbay.run_ms", 100.0),
                Map.entry("patchbay.cpu_ms", 12.5),
                Map.entry("patchbay.peak_memory_bytes", 50_000_000L),
                Map.entry("patchbay.bytes_out", 30L),
                Map.entry("patchbay.bytes_in", 4L)));
    assertThat(receiver.resources().getFirst())
        .containsEntry("service.name", "patchbay")
        .containsEntry("service.version", "1.2.3");
  }

  @Test
  void nothing_that_users_code_or_apis_said_is_in_a_span() {
    try (Traces traces = traces(Map.of())) {
      Failure failure =
          new Failure(
              FailureReason.EXCEPTION, "the-failure", Optional.of("the-traceback"), Optional.of(3));
      turn(traces, Optional.empty(), record("code", Optional.of(failure)));
    }
    assertThat(receiver.await(2)).hasSize(2);
    SpanReceiver.Span invocation = receiver.named("invocation").getFirst();
    assertThat(invocation.failed()).isTrue();
    assertThat(invocation.attributes()).containsEntry("patchbay.reason", "exception");
    assertThat(receiver.named("turn").getFirst().attributes())
        .containsEntry("patchbay.bot_break", "exception");
    assertThat(receiver.wire()).contains("inv_1").doesNotContain("the-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-\u0000\ud800",
      })
  void a_broken_traceparent_begins_a_trace_of_its_own(String broken) {
    try (Traces traces = traces(Map.of())) {
      turn(traces, Optional.of(broken), record("api", Optional.empty()));
    }
    assertThat(receiver.await(2)).hasSize(2);
    assertThat(receiver.named("turn").getFirst().parent()).isEmpty();
    assertThat(receiver.named("turn").getFirst().trace()).isNotEqualTo(TRACE);
  }

  @Test
  void a_client_that_does_not_sample_is_followed_in_that() {
    String sent;
    try (Traces traces = traces(Map.of())) {
      sent =
          turn(
              traces,
              Optional.of("00-" + TRACE + "-" + PARENT + "-00"),
              record("api", Optional.empty()));
    }
    assertThat(sent).startsWith("00-" + TRACE).endsWith("-00");
    assertThat(receiver.spans()).isEmpty();
  }

  @Test
  void a_turn_that_a_bug_ends_is_a_span_too_and_leaves_nothing_on_the_thread() {
    try (Traces traces = traces(Map.of())) {
      assertThatThrownBy(
              () -> {
                try (Following _ = traces.begins(MESSAGE);
                    Following _ = traces.starts(record("code", Optional.empty()))) {
                  throw new IllegalStateException("a bug");
                }
              })
          .hasMessage("a bug");
      turn(traces, Optional.empty(), record("code", Optional.empty()));
    }
    assertThat(receiver.await(4)).hasSize(4);
    assertThat(receiver.named("turn")).hasSize(2).allMatch(span -> span.parent().isEmpty());
    assertThat(receiver.named("invocation")).hasSize(2);
  }

  @Test
  void without_an_endpoint_or_switched_off_there_is_nothing() {
    assertThat(Traces.start(Map.of(), "1")).isEmpty();
    assertThat(Traces.start(Map.of("OTEL_SERVICE_NAME", "x"), "1")).isEmpty();
    assertThat(Traces.start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " "), "1")).isEmpty();
    for (Map<String, String> off :
        List.of(Map.of("OTEL_SDK_DISABLED", "true"), Map.of("OTEL_TRACES_EXPORTER", "none"))) {
      Map<String, String> environment = new HashMap<>(receiver.environment());
      environment.putAll(off);
      assertThat(Traces.start(environment, "1")).isEmpty();
    }
  }

  @Test
  void the_documented_variables_count() {
    try (Traces traces =
        traces(Map.of("OTEL_SERVICE_NAME", "my-shop", "OTEL_TRACES_SAMPLER", "always_off"))) {
      turn(traces, Optional.empty(), record("code", Optional.empty()));
    }
    assertThat(receiver.spans()).isEmpty();
    try (Traces traces = traces(Map.of("OTEL_SERVICE_NAME", "my-shop"))) {
      turn(traces, Optional.empty(), record("code", Optional.empty()));
    }
    assertThat(receiver.await(2)).hasSize(2);
    assertThat(receiver.resources().getFirst()).containsEntry("service.name", "my-shop");
    assertThatThrownBy(() -> traces(Map.of("OTEL_TRACES_SAMPLER", "perhaps")))
        .hasMessageContaining("perhaps");
  }

  @Test
  void a_collector_that_is_silent_or_away_delays_nothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      for (String endpoint :
          List.of("http://127.0.0.1:" + silent.getLocalPort(), "http://127.0.0.1:1")) {
        Traces traces = traces(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint));
        long longest = 0;
        for (int i = 0; i < 10_000; i++) {
          long start = System.nanoTime();
          turn(traces, Optional.empty(), record("code", Optional.empty()));
          longest = Math.max(longest, System.nanoTime() - start);
        }
        // The exporter itself waits for ten seconds.
        assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(5));
        long start = System.nanoTime();
        traces.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
      }
    }
  }
}
