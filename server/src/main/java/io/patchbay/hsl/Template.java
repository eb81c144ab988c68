package io.patchbay.hsl;

import io.patchbay.base.Json;
import io.patchbay.base.JsonSize;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Fills {@code [[variables]]} and {@code %tags} into a bubble (contract F8, F9). What is inserted
 * is never filled again, so a value cannot smuggle in a variable.
 *
 * <p>A variable that is missing or null is an empty text. A number reads without exponent, a
 * boolean in lower case. {@code [[ ]]} is no variable and stays.
 *
 * <p>The longest tag that fits counts, unless a letter or digit follows it: {@code %name} is no
 * part of {@code %names}, but of {@code _%name_}. A format such as {@code @mm/dd/yy} belongs to its
 * tag; where the tag is known without that format only, the format falls away. A tag that is not
 * known stays as it is.
 */
public final class Template {
  private static final Set<String> FORMATS =
      Set.of(
          "@dd/mm/yy",
          "@mm/dd/yy",
          "@dd/mm/yyyy",
          "@mm/dd/yyyy",
          "@short",
          "@full_name",
          "@first_name",
          "@middle_name",
          "@last_name");

  /** Characters of a tag with its format; none is longer. */
  private static final int LONGEST_TAG = 128;

  private final Function<String, Optional<JsonNode>> variables;
  private final NavigableMap<String, String> tags;
  private final ReplyRoom room;

  private Template(
      Function<String, Optional<JsonNode>> variables, Map<String, String> tags, ReplyRoom room) {
    this.variables = variables;
    this.tags = new TreeMap<>(tags);
    this.room = room;
  }

  /**
   * @param bubble a text or an HSL element; every text inside is filled, keys are not
   * @param variables finds {@code [[name]]}, given without the spaces around it; a text that is one
   *     variable and nothing else becomes that value itself where it is an object or array, and
   *     where it is the whole bubble also where it is such an element as JSON text
   * @param tags tag without its per cent sign to what it says, such as {@code full_name} or {@code
   *     entitytag_born@short}
   * @param room that the bubble has
   * @return a new value; nothing of {@code bubble} is changed
   * @throws ReplyTooLarge there is no room for it
   */
  public static JsonNode fill(
      JsonNode bubble,
      Function<String, Optional<JsonNode>> variables,
      Map<String, String> tags,
      ReplyRoom room) {
    var template = new Template(variables, tags, room);
    JsonNode filled = template.value(bubble);
    boolean onlyVariable = bubble.isString() && variableOnly(bubble.asString()).isPresent();
    if (onlyVariable && filled.isString()) {
      return Parts.elementIn(filled.asString()).<JsonNode>map(o -> o).orElse(filled);
    }
    return filled;
  }

  private JsonNode value(JsonNode node) {
    room.draft(1);
    return switch (node) {
      case StringNode text -> text(text.asString());
      case ArrayNode array -> {
        ArrayNode filled = Json.array();
        array.forEach(item -> filled.add(value(item)));
        yield filled;
      }
      case ObjectNode object -> {
        ObjectNode filled = Json.object();
        object
            .properties()
            .forEach(e -> {
              room.draft(e.getKey().length());
              filled.set(e.getKey(), value(e.getValue()));
            });
        yield filled;
      }
      default -> node;
    };
  }

  private JsonNode text(String text) {
    Optional<JsonNode> whole = variableOnly(text).flatMap(variables).filter(JsonNode::isContainer);
    if (whole.isEmpty()) {
      return StringNode.valueOf(words(text));
    }
    room.draft(JsonSize.of(whole.get(), room.most()));
    return whole.get().deepCopy();
  }

  /** The name of the variable that a text is, if it is nothing else. */
  private static Optional<String> variableOnly(String text) {
    String stripped = text.strip();
    return stripped.startsWith("[[") && endOfVariable(stripped, 0) == stripped.length()
        ? Optional.of(name(stripped, 0, stripped.length()))
        : Optional.empty();
  }

  private String words(String text) {
    if (text.indexOf('%') < 0 && !text.contains("[[")) {
      room.draft(text.length());
      return text;
    }
    var filled = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end =
          switch (text.charAt(at)) {
            case '[' -> variable(text, at, filled);
            case '%' -> tag(text, at, filled);
            default -> at;
          };
      if (end == at) {
        room.draft(1);
        filled.append(text.charAt(at));
        end++;
      }
      at = end;
    }
    return filled.toString();
  }

  /** Returns where to go on: {@code at} itself where there is no variable. */
  private int variable(String text, int at, StringBuilder filled) {
    int end = endOfVariable(text, at);
    if (end > at) {
      variables.apply(name(text, at, end)).map(Scalars::text).ifPresent(v -> insert(v, filled));
    }
    return end;
  }

  private void insert(String value, StringBuilder filled) {
    room.draft(value.length());
    filled.append(value);
  }

  /** Behind the closing brackets; {@code at} where no variable begins there. */
  private static int endOfVariable(String text, int at) {
    if (!text.startsWith("[[", at)) {
      return at;
    }
    int end = at + 2;
    while (end < text.length() && "[]\n".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    boolean closed = text.startsWith("]]", end) && !text.substring(at + 2, end).isBlank();
    return closed ? end + 2 : at;
  }

  private static String name(String text, int at, int end) {
    return text.substring(at + 2, end - 2).strip();
  }

  /** Returns where to go on: {@code at} itself where there is no known tag. */
  private int tag(String text, int at, StringBuilder filled) {
    Optional<Map.Entry<String, String>> longest = longestTag(text, at + 1);
    if (longest.isEmpty()) {
      return at;
    }
    String tag = longest.get().getKey();
    insert(longest.get().getValue(), filled);
    int end = at + 1 + tag.length();
    return tag.contains("@") ? end : end + lengthOfFormat(text, end);
  }

  /**
   * The longest tag that stands there. Of all tags before what stands there, in the order of texts,
   * the last shares most with it; where that is not the whole tag, only shorter ones can fit.
   */
  private Optional<Map.Entry<String, String>> longestTag(String text, int at) {
    String wanted = text.substring(at, Math.min(text.length(), at + LONGEST_TAG));
    Map.Entry<String, String> before = tags.floorEntry(wanted);
    while (before != null && !before.getKey().isEmpty()) {
      String tag = before.getKey();
      int shared = shared(tag, wanted);
      if (shared == tag.length() && !wordGoesOn(text, at + shared)) {
        return Optional.of(before);
      }
      wanted = wanted.substring(0, shared);
      before = shared == tag.length() ? tags.lowerEntry(wanted) : tags.floorEntry(wanted);
    }
    return Optional.empty();
  }

  private static int shared(String a, String b) {
    int end = Math.min(a.length(), b.length());
    int at = 0;
    while (at < end && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    return at;
  }

  private static int lengthOfFormat(String text, int at) {
    return FORMATS.stream()
        .filter(f -> text.startsWith(f, at) && !wordGoesOn(text, at + f.length()))
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }

  private static boolean wordGoesOn(String text, int at) {
    if (at >= text.length()) {
      return false;
    }
    char c = text.charAt(at);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
