package io.patchbay.entity;

import io.patchbay.bot.Bot;
import io.patchbay.bot.EntityType;
import io.patchbay.bot.EntityUse;
import io.patchbay.bot.LocalText;
import io.patchbay.entity.EntitySearch.Detected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Makes bots that have nothing but entities. */
final class EntityBots {
  private EntityBots() {}

  static EntityCollector collector(EntityType... types) {
    Map<String, EntityType> byName = new LinkedHashMap<>();
    for (EntityType type : types) {
      byName.put(type.name(), type);
    }
    return collector(byName);
  }

  static EntityCollector collector(Map<String, EntityType> types) {
    return new EntityCollector(
        new Bot(
            "test",
            "Test",
            "en",
            Map.of(),
            false,
            Bot.Phrases.of(new LocalText(Map.of("en", Bot.DEFAULT_BOT_BREAK))),
            Bot.Egress.DEFAULT,
            Bot.Limits.DEFAULT,
            Map.of(),
            types,
            Map.of()));
  }

  static Map<String, EntityType> types(JsonNode json) {
    Map<String, EntityType> types = new LinkedHashMap<>();
    json.properties().forEach(e -> types.put(e.getKey(), type(e.getKey(), e.getValue())));
    return types;
  }

  private static EntityType type(String name, JsonNode json) {
    return switch (json.get("type").asString()) {
      case "regex" -> new EntityType.Regex(name, List.of(), json.get("pattern").asString());
      case "dictionary" -> new EntityType.Dictionary(name, List.of(), words(json.get("values")));
      case "number" ->
          new EntityType.WholeNumber(name, List.of(), bound(json, "min"), bound(json, "max"));
      case "text" -> new EntityType.Text(name, List.of());
      case "phone_number" -> new EntityType.PhoneNumber(name, List.of());
      case "email" -> new EntityType.Email(name, List.of());
      default -> throw new IllegalArgumentException(json.toString());
    };
  }

  private static Map<String, List<String>> words(JsonNode json) {
    Map<String, List<String>> words = new LinkedHashMap<>();
    json.properties()
        .forEach(e ->
            words.put(e.getKey(), e.getValue().valueStream().map(JsonNode::asString).toList()));
    return words;
  }

  private static OptionalInt bound(JsonNode json, String key) {
    return json.has(key) ? OptionalInt.of(json.get(key).asInt()) : OptionalInt.empty();
  }

  /** What a message holds, where it does not cost too much. */
  static Map<String, List<EntityValue>> detect(
      EntityCollector collector,
      List<EntityUse> uses,
      Optional<String> asked,
      String message,
      String language) {
    return switch (collector.search(message).detect(uses, asked, language)) {
      case Detected.Found(var values) -> values;
      case Detected.TooCostly costly -> throw new AssertionError(costly);
    };
  }

  /** An entity is required unless its name ends in a question mark. */
  static List<EntityUse> uses(String... entities) {
    List<EntityUse> uses = new ArrayList<>();
    for (String entity : entities) {
      boolean optional = entity.endsWith("?");
      uses.add(new EntityUse(entity.replace("?", ""), !optional, List.of()));
    }
    return uses;
  }
}
