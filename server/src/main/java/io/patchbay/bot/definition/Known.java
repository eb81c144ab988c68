package io.patchbay.bot.definition;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What the document declares by name, whether or not it is well declared: a mistake in a
 * declaration is told once, at its place, not again wherever the name is used.
 *
 * @param language default language of texts
 * @param variables name to whether it is a secret
 * @param hasBaseUrl whether {@code base_url} is there at all
 * @param unreadable sections of a wrong type, whose names are therefore not known
 * @param warnings what is odd but runs
 */
record Known(
    String language,
    Set<String> nodes,
    Set<String> entities,
    Map<String, Boolean> variables,
    boolean hasBaseUrl,
    Set<String> unreadable,
    Problems warnings) {
  private static final List<String> SECTIONS = List.of("nodes", "entities", "variables");

  static Known in(JsonNode document) {
    var variables = new LinkedHashMap<String, Boolean>();
    JsonNode declared = document.path("variables");
    for (String name : declared.propertyNames()) {
      JsonNode secret = declared.path(name).path("secret");
      variables.put(name, secret.isString() || (secret.isBoolean() && secret.booleanValue()));
    }
    String language = document.path("language").stringValue("");
    return new Known(
        Words.isLanguage(language) ? language : Words.DEFAULT_LANGUAGE,
        names(document, "nodes"),
        names(document, "entities"),
        variables,
        document.path("base_url").isObject(),
        SECTIONS.stream()
            .filter(key -> document.has(key) && !document.path(key).isObject())
            .collect(Collectors.toSet()),
        new Problems("warnings"));
  }

  private static Set<String> names(JsonNode document, String key) {
    return new LinkedHashSet<>(document.path(key).propertyNames());
  }

  /** Whether there is such a node; a problem of {@code place} where there is not. */
  boolean node(Place place, String name) {
    return named(place, "node", name, nodes, "nodes");
  }

  boolean entity(Place place, String name) {
    return named(place, "entity", name, entities, "entities");
  }

  boolean variable(Place place, String name) {
    return named(place, "variable", name, variables.keySet(), "variables");
  }

  private boolean named(Place place, String kind, String name, Set<String> known, String section) {
    if (known.contains(name) || unreadable.contains(section)) {
      return true;
    }
    String instead = place.problems().fewSoFar() ? Suggest.instead(name, known) : "";
    place.problem("no " + kind + " " + Quote.name(name) + instead);
    return false;
  }
}
