package io.patchbay.hsl;

import io.patchbay.base.Json;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Makes JSON that is often almost an element. */
final class RandomJson {
  private static final List<String> KEYS =
      List.of(
          "text",
          "type",
          "data",
          "items",
          "quick_replies",
          "actionables",
          "actionable_text",
          "payload",
          "message",
          "gogo_message",
          "thumbnail",
          "image",
          "width",
          "image_aspect_ratio",
          "title",
          "",
          "%name");
  private static final List<String> TEXTS =
      List.of(
          "TEXT",
          "BUTTON",
          "CAROUSEL",
          "FORM",
          "",
          "{}",
          "{\"type\":\"TEXT\"}",
          "{",
          "[[a]]",
          "[[a",
          "x [[a.b]] y",
          "%name",
          "%",
          "%entitytag_a@short",
          "\u0000",
          "\ud800",
          "👍",
          "[[[a]]]",
          "[[ ]]");

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  JsonNode value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> NullNode.getInstance();
      case 1 -> BooleanNode.valueOf(random.nextBoolean());
      case 2 -> IntNode.valueOf(random.nextInt());
      case 3 -> DoubleNode.valueOf(random.nextInt(100) / 4.0);
      case 4 -> StringNode.valueOf(pick(TEXTS));
      case 5 -> array(depth - 1);
      default -> object(depth - 1);
    };
  }

  private ArrayNode array(int depth) {
    ArrayNode array = Json.array();
    random.ints(random.nextInt(4)).forEach(_ -> array.add(value(depth)));
    return array;
  }

  private ObjectNode object(int depth) {
    ObjectNode object = Json.object();
    random.ints(random.nextInt(6)).forEach(_ -> object.set(pick(KEYS), value(depth)));
    return object;
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
