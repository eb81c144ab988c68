package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import io.patchbay.base.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of an object in a body, collecting all that is wrong with them instead of
 * stopping at the first. A null counts as not given.
 */
final class Fields {
  private final ObjectNode object;
  private final String prefix;
  private final boolean strict;
  private final List<Problem> problems;
  private final Set<String> known = new HashSet<>();

  private Fields(ObjectNode object, String prefix, boolean strict, List<Problem> problems) {
    this.object = object;
    this.prefix = prefix;
    this.strict = strict;
    this.problems = problems;
  }

  /** Unknown keys are problems. */
  static Fields strict(JsonNode body, List<Problem> problems) {
    return new Fields(object(body), "", true, problems);
  }

  /** Unknown keys are ignored. */
  static Fields lenient(JsonNode body, List<Problem> problems) {
    return new Fields(object(body), "", false, problems);
  }

  private static ObjectNode object(JsonNode body) {
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw new Refusal(
        ErrorCode.INVALID_CONTENT,
        "The body must be a JSON object.",
        List.of(new Problem("", "must be an object")));
  }

  /** A text of so many characters (code points). */
  Optional<String> text(String name, int least, int most) {
    Optional<String> text = given(name, JsonNode::isString, "a text").map(JsonNode::asString);
    int length = text.map(t -> t.codePointCount(0, t.length())).orElse(least);
    if (length < least || length > most) {
      problem(name, "must have " + least + " to " + most + " characters");
      return Optional.empty();
    }
    return text;
  }

  OptionalInt integer(String name) {
    return given(name, n -> n.isIntegralNumber() && n.canConvertToInt(), "a whole number")
        .map(n -> OptionalInt.of(n.intValue()))
        .orElseGet(OptionalInt::empty);
  }

  Optional<Boolean> flag(String name) {
    return given(name, JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue);
  }

  Optional<ObjectNode> object(String name) {
    return given(name, JsonNode::isObject, "an object").map(ObjectNode.class::cast);
  }

  List<JsonNode> list(String name, int most) {
    Optional<ArrayNode> list = given(name, JsonNode::isArray, "a list").map(ArrayNode.class::cast);
    if (list.filter(l -> l.size() > most).isPresent()) {
      problem(name, "must have " + most + " items at most");
      return List.of();
    }
    return list.map(l -> l.valueStream().toList()).orElse(List.of());
  }

  /** A value may have so many bytes of compact JSON. */
  void noMoreJson(String name, int bytes) {
    JsonNode value = object.path(name);
    boolean fits =
        Json.writeUpTo(value, bytes)
            .filter(json -> json.getBytes(StandardCharsets.UTF_8).length <= bytes)
            .isPresent();
    if (value.isContainer() && !fits) {
      problem(name, "must have " + bytes + " bytes of JSON at most");
    }
  }

  Optional<JsonNode> any(String name) {
    return given(name, _ -> true, "");
  }

  /** The fields of an object in this one, if it is one. */
  Optional<Fields> nested(String name) {
    return object(name).map(o -> new Fields(o, prefix + name + ".", strict, problems));
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  /** Adds the problem that a field is missing, unless it is there or already has a problem. */
  void require(String name, boolean there) {
    if (!there && problems.stream().noneMatch(p -> p.pointer().equals(prefix + name))) {
      problem(name, "is required");
    }
  }

  void problem(String name, String message) {
    problems.add(new Problem(name.isEmpty() ? "" : prefix + name, message));
  }

  /** Throws all problems that were found, here and in nested fields, if there are any. */
  void finish() {
    if (strict) {
      object.propertyNames().stream()
          .filter(name -> !known.contains(name))
          .limit(100)
          .map(name -> name.length() > 100 ? name.substring(0, 100) + "…" : name)
          .forEach(name -> problem(name, "is not known here"));
    }
    if (!problems.isEmpty()) {
      throw new Refusal(ErrorCode.INVALID_CONTENT, "The body is not valid.", problems);
    }
  }

  private Optional<JsonNode> given(String name, Predicate<JsonNode> right, String what) {
    known.add(name);
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!right.test(value)) {
      problem(name, "must be " + what);
      return Optional.empty();
    }
    return Optional.of(value);
  }
}
