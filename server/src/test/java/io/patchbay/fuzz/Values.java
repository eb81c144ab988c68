package io.patchbay.fuzz;

import io.patchbay.base.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Makes values that a schema of the OpenAPI document allows, of things that exist. */
final class Values {
  private static final int DEEPEST = 6;

  private static final List<String> TEXTS =
      List.of("hello", "where is my order", "abc123", "+12025550143", "123456", "yes", "run", "x");

  private final Surface surface;
  private final Names names;
  private final Definitions definitions;

  Values(Surface surface, Names names, Definitions definitions) {
    this.surface = surface;
    this.names = names;
    this.definitions = definitions;
  }

  /** What stands in a path or a query. */
  String parameter(Operation.Parameter parameter, Dice dice) {
    JsonNode schema = surface.resolved(parameter.schema());
    boolean named =
        schema.path("enum").isMissingNode() && schema.path("type").asString().equals("string");
    return named ? names.one(parameter.name(), dice) : value(schema, dice).asString();
  }

  /** A whole body: JSON, or a text as it is. */
  JsonNode body(JsonNode schema, Dice dice) {
    return switch (Surface.name(schema)) {
      case "BotDefinition" -> definitions.one(dice);
      case "Payload", "TestInput" -> Json.parse(Definitions.PAYLOAD);
      case "Source" -> StringNode.valueOf(definitions.source(dice));
      case "Requirements" -> StringNode.valueOf("# none\n" + (dice.oneIn(4) ? "six==1.0\n" : ""));
      default -> value(schema, dice);
    };
  }

  private JsonNode value(JsonNode schema, Dice dice) {
    return value("", schema, dice, 0);
  }

  private JsonNode value(String key, JsonNode given, Dice dice, int depth) {
    JsonNode schema = surface.resolved(given);
    JsonNode among = schema.path("enum");
    if (among.isArray()) {
      return among.path(dice.below(among.size()));
    }
    JsonNode type = schema.path("type");
    return switch (type.isArray() ? type.path(0).asString() : type.asString("")) {
      case "string" -> StringNode.valueOf(text(key, schema, dice));
      case "integer", "number" -> Json.parse(String.valueOf(1 + dice.below(200)));
      case "boolean" -> Json.parse(String.valueOf(dice.oneIn(2)));
      case "array" -> list(schema, dice, depth);
      case "object" -> object(schema, dice, depth);
      default -> dice.of(Oddities.NODES);
    };
  }

  private String text(String key, JsonNode schema, Dice dice) {
    return switch (schema.path("format").asString(schema.path("pattern").asString(""))) {
      case "date-time" -> "2026-01-31T09:30:00.000Z";
      case "" -> List.of("text", "").contains(key) ? dice.of(TEXTS) : names.one(key, dice);
      default -> names.one(key, dice);
    };
  }

  private ArrayNode list(JsonNode schema, Dice dice, int depth) {
    ArrayNode list = Json.array();
    int size = depth > DEEPEST ? 0 : dice.below(4);
    for (int i = 0; i < size; i++) {
      list.add(value("", schema.path("items"), dice, depth + 1));
    }
    return list;
  }

  private ObjectNode object(JsonNode schema, Dice dice, int depth) {
    ObjectNode object = Json.object();
    List<String> required = schema.path("required").valueStream().map(JsonNode::asString).toList();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (required.contains(property.getKey()) || (depth <= DEEPEST && dice.oneIn(2))) {
        String key = property.getKey();
        object.set(key, value(key, property.getValue(), dice, depth + 1));
      }
    }
    if (schema.path("additionalProperties").asBoolean(false) && dice.oneIn(2)) {
      object.set(dice.of(TEXTS), dice.of(Oddities.NODES));
    }
    return object;
  }
}
