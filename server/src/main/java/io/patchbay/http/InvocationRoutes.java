package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import io.patchbay.integration.InvocationJson;
import io.patchbay.integration.InvocationLog;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What integrations did: every invocation, with filters, and one with all that is kept of it. */
final class InvocationRoutes {
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
            .query("version", "VersionOrDraft", "of this version, or of drafts")
            .query("since", "Time", "that started then or later")
            .query("until", "Time", "that started before then")
            .query("text", "SearchText", "in which this text stands")
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
    InvocationLog.Filter filter = InvocationQuery.filter(request);
    room.versions(filter.bot(), Optional.empty(), 1); // refuses an unknown bot
    InvocationLog.Page page = log.list(filter, paging.cursor(), paging.limit());
    ObjectNode list =
        Views.list("invocations", page.items(), page.nextCursor(), InvocationJson::row);
    page.searched().ifPresent(rows -> list.put("searched", rows));
    return Reply.json(list);
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
