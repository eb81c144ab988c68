package io.patchbay.http;

import io.patchbay.authoring.PackageDesk;
import io.patchbay.base.ErrorCode;
import java.util.List;
import java.util.Optional;

/** The Python packages of a bot's code. */
final class PackageRoutes {
  private static final String PACKAGES = "/api/v1/bots/{bot}/packages";

  private final BuilderRoom room;

  PackageRoutes(BuilderRoom room) {
    this.room = room;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", PACKAGES, Access.SIGNED_IN, this::packages)
            .described("getPackages", "What the draft requires, what is installed, how it went")
            .answersJson("Packages", "State, lock and log")
            .refuses(ErrorCode.UNKNOWN_BOT),
        Route.of("PUT", PACKAGES, Access.SIGNED_IN, this::put)
            .described("putRequirements", "Saves requirements.txt and begins to install")
            .takes(true, Route.SMALL, new Route.Media(Reply.TEXT, "Requirements"))
            .answersJson("Packages", "Saved; the installation goes on in the background")
            .refuses(
                ErrorCode.UNKNOWN_BOT,
                ErrorCode.STALE,
                ErrorCode.TOO_LARGE,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.INVALID_CONTENT),
        Route.of("POST", PACKAGES + "/install", Access.SIGNED_IN, this::install)
            .described("installPackages", "Tries again to install what the draft requires")
            .answersJson("Packages", "The installation goes on in the background")
            .refuses(ErrorCode.UNKNOWN_BOT));
  }

  private Reply packages(Request request) {
    return Reply.json(PackageView.of(room.packages(request.bot())));
  }

  private Reply put(Request request) {
    String bot = request.bot();
    byte[] text = request.body().text();
    Optional<String> ifRevision = Revisions.ifMatch(request, () -> room.definition(bot).revision());
    PackageDesk.View saved = room.putRequirements(bot, text, ifRevision);
    return Reply.json(PackageView.of(saved));
  }

  private Reply install(Request request) {
    return Reply.json(PackageView.of(room.installPackages(request.bot())));
  }
}
