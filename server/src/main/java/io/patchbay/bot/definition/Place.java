package io.patchbay.bot.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * A value of the document and where it stands. Its readers never throw: a value of a wrong type is
 * added to the problems and read as absent, so that one reading finds everything.
 */
final class Place {
  /** Most items of a list, unless its reader says otherwise. */
  static final int MOST_ITEMS = 1000;

  private final JsonNode node;
  private final Problems problems;
  private final Supplier<String> pointer;

  /**
   * @param pointer such as {@code nodes.TRACK_ORDER.connections[1].to}
   */
  Place(JsonNode node, String pointer, Problems problems) {
    this(node, () -> pointer, problems);
  }

  /** Most places have no problem, and nobody asks where they are. */
  private Place(JsonNode node, Supplier<String> pointer, Problems problems) {
    this.node = node;
    this.pointer = pointer;
    this.problems = problems;
  }

  JsonNode node() {
    return node;
  }

  String pointer() {
    return pointer.get();
  }

  Problems problems() {
    return problems;
  }

  void problem(String message) {
    problems.add(pointer(), message);
  }

  /** The value under a key; empty, without a problem, where the key is absent. */
  Optional<Place> at(String key) {
    return Optional.ofNullable(node.get(key)).map(value -> step(key, value));
  }

  /** As {@link #at}, but absence is a problem of this object. */
  Optional<Place> required(String key, String hint) {
    Optional<Place> found = at(key);
    if (found.isEmpty()) {
      problem("lacks " + key + ": " + hint);
    }
    return found;
  }

  private Place step(String key, JsonNode value) {
    return new Place(value, () -> Quote.step(pointer(), key), problems);
  }

  boolean has(String key) {
    return node.has(key);
  }

  boolean isObject() {
    return node.isObject();
  }

  /** Whether this is an object; a problem where it is not. */
  boolean object(String example) {
    return node.isObject() || wrongType("an object", example);
  }

  /** Reports every key that is not known here; false where there is one. */
  boolean onlyKeys(Collection<String> known) {
    return onlyKeys(known, Map.of());
  }

  /**
   * @param hints what to say instead of a suggestion, by key
   */
  boolean onlyKeys(Collection<String> known, Map<String, String> hints) {
    boolean all = true;
    for (String key : node.propertyNames()) {
      if (!known.contains(key)) {
        all = false;
        problems.add(Quote.step(pointer(), key), unknown(key, known, hints));
      }
    }
    return all;
  }

  private String unknown(String key, Collection<String> known, Map<String, String> hints) {
    String hint = hints.get(key);
    if (hint != null || !problems.fewSoFar()) {
      return hint == null ? "unknown key" : hint;
    }
    return "unknown key " + Quote.name(key) + Suggest.instead(key, known);
  }

  /** The entries of an object in authored order; none where it is something else. */
  Map<String, Place> entries(int most, String example) {
    if (!object(example)) {
      return Map.of();
    }
    if (node.size() > most) {
      problem("has " + node.size() + " entries; at most " + most + " are allowed");
      return Map.of();
    }
    var entries = new LinkedHashMap<String, Place>();
    node.forEachEntry((key, value) -> entries.put(key, step(key, value)));
    return entries;
  }

  /** The items of a list; none where it is something else. */
  List<Place> items(String example) {
    return items(MOST_ITEMS, example);
  }

  List<Place> items(int most, String example) {
    if (!node.isArray()) {
      wrongType("a list", example);
      return List.of();
    }
    if (node.size() > most) {
      problem("has " + node.size() + " items; at most " + most + " are allowed");
      return List.of();
    }
    var items = new ArrayList<Place>();
    for (JsonNode item : node) {
      int index = items.size();
      items.add(new Place(item, () -> pointer() + "[" + index + "]", problems));
    }
    return items;
  }

  /** Any text, also an empty one. */
  Optional<String> text(String example) {
    if (node.isString()) {
      return Optional.of(node.asString());
    }
    if (node.isNumber() || node.isBoolean()) {
      problem(
          "must be a text, this is "
              + Quote.type(node)
              + "; put it in quotes: "
              + Quote.text(node.asString()));
    } else {
      wrongType("a text", example);
    }
    return Optional.empty();
  }

  /** A text with at least one visible character. */
  Optional<String> words(int mostCharacters, String example) {
    return text(example)
        .filter(text -> {
          if (text.isBlank()) {
            problem("must not be blank; write for example " + example);
            return false;
          }
          if (text.length() > mostCharacters) {
            problem(
                "has " + text.length() + " characters; at most " + mostCharacters + " are allowed");
            return false;
          }
          return true;
        });
  }

  Optional<Boolean> bool() {
    if (node.isBoolean()) {
      return Optional.of(node.booleanValue());
    }
    problem(
        "must be true or false; this is "
            + (node.isString() ? "the text " + Quote.text(node.asString()) : Quote.type(node)));
    return Optional.empty();
  }

  boolean flag(String key, boolean otherwise) {
    return at(key).flatMap(Place::bool).orElse(otherwise);
  }

  private boolean wrongType(String wanted, String example) {
    problem("must be " + wanted + " such as " + example + "; this is " + Quote.type(node));
    return false;
  }
}
