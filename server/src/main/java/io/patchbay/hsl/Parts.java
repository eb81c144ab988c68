package io.patchbay.hsl;

import io.patchbay.base.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads parts of an element that may be missing or of the wrong kind. */
final class Parts {
  private Parts() {}

  static Optional<String> text(JsonNode object, String key) {
    return Optional.ofNullable(object.get(key)).filter(JsonNode::isString).map(JsonNode::asString);
  }

  static Stream<JsonNode> objects(JsonNode array) {
    return array.isArray() ? array.valueStream().filter(JsonNode::isObject) : Stream.of();
  }

  static List<HslElement.Actionable> actionables(JsonNode array) {
    return objects(array).map(HslElement.Actionable::new).toList();
  }

  /** The object with {@code type}, or the empty object, that a text is as JSON. */
  static Optional<ObjectNode> elementIn(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith("{") || !stripped.endsWith("}")) {
      return Optional.empty();
    }
    try {
      return Json.parse(stripped) instanceof ObjectNode object
              && (object.has("type") || object.isEmpty())
          ? Optional.of(object)
          : Optional.empty();
    } catch (Json.MalformedJson e) {
      return Optional.empty();
    }
  }
}
