package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Problem;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From draft to live: train, versions, deployments. */
final class ReleaseRoutes {
  private static final String BOT = "/api/v1/bots/{bot}";
  private static final String DEPLOYMENTS = BOT + "/deployments";

  /** Who deployed, as long as there is one administrator and nobody else. */
  private static final String ADMINISTRATOR = "admin";

  private final BuilderRoom room;

  ReleaseRoutes(BuilderRoom room) {
    this.room = room;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", BOT + "/train", Access.SIGNED_IN, this::train)
            .described("train", "Checks the draft and makes a version of it; problems prevent one")
            .answersJson("Trained", "The version, or what prevents it")
            .refuses(ErrorCode.UNKNOWN_BOT),
        Route.of("GET", BOT + "/versions", Access.SIGNED_IN, this::versions)
            .described("listVersions", "Versions, newest first")
            .paged()
            .answersJson("Versions", "A page of versions")
            .refuses(ErrorCode.INVALID_REQUEST, ErrorCode.UNKNOWN_BOT),
        Route.of("GET", BOT + "/versions/{version}", Access.SIGNED_IN, this::version)
            .described("getVersion", "One version with its definition and code")
            .answersJson("Version", "The version")
            .refuses(ErrorCode.UNKNOWN_BOT, ErrorCode.UNKNOWN_VERSION),
        Route.of("POST", DEPLOYMENTS, Access.SIGNED_IN, this::deploy)
            .described("deploy", "Makes a version live in an environment; an older one rolls back")
            .takesJson("DeployRequest", Route.SMALL)
            .answersJson("Deployment", "Live from the next message on")
            .refuses(
                ErrorCode.UNKNOWN_ENVIRONMENT,
                ErrorCode.UNKNOWN_BOT,
                ErrorCode.UNKNOWN_VERSION,
                ErrorCode.TOO_LARGE,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.INVALID_CONTENT),
        Route.of("GET", DEPLOYMENTS, Access.SIGNED_IN, this::deployments)
            .described("listDeployments", "What was live when, newest first")
            .query("environment", "Environment", "of this environment only")
            .paged()
            .answersJson("Deployments", "A page of deployments")
            .refuses(
                ErrorCode.INVALID_REQUEST, ErrorCode.UNKNOWN_ENVIRONMENT, ErrorCode.UNKNOWN_BOT));
  }

  private Reply train(Request request) {
    return Reply.json(Views.trained(room.train(request.bot())));
  }

  private Reply versions(Request request) {
    Paging paging = Paging.of(request);
    BotStore.Page<BotStore.VersionSummary> page =
        room.versions(request.bot(), paging.cursor(), paging.limit());
    return Reply.json(Views.list("versions", page.items(), page.nextCursor(), Views::version));
  }

  private Reply version(Request request) {
    return Reply.json(Views.version(room.version(request.bot(), request.path("version"))));
  }

  private Reply deploy(Request request) {
    String bot = request.bot();
    var problems = new ArrayList<Problem>();
    Fields fields = Fields.strict(request.body().requiredJson(), problems);
    Optional<String> version = fields.text("version", 1, 255);
    Optional<String> named = fields.text("environment", 1, 255);
    fields.require("version", version.isPresent());
    fields.require("environment", named.isPresent());
    fields.finish();
    Environment environment = ChatRoutes.environment(named.orElseThrow());
    BotStore.Deployment made = room.deploy(bot, version.orElseThrow(), environment, ADMINISTRATOR);
    return Reply.json(Views.deployment(made));
  }

  private Reply deployments(Request request) {
    Paging paging = Paging.of(request);
    BotStore.Page<BotStore.Deployment> page =
        room.deployments(
            request.bot(),
            request.query("environment").map(ChatRoutes::environment),
            paging.cursor(),
            paging.limit());
    return Reply.json(
        Views.list("deployments", page.items(), page.nextCursor(), Views::deployment));
  }
}
