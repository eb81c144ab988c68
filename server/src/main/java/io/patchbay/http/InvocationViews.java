package io.patchbay.http;

import io.patchbay.base.Json;
import io.patchbay.integration.EgressAttempt;
import io.patchbay.integration.Failure;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.LogLine;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How an invocation looks on the wire. */
final class InvocationViews {
  private InvocationViews() {}

  /** A row of a list. {@code outcome} is null while it runs. */
  static ObjectNode row(InvocationRecord invocation) {
    ObjectNode row =
        Json.object()
            .put("invocation_id", invocation.invocationId())
            .put("bot", invocation.bot())
            .put("node", invocation.node())
            .put("type", invocation.type())
            .put("outcome", outcome(invocation.state()));
    invocation.failure().ifPresent(failure -> row.put("reason", failure.reason().wire()));
    row.put("origin", invocation.origin().name());
    invocation.environment().ifPresent(e -> row.put("environment", e.wire()));
    invocation.version().ifPresent(version -> row.put("version", version));
    return row.put("started_at", Views.time(invocation.startedAt()))
        .put("duration_ms", invocation.duration().toMillis());
  }

  /** All that is kept of it. */
  static ObjectNode whole(InvocationRecord invocation) {
    ObjectNode view = row(invocation);
    invocation.message().ifPresent(message -> view.set("turn", turn(message)));
    invocation.input().ifPresent(input -> view.set("input", input));
    invocation.output().ifPresent(output -> view.set("output", output));
    invocation.failure().ifPresent(failure -> view.set("error", error(failure)));
    var logs = view.putArray("logs");
    invocation.logs().forEach(line -> logs.add(log(line)));
    var egress = view.putArray("egress");
    invocation.egress().forEach(attempt -> egress.add(egress(attempt)));
    ObjectNode measures = view.putObject("measures");
    new TreeMap<>(invocation.measures()).forEach(measures::put);
    return view;
  }

  private static @Nullable String outcome(InvocationRecord.State state) {
    return switch (state) {
      case STARTED -> null;
      case SUCCEEDED, FAILED, INTERRUPTED -> state.wire();
    };
  }

  private static ObjectNode turn(InvocationRecord.MessageRef message) {
    ObjectNode turn =
        Json.object()
            .put("turn_id", message.turnId())
            .put("auth_id", message.authId())
            .put("conversation_no", message.conversationNo());
    message.messageId().ifPresent(id -> turn.put("message_id", id));
    return turn;
  }

  private static ObjectNode error(Failure failure) {
    ObjectNode error =
        Json.object().put("reason", failure.reason().wire()).put("message", failure.message());
    failure.traceback().ifPresent(traceback -> error.put("traceback", traceback));
    failure.line().ifPresent(line -> error.put("line", line));
    return error;
  }

  private static ObjectNode log(LogLine line) {
    return Json.object()
        .put("level", line.level())
        .put("logger", line.logger())
        .put("message", line.message())
        .put("time", Views.time(line.time()));
  }

  private static ObjectNode egress(EgressAttempt attempt) {
    ObjectNode view = Json.object().put("time", Views.time(attempt.time()));
    attempt.name().ifPresent(name -> view.put("name", name));
    attempt.address().ifPresent(address -> view.put("address", address));
    return view.put("port", attempt.port())
        .put("verdict", attempt.allowed() ? "allowed" : "denied")
        .put("bytes_out", attempt.bytesOut())
        .put("bytes_in", attempt.bytesIn())
        .put("duration_ms", attempt.duration().toMillis());
  }
}
