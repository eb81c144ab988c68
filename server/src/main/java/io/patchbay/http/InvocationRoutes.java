package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationJson;
import io.patchbay.integration.InvocationLog;
import io.patchbay.integration.InvocationRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What integrations did: every invocation, with filters, and one with all that is kept of it. */
final class InvocationRoutes {
  private static final List<String> OUTCOMES = List.of("succeeded", "failed", "interrupted");

  // Four-digit years: what is beyond cannot be told from a mistake, and overflows milliseconds.
  private static final Instant EARLIEST = Instant.parse("0000-12-31T23:59:59Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final BuilderRoom room;
  private final InvocationLog log;

  InvocationRoutes(BuilderRoom room, InvocationLog log) {
    this.room = room;
    this.log = log;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/bots/{bot}/invocations", Access.SIGNED_IN, this::list)
            .described("listInvocations", "Invocations, newest first")
            .query("node", "NodeName", "of this node only")
            .query("outcome", "Outcome", "that ended so")
            .query("reason", "FailureReason", "that failed for this reason")
            .query("origin", "Origin", "that came from there")
            .query("environment", "Environment", "in this environment; drafts have none")
            .query("since", "Time", "that started then or later")
            .paged()
            .answersJson("Invocations", "A page of invocations")
            .refuses(
                ErrorCode.INVALID_REQUEST, ErrorCode.UNKNOWN_ENVIRONMENT, ErrorCode.UNKNOWN_BOT),
        Route.of("GET", "/api/v1/invocations/{id}", Access.SIGNED_IN, this::one)
            .described("getInvocation", "One invocation with input, output, logs and connections")
            .answersJson("Invocation", "The invocation")
            .refuses(ErrorCode.UNKNOWN_INVOCATION));
  }

  private Reply list(Request request) {
    Paging paging = Paging.of(request);
    InvocationLog.Filter filter = filter(request);
    room.versions(filter.bot(), Optional.empty(), 1); // refuses an unknown bot
    InvocationLog.Page page = log.list(filter, paging.cursor(), paging.limit());
    return Reply.json(
        Views.list("invocations", page.items(), page.nextCursor(), InvocationJson::row));
  }

  private static InvocationLog.Filter filter(Request request) {
    return new InvocationLog.Filter(
        request.bot(),
        request.query("node"),
        request.query("outcome").map(o -> oneOf("outcome", o, OUTCOMES)),
        request.query("reason").map(InvocationRoutes::reason),
        request.query("origin").map(InvocationRoutes::origin),
        request.query("environment").map(ChatRoutes::environment),
        request.query("since").map(InvocationRoutes::since));
  }

  private static FailureReason reason(String wire) {
    return FailureReason.of(wire)
        .orElseThrow(() ->
            unknown(
                "reason", Arrays.stream(FailureReason.values()).map(FailureReason::wire).toList()));
  }

  private static InvocationRecord.Origin origin(String wire) {
    List<String> names = Arrays.stream(InvocationRecord.Origin.values()).map(Enum::name).toList();
    return InvocationRecord.Origin.valueOf(oneOf("origin", wire, names));
  }

  private static String oneOf(String parameter, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw unknown(parameter, allowed);
    }
    return value;
  }

  private static Refusal unknown(String parameter, List<String> allowed) {
    return Request.invalid(parameter, "must be one of " + String.join(", ", allowed));
  }

  private static Instant since(String text) {
    try {
      Instant since = OffsetDateTime.parse(text).toInstant();
      if (since.isAfter(EARLIEST) && since.isBefore(LATEST)) {
        return since;
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw Request.invalid("since", "must be a time such as 2026-01-31T09:30:00Z");
  }

  private Reply one(Request request) {
    String id = request.path("id");
    return log.find(id)
        .map(invocation -> Reply.json(InvocationJson.whole(invocation)))
        .orElseThrow(() ->
            new Refusal(
                ErrorCode.UNKNOWN_INVOCATION,
                "There is no invocation " + Request.quoted(id) + "."));
  }
}
