package io.patchbay.bot.definition;

import io.patchbay.base.Json;
import tools.jackson.databind.JsonNode;

/** Shows authored values in messages: short, on one line, without control characters. */
final class Quote {
  private static final int MOST_CHARACTERS = 60;

  private Quote() {}

  /** In double quotes, as JSON would print it. */
  static String text(String text) {
    String shown = shortened(text);
    return isPlain(shown) ? '"' + shown + '"' : Json.MAPPER.writeValueAsString(shown);
  }

  /** Bare where it is a plain word, else quoted. */
  static String name(String name) {
    return isWord(name) ? name : text(name);
  }

  /** A word for the type of a value. */
  static String type(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case NULL -> "empty (null)";
      case MISSING, BINARY, POJO -> "nothing that JSON has";
    };
  }

  /** Appends {@code .key}, or {@code ["odd key"]} where the key is no plain word. */
  static String step(String pointer, String key) {
    if (!isWord(key)) {
      return pointer + "[" + text(key) + "]";
    }
    return pointer.isEmpty() ? key : pointer + "." + key;
  }

  private static boolean isWord(String text) {
    if (text.isEmpty() || text.length() > MOST_CHARACTERS + 4) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '_' && c != '-' && (c >= 128 || !Character.isLetterOrDigit(c))) {
        return false;
      }
    }
    return true;
  }

  /** Whether JSON writes each character as it is. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static String shortened(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return isPlain(text) ? text : visible(text);
    }
    int end =
        Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1))
            ? MOST_CHARACTERS - 1
            : MOST_CHARACTERS;
    return visible(text.substring(0, end)) + "...";
  }

  private static String visible(String text) {
    var visible = new StringBuilder();
    text.codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE ? '?' : c)
        .forEach(visible::appendCodePoint);
    return visible.toString();
  }
}
