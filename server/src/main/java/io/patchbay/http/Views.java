package io.patchbay.http;

import io.patchbay.authoring.Authoring;
import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Environment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How what builders own looks on the wire. */
final class Views {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Views() {}

  /** ISO-8601 in UTC with milliseconds. */
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  static <T> ObjectNode list(
      String plural,
      List<T> items,
      Optional<String> nextCursor,
      Function<T, ? extends JsonNode> view) {
    ObjectNode list = Json.object();
    ArrayNode array = list.putArray(plural);
    items.forEach(item -> array.add(view.apply(item)));
    return list.put("next_cursor", nextCursor.orElse(null));
  }

  static ObjectNode bot(BotStore.BotSummary bot) {
    ObjectNode view =
        Json.object()
            .put("bot", bot.bot())
            .put("name", bot.name())
            .put("updated_at", time(bot.updatedAt()));
    ObjectNode live = view.putObject("live");
    bot.live().forEach((environment, version) -> live.put(environment.wire(), version));
    return view;
  }

  /** A secret's values are never in it. */
  static ObjectNode variable(Authoring.VariableView variable) {
    ObjectNode view =
        Json.object()
            .put("name", variable.name())
            .put("secret", variable.secret())
            .put("declared", variable.declared());
    ObjectNode set = Json.object();
    for (Environment environment : Environment.values()) {
      String value = variable.values().get(environment);
      if (value != null && !variable.secret()) {
        view.put(environment.wire(), value);
      }
      set.put(environment.wire(), variable.set().getOrDefault(environment, false));
    }
    view.set("set", set);
    return view;
  }

  static ObjectNode savedCode(Authoring.SavedCode saved) {
    ObjectNode view = Json.object();
    ArrayNode problems = view.putArray("problems");
    for (Authoring.SourceProblem problem : saved.problems()) {
      problems
          .addObject()
          .put("line", problem.line())
          .put("column", problem.column())
          .put("message", problem.message());
    }
    return view;
  }

  static ObjectNode trained(Authoring.Trained trained) {
    ObjectNode view = Json.object().put("version", trained.version().orElse(null));
    problems(view.putArray("problems"), trained.problems());
    problems(view.putArray("warnings"), trained.warnings());
    return view;
  }

  static ObjectNode version(BotStore.VersionSummary version) {
    return Json.object()
        .put("version", version.version())
        .put("created_at", time(version.createdAt()));
  }

  /** With the document that a PUT of the bot takes, to go back to it. */
  static ObjectNode version(BotStore.Version version) {
    ObjectNode document = version.definition().deepCopy();
    ObjectNode code = document.putObject("code");
    new TreeMap<>(version.code()).forEach(code::put);
    document.put("requirements", version.requirements());
    ObjectNode view =
        Json.object()
            .put("bot", version.bot())
            .put("version", version.version())
            .put("created_at", time(version.createdAt()));
    view.set("definition", document);
    view.put("packages_lock", version.lock());
    return view;
  }

  static ObjectNode deployment(BotStore.Deployment deployment) {
    return Json.object()
        .put("deployment_id", deployment.id())
        .put("bot", deployment.bot())
        .put("version", deployment.version())
        .put("environment", deployment.environment().wire())
        .put("by", deployment.by())
        .put("at", time(deployment.at()));
  }

  static void problems(ArrayNode array, List<Problem> problems) {
    for (Problem problem : problems) {
      array.addObject().put("pointer", problem.pointer()).put("message", problem.message());
    }
  }
}
