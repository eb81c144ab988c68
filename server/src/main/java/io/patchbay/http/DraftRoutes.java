package io.patchbay.http;

import io.patchbay.authoring.Authoring;
import io.patchbay.base.ErrorCode;
import io.patchbay.base.Problem;
import io.patchbay.bot.BotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Bots, and the whole definition of one as JSON or YAML. */
final class DraftRoutes {
  private static final String BOTS = "/api/v1/bots";
  private static final String BOT = "/api/v1/bots/{bot}";
  private static final String NAME = "[a-z0-9_-]{1,64}";
  private static final Route.Media AS_JSON = new Route.Media(Reply.JSON, "BotDefinition");
  private static final Route.Media AS_YAML = new Route.Media(Reply.YAML, "BotDefinition");

  private static final Route.Media AS_PATCH =
      new Route.Media("application/merge-patch+json", "BotPatch");

  private final BuilderRoom room;
  private final Yaml yaml;

  DraftRoutes(BuilderRoom room, Yaml yaml) {
    this.room = room;
    this.yaml = yaml;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", BOTS, Access.SIGNED_IN, this::list)
            .described("listBots", "All bots, the one changed last first")
            .paged()
            .answersJson("Bots", "A page of bots")
            .refuses(ErrorCode.INVALID_REQUEST),
        Route.of("GET", BOT, Access.SIGNED_IN, this::get)
            .described("getBot", "The whole definition with code and samples; has an ETag")
            .answers(200, "The draft", AS_JSON, AS_YAML)
            .refuses(ErrorCode.UNKNOWN_BOT),
        Route.of("PUT", BOT, Access.SIGNED_IN, this::put)
            .described(
                "putBot",
                "Replaces the definition; code and samples that it does not carry stay."
                    + " With If-Match only where nobody changed it meanwhile")
            .takes(true, Route.LARGE, AS_JSON, AS_YAML)
            .answers(200, "The draft as stored", AS_JSON, AS_YAML)
            .refuses(
                ErrorCode.INVALID_REQUEST,
                ErrorCode.STALE,
                ErrorCode.TOO_LARGE,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.INVALID_CONTENT),
        Route.of("PATCH", BOT, Access.SIGNED_IN, this::patch)
            .described(
                "patchBot",
                "Changes a part of the definition by a JSON Merge Patch (RFC 7396): what it names is"
                    + " set, null removes. With If-Match only where nobody changed it meanwhile")
            .takes(true, Route.LARGE, AS_PATCH, AS_JSON)
            .answers(200, "The draft as stored", AS_JSON, AS_YAML)
            .refuses(
                ErrorCode.UNKNOWN_BOT,
                ErrorCode.STALE,
                ErrorCode.TOO_LARGE,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.INVALID_CONTENT),
        Route.of("POST", BOT + "/copies", Access.SIGNED_IN, this::copy)
            .described(
                "copyBot",
                "Makes a bot as this one is, with code, samples and the values of variables;"
                    + " secrets stay secret")
            .takesJson("CopyRequest", Route.SMALL)
            .answers(200, "The draft of the new bot", AS_JSON, AS_YAML)
            .refuses(
                ErrorCode.UNKNOWN_BOT,
                ErrorCode.TOO_LARGE,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.INVALID_CONTENT),
        Route.of("DELETE", BOT, Access.SIGNED_IN, this::delete)
            .described("deleteBot", "Removes the bot with all that belongs to it")
            .answers(204, "Removed")
            .refuses(ErrorCode.UNKNOWN_BOT));
  }

  private Reply list(Request request) {
    Paging paging = Paging.of(request);
    BotStore.Page<BotStore.BotSummary> page = room.bots(paging.cursor(), paging.limit());
    return Reply.json(Views.list("bots", page.items(), page.nextCursor(), Views::bot));
  }

  private Reply get(Request request) {
    return document(request, room.definition(request.bot()));
  }

  private Reply put(Request request) {
    String bot = request.path("bot");
    if (!bot.matches(NAME)) {
      throw Request.invalid("bot", "must match " + NAME);
    }
    JsonNode document = request.body().document(yaml);
    Optional<String> ifRevision = Revisions.ifMatch(request, () -> room.definition(bot).revision());
    return document(request, room.put(bot, document, ifRevision));
  }

  private Reply patch(Request request) {
    String bot = request.bot();
    JsonNode patch = request.body().requiredJson();
    Optional<String> ifRevision = Revisions.ifMatch(request, () -> room.definition(bot).revision());
    return document(request, room.patch(bot, patch, ifRevision));
  }

  private Reply copy(Request request) {
    var problems = new ArrayList<Problem>();
    Fields fields = Fields.strict(request.body().requiredJson(), problems);
    Optional<String> to = fields.text("bot", 1, 64);
    Optional<String> name = fields.text("name", 1, 255);
    fields.require("bot", to.isPresent());
    if (!to.orElse("x").matches(NAME)) {
      problems.add(new Problem("bot", "must match " + NAME));
    }
    fields.finish();
    return document(request, room.copy(request.bot(), to.orElseThrow(), name));
  }

  private Reply delete(Request request) {
    room.delete(request.bot());
    return Reply.empty();
  }

  private Reply document(Request request, Authoring.Definition definition) {
    Reply reply =
        wantsYaml(request.header("Accept").orElse(""))
            ? Reply.yaml(yaml, definition.document())
            : Reply.json(definition.document());
    return reply.etag(definition.revision()).header("Vary", "Accept");
  }

  /** YAML only for those who name it, and do not name JSON before it. */
  private static boolean wantsYaml(String accept) {
    String wanted = accept.toLowerCase(Locale.ROOT);
    int yaml = wanted.indexOf(Reply.YAML);
    int json = wanted.indexOf(Reply.JSON);
    return yaml >= 0 && (json < 0 || yaml < json);
  }
}
