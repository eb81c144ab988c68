package io.patchbay.integration;

import io.patchbay.base.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Masks every text and every key of JSON. What holds no secret stays the same object; a container
 * is copied where a child changes. Used by one thread.
 */
@SuppressWarnings("ReferenceEquality") // the same object: that is what it is about
final class MaskedJson {
  private final SecretScan scan;
  private final boolean masksNumbers;
  private final long smallNumber;

  /**
   * @param shortestNumber characters of the shortest secret that a number may have in it
   */
  MaskedJson(SecretScan scan, int shortestNumber) {
    this.scan = scan;
    this.masksNumbers = shortestNumber < Integer.MAX_VALUE;
    // So that the sign and the digits of all below are fewer.
    this.smallNumber = (long) Math.pow(10, Math.min(18, shortestNumber - 2));
  }

  JsonNode mask(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> mask(object);
      case ArrayNode array -> mask(array);
      case StringNode text -> scalar(text);
      // A secret of digits may come back as a number.
      default -> node.isNull() || isNoSecret(node) ? node : scalar(node);
    };
  }

  /** Said without making a text of it. */
  private boolean isNoSecret(JsonNode node) {
    if (!masksNumbers) {
      return node.isNumber();
    }
    return node.isIntegralNumber()
        && node.canConvertToLong()
        && node.longValue() < smallNumber
        && node.longValue() > -smallNumber;
  }

  private JsonNode scalar(JsonNode node) {
    String text = node.asString();
    String masked = scan.mask(text, false);
    return masked.equals(text) ? node : StringNode.valueOf(masked);
  }

  private ArrayNode mask(ArrayNode array) {
    ArrayNode copy = null;
    for (int i = 0; i < array.size(); i++) {
      JsonNode item = array.get(i);
      JsonNode masked = mask(item);
      if (copy == null && masked != item) {
        copy = Json.array();
        for (int before = 0; before < i; before++) {
          copy.add(array.get(before));
        }
      }
      if (copy != null) {
        copy.add(masked);
      }
    }
    return copy == null ? array : copy;
  }

  ObjectNode mask(ObjectNode object) {
    ObjectNode copy = null;
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      String key = property.getKey();
      String maskedKey = scan.mask(key, false);
      JsonNode masked = mask(property.getValue());
      if (copy == null && !(masked == property.getValue() && maskedKey.equals(key))) {
        copy = before(object, key);
      }
      if (copy != null) {
        copy.set(maskedKey, masked);
      }
    }
    return copy == null ? object : copy;
  }

  /** The properties before one. */
  private static ObjectNode before(ObjectNode object, String end) {
    ObjectNode copy = Json.object();
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      if (property.getKey().equals(end)) {
        break;
      }
      copy.set(property.getKey(), property.getValue());
    }
    return copy;
  }
}
