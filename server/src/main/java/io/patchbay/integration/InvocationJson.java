package io.patchbay.integration;

import io.patchbay.base.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Invocations as the API shows them: in lists, one alone, and as the answer of a test. */
public final class InvocationJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private InvocationJson() {}

  /** A row of a list; its outcome is null while it runs. */
  public static ObjectNode row(InvocationRecord record) {
    ObjectNode row =
        Json.object()
            .put("invocation_id", record.invocationId())
            .put("bot", record.bot())
            .put("node", record.node())
            .put("type", record.type())
            .put("outcome", outcome(record.state()));
    record.failure().ifPresent(f -> row.put("reason", f.reason().wire()));
    row.put("origin", record.origin().name());
    record.environment().ifPresent(e -> row.put("environment", e.wire()));
    record.version().ifPresent(v -> row.put("version", v));
    return row.put("started_at", time(record.startedAt()))
        .put("duration_ms", millis(record.duration()));
  }

  private static @Nullable String outcome(InvocationRecord.State state) {
    return switch (state) {
      case STARTED -> null;
      case SUCCEEDED, FAILED, INTERRUPTED -> state.wire();
    };
  }

  /** Everything that is kept. */
  public static ObjectNode whole(InvocationRecord record) {
    ObjectNode whole = row(record);
    record
        .message()
        .ifPresent(m -> {
          ObjectNode turn = whole.putObject("turn");
          turn.put("turn_id", m.turnId());
          turn.put("auth_id", m.authId());
          turn.put("conversation_no", m.conversationNo());
          m.messageId().ifPresent(id -> turn.put("message_id", id));
        });
    record.input().ifPresent(input -> whole.set("input", input));
    addResult(whole, record);
    return whole;
  }

  /** Output or error, logs, connections and measures. */
  public static void addResult(ObjectNode json, InvocationRecord record) {
    record.output().ifPresent(output -> json.set("output", output));
    record.failure().ifPresent(failure -> json.set("error", error(failure)));
    json.set("logs", logs(record.logs()));
    json.set("egress", egress(record.egress()));
    ObjectNode phases = json.putObject("measures");
    Measures.of(record).phases().forEach(phases::put);
    addMeasures(json, record);
  }

  /** Both sides of a call of an API. */
  public static ObjectNode exchange(Exchange exchange) {
    ObjectNode json = Json.object();
    Exchange.Request request = exchange.request();
    ObjectNode sent =
        json.putObject("request").put("method", request.method()).put("url", request.url());
    sent.set("headers", headers(request.headers()));
    sent.put("body", request.body());
    exchange
        .response()
        .ifPresent(response -> {
          ObjectNode came = json.putObject("response").put("status", response.status());
          came.set("headers", headers(response.headers()));
          came.put("body", response.body()).put("cut", response.cut());
        });
    return json;
  }

  private static ArrayNode headers(List<Exchange.Header> headers) {
    ArrayNode all = Json.array();
    headers.forEach(h -> all.addObject().put("name", h.name()).put("value", h.value()));
    return all;
  }

  /** An invocation in one line, for the log of a message. */
  public static ObjectNode measured(InvocationRecord record) {
    ObjectNode line = Json.object();
    line.put("invocation_id", record.invocationId());
    line.put("node", record.node());
    line.put("type", record.type());
    line.put("outcome", outcome(record.state()));
    record.failure().ifPresent(f -> line.put("reason", f.reason().wire()));
    line.put("duration_ms", millis(record.duration()));
    addMeasures(line, record);
    return line;
  }

  private static void addMeasures(ObjectNode json, InvocationRecord record) {
    Measures measures = Measures.of(record);
    Measures.Timing timing = measures.timing();
    json.putObject("timing")
        .put("queue_ms", rounded(timing.queue()))
        .put("start_ms", rounded(timing.start()))
        .put("run_ms", rounded(timing.run()))
        .put("total_ms", rounded(timing.total()));
    measures.cpu().ifPresent(cpu -> json.put("cpu_ms", rounded(cpu)));
    measures.peakMemory().ifPresent(peak -> json.put("peak_memory_bytes", peak));
    measures.isolation().ifPresent(isolation -> json.put("isolation", isolation));
    measures
        .restore()
        .ifPresent(restore ->
            json.put("restore_ms", rounded(restore))
                .put("restored_pages", measures.restoredPages()));
    json.put("bytes_out", measures.bytesOut()).put("bytes_in", measures.bytesIn());
  }

  /** To the microsecond. */
  private static double rounded(double millis) {
    return Math.round(millis * 1e3) / 1e3;
  }

  private static ObjectNode error(Failure failure) {
    ObjectNode error =
        Json.object().put("reason", failure.reason().wire()).put("message", failure.message());
    failure.traceback().ifPresent(t -> error.put("traceback", t));
    failure.line().ifPresent(l -> error.put("line", l));
    return error;
  }

  private static ArrayNode logs(List<LogLine> lines) {
    ArrayNode logs = Json.array();
    for (LogLine line : lines) {
      logs.addObject()
          .put("level", line.level())
          .put("logger", line.logger())
          .put("message", line.message())
          .put("time", time(line.time()));
    }
    return logs;
  }

  private static ArrayNode egress(List<EgressAttempt> attempts) {
    ArrayNode egress = Json.array();
    for (EgressAttempt attempt : attempts) {
      egress
          .addObject()
          .put("time", time(attempt.time()))
          .put("name", attempt.name().orElse(null))
          .put("address", attempt.address().orElse(null))
          .put("port", attempt.port())
          .put("verdict", attempt.allowed() ? "allowed" : "denied")
          .put("bytes_out", attempt.bytesOut())
          .put("bytes_in", attempt.bytesIn())
          .put("duration_ms", millis(attempt.duration()));
    }
    return egress;
  }

  /** ISO 8601 in UTC, to the millisecond. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** Whole milliseconds. */
  public static long millis(Duration duration) {
    return duration.toMillis();
  }
}
