package io.patchbay.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.patchbay.bot.Environment;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.Measures;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What spans say: names, ids, closed lists and numbers. Never what users, code or APIs said. */
final class SpanText {
  static final TextMapGetter<Map<String, String>> GETTER =
      (carrier, key) -> carrier == null ? null : carrier.get(key);

  static final TextMapSetter<Map<String, String>> SETTER =
      (carrier, key, value) -> {
        if (carrier != null) {
          var _ = carrier.put(key, value);
        }
      };

  private SpanText() {}

  static void turn(Span span, String state, Optional<String> broke) {
    span.setAttribute("patchbay.state", state);
    broke.ifPresent(reason -> {
      span.setAttribute("patchbay.bot_break", reason);
      span.setStatus(StatusCode.ERROR, reason);
    });
  }

  static void invocation(Span span, InvocationRecord record) {
    span.setAttribute("patchbay.invocation_id", record.invocationId())
        .setAttribute("patchbay.bot", record.bot())
        .setAttribute("patchbay.node", record.node())
        .setAttribute("patchbay.type", record.type())
        .setAttribute("patchbay.origin", record.origin().name().toLowerCase(Locale.ROOT))
        .setAttribute("patchbay.outcome", record.state().wire());
    record
        .environment()
        .map(Environment::wire)
        .ifPresent(name -> span.setAttribute("patchbay.environment", name));
    record.version().ifPresent(version -> span.setAttribute("patchbay.version", version));
    record.message().ifPresent(m -> span.setAttribute("patchbay.turn_id", m.turnId()));
    record
        .failure()
        .map(failure -> failure.reason())
        .map(FailureReason::wire)
        .ifPresent(reason -> {
          span.setAttribute("patchbay.reason", reason);
          span.setStatus(StatusCode.ERROR, reason);
        });
    measures(span, Measures.of(record));
  }

  private static void measures(Span span, Measures measures) {
    Measures.Timing timing = measures.timing();
    span.setAttribute("patchbay.queue_ms", timing.queue())
        .setAttribute("patchbay.start_ms", timing.start())
        .setAttribute("patchbay.run_ms", timing.run())
        .setAttribute("patchbay.bytes_out", measures.bytesOut())
        .setAttribute("patchbay.bytes_in", measures.bytesIn());
    measures.cpu().ifPresent(millis -> span.setAttribute("patchbay.cpu_ms", millis));
    measures
        .peakMemory()
        .ifPresent(bytes -> span.setAttribute("patchbay.peak_memory_bytes", bytes));
  }
}
