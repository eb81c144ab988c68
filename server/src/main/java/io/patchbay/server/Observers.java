package io.patchbay.server;

import io.patchbay.bot.Environment;
import io.patchbay.conversation.ChatMessage;
import io.patchbay.conversation.TurnObserver;
import io.patchbay.http.RequestObserver;
import io.patchbay.integration.Following;
import io.patchbay.integration.InvocationObserver;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.metrics.Metrics;
import io.patchbay.tracing.Traces;
import java.time.Duration;
import java.util.Optional;

/** Tells metrics, and traces where they are wanted, what happens. */
record Observers(Metrics metrics, Optional<Traces> traces)
    implements InvocationObserver, TurnObserver, RequestObserver {
  @Override
  public Following arrives(Optional<String> traceparent) {
    return traces.map(it -> it.arrives(traceparent)).orElse(Following.NONE);
  }

  @Override
  public void answered(String method, String route, int status, Duration took) {
    metrics.answered(method, route, status, took);
  }

  @Override
  public void connection(Connection event) {
    switch (event) {
      case OPENED -> metrics.connected(1);
      case CLOSED -> metrics.connected(-1);
      case REFUSED -> metrics.connectionRefused();
      case HEAD_LATE -> metrics.slowHead();
      case ANSWER_LATE -> metrics.slowReader();
    }
  }

  @Override
  public Following begins(ChatMessage message) {
    return traces.map(it -> it.begins(message)).orElse(Following.NONE);
  }

  @Override
  public void ended(Environment environment, String state, Optional<String> broke, Duration took) {
    metrics.ended(environment, state, broke, took);
    traces.ifPresent(it -> it.ended(environment, state, broke, took));
  }

  @Override
  public void repeated(Environment environment) {
    metrics.repeated(environment);
    traces.ifPresent(it -> it.repeated(environment));
  }

  @Override
  public Following starts(InvocationRecord started) {
    return traces.map(it -> it.starts(started)).orElse(Following.NONE);
  }

  @Override
  public void finished(InvocationRecord record) {
    metrics.finished(record);
    traces.ifPresent(it -> it.finished(record));
  }
}
