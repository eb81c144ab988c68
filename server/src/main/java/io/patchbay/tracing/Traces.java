package io.patchbay.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.patchbay.bot.Environment;
import io.patchbay.conversation.ChatMessage;
import io.patchbay.conversation.TurnObserver;
import io.patchbay.integration.Following;
import io.patchbay.integration.InvocationObserver;
import io.patchbay.integration.InvocationRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A span for every turn, and beneath it one for every invocation. Spans are sent in batches by a
 * thread of the library, from a queue with an end: what does not fit is dropped, so that a
 * collector that is slow or away costs no turn anything. Safe for use by many threads.
 *
 * <p>What a thread is in the middle of is bound to the thread, as the library does it: what is
 * begun last is ended first, by the same thread.
 */
public final class Traces implements InvocationObserver, TurnObserver, AutoCloseable {
  /** How long what is still to be sent is waited for at the end. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);

  private static final String TRACEPARENT = "traceparent";

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;

  private Traces(OpenTelemetrySdk sdk, String version) {
    this.sdk = sdk;
    this.tracer = sdk.getTracerProvider().get("io.patchbay", version);
  }

  /**
   * Empty where no endpoint is configured.
   *
   * @param environment variables as OpenTelemetry names them, others are ignored
   * @param version of this server
   * @throws RuntimeException a variable has a value that OpenTelemetry does not know
   */
  public static Optional<Traces> start(Map<String, String> environment, String version) {
    return TraceSettings.sdk(environment, version).map(sdk -> new Traces(sdk, version));
  }

  /** A request has come: what it leads to belongs to the client's trace. */
  public Following arrives(Optional<String> traceparent) {
    return traceparent
        .map(given -> new Carried(current(remote(given))))
        .map(Following.class::cast)
        .orElse(Following.NONE);
  }

  @SuppressWarnings("MustBeClosedChecker") // closed with the following that holds it
  private static Scope current(Context context) {
    return context.makeCurrent();
  }

  private static Context remote(String traceparent) {
    return W3CTraceContextPropagator.getInstance()
        .extract(Context.current(), Map.of(TRACEPARENT, traceparent), SpanText.GETTER);
  }

  @Override
  public Following begins(ChatMessage message) {
    Span span =
        tracer
            .spanBuilder("turn")
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("patchbay.bot", message.key().bot())
            .setAttribute("patchbay.environment", message.key().environment().wire())
            .startSpan();
    return new Spanned(span, current(Context.current().with(span)));
  }

  @Override
  public void ended(Environment environment, String state, Optional<String> broke, Duration took) {
    SpanText.turn(Span.current(), state, broke);
  }

  @Override
  public void repeated(Environment environment) {
    Span.current().setAttribute("patchbay.repeated", true);
  }

  @Override
  public Following starts(InvocationRecord started) {
    Span span =
        tracer
            .spanBuilder("invocation")
            .setSpanKind(started.type().equals("api") ? SpanKind.CLIENT : SpanKind.INTERNAL)
            .setStartTimestamp(started.startedAt())
            .startSpan();
    return new Spanned(span, current(Context.current().with(span)));
  }

  @Override
  public void finished(InvocationRecord record) {
    SpanText.invocation(Span.current(), record);
    // The second end, when it is closed, does nothing.
    Instant end = record.startedAt().plus(record.duration());
    Span.current().end(end);
  }

  @Override
  public void close() {
    var _ = sdk.shutdown().join(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Somebody else's span, under which this thread works. */
  private record Carried(Scope scope) implements Following {
    @Override
    public void close() {
      scope.close();
    }
  }

  /** A span of ours, under which this thread works. */
  private record Spanned(Span span, Scope scope) implements Following {
    @Override
    public Optional<String> traceparent() {
      Map<String, String> carrier = new HashMap<>();
      W3CTraceContextPropagator.getInstance()
          .inject(Context.current().with(span), carrier, SpanText.SETTER);
      return Optional.ofNullable(carrier.get(TRACEPARENT));
    }

    @Override
    public void close() {
      scope.close();
      span.end();
    }
  }
}
