package io.patchbay.base;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How long a value is as compact JSON, without writing it. */
public final class JsonSize {
  private static final int NULL = 4;

  private final long most;
  private long size;

  private JsonSize(long most) {
    this.most = most;
  }

  /**
   * Bytes of compact JSON in UTF-8.
   *
   * @param most where counting ends: for a value that is longer the result is some number above it
   */
  public static long of(JsonNode value, long most) {
    var counted = new JsonSize(most);
    counted.add(value);
    return counted.size;
  }

  /** Bytes of a text as JSON, quotes included; as {@link #of(JsonNode, long)}. */
  public static long of(String text, long most) {
    var counted = new JsonSize(most);
    counted.text(text);
    return counted.size;
  }

  private void add(JsonNode value) {
    if (value.isString()) {
      text(value.asString());
    } else if (value.isArray()) {
      size += brackets(value.size());
      for (int i = 0; i < value.size() && size <= most; i++) {
        add(value.get(i));
      }
    } else if (value.isObject()) {
      size += brackets(value.size());
      for (Map.Entry<String, JsonNode> property : value.properties()) {
        if (size > most) {
          return;
        }
        text(property.getKey());
        size++;
        add(property.getValue());
      }
    } else {
      size += value.isNull() ? NULL : value.asString().length();
    }
  }

  /** With the commas between so many values. */
  private static long brackets(int values) {
    return 2L + Math.max(0, values - 1);
  }

  private void text(String text) {
    size += 2;
    for (int i = 0; i < text.length() && size <= most; i++) {
      size += bytes(text.charAt(i));
    }
  }

  private static int bytes(char c) {
    if (c < 0x80) {
      return c >= ' ' && c != '"' && c != '\\' ? 1 : escaped(c);
    }
    // Half of a pair that takes four.
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }

  private static int escaped(char c) {
    return switch (c) {
      case '"', '\\', '\b', '\f', '\n', '\r', '\t' -> 2;
      default -> 6;
    };
  }
}
