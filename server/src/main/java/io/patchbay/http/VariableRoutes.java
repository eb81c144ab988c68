package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Problem;
import io.patchbay.bot.Environment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A bot's variables and their values per environment. */
final class VariableRoutes {
  private static final String VARIABLES = "/api/v1/bots/{bot}/variables";
  private static final String VARIABLE = VARIABLES + "/{name}";
  private static final int LONGEST_VALUE = 100_000;

  private final BuilderRoom room;

  VariableRoutes(BuilderRoom room) {
    this.room = room;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", VARIABLES, Access.SIGNED_IN, this::list)
            .described("listVariables", "All variables; the values of secrets are never shown")
            .answersJson("Variables", "By name")
            .refuses(ErrorCode.UNKNOWN_BOT),
        Route.of("PUT", VARIABLE, Access.SIGNED_IN, this::put)
            .described("putVariable", "Sets the given values; what is not given stays")
            .takesJson("VariableValues", Route.SMALL)
            .answersJson("Variable", "The variable")
            .refuses(
                ErrorCode.UNKNOWN_BOT,
                ErrorCode.TOO_LARGE,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.INVALID_CONTENT),
        Route.of("DELETE", VARIABLE, Access.SIGNED_IN, this::delete)
            .described("deleteVariable", "Removes a variable's values")
            .answers(204, "Removed")
            .refuses(ErrorCode.UNKNOWN_BOT, ErrorCode.UNKNOWN_VARIABLE));
  }

  private Reply list(Request request) {
    return Reply.json(
        Views.list("variables", room.variables(request.bot()), Optional.empty(), Views::variable));
  }

  private Reply put(Request request) {
    String bot = request.bot();
    String name = request.path("name");
    JsonNode body = request.body().requiredJson();
    var problems = new ArrayList<Problem>();
    Fields fields = Fields.strict(body, problems);
    var values = new EnumMap<Environment, String>(Environment.class);
    for (Environment environment : Environment.values()) {
      String key = environment.wire();
      fields.text(key, 0, LONGEST_VALUE).ifPresent(value -> values.put(environment, value));
      if (body.path(key).isNull()) {
        fields.problem(key, "must be a text; leave it out to keep the value");
      }
    }
    Optional<Boolean> secret = fields.flag("secret");
    fields.finish();
    return Reply.json(Views.variable(room.putVariable(bot, name, values, secret)));
  }

  private Reply delete(Request request) {
    room.deleteVariable(request.bot(), request.path("name"));
    return Reply.empty();
  }
}
