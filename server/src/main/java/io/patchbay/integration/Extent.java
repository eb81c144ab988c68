package io.patchbay.integration;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** About how large JSON is, told in little time however large it is. */
final class Extent {
  /** What a value takes beside its characters. */
  private static final int VALUE = 4;

  private final long enough;
  private long counted;

  private Extent(long enough) {
    this.enough = enough;
  }

  /**
   * Characters of its text, about.
   *
   * @param enough from where on it is not counted any more
   */
  static long of(JsonNode node, long enough) {
    var extent = new Extent(enough);
    extent.count(node);
    return extent.counted;
  }

  private void count(JsonNode node) {
    counted += VALUE + (node.isString() ? node.asString().length() : 0);
    for (int i = 0; node.isArray() && i < node.size() && counted < enough; i++) {
      count(node.get(i));
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> property : node.properties()) {
        if (counted >= enough) {
          return;
        }
        counted += property.getKey().length();
        count(property.getValue());
      }
    }
  }
}
