package io.patchbay.entity;

import io.patchbay.base.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * One detected item of an entity, as payloads carry it (contract C3, G4, K10).
 *
 * <p>The value is a bare string for what has one normal form: a dictionary word, a number, an email
 * address, a phone number. It is the object {@code {"value": ...}} for what was cut out of the
 * message by its shape or whole: regex and text.
 *
 * @param detection where it comes from, such as {@link #MESSAGE}
 * @param originalText the words of the user
 * @param entityValue string or object
 * @param language ISO 639-1 code of the language it was detected in
 * @param regex the pattern's text, on items of a regex
 */
public record EntityValue(
    String detection,
    String originalText,
    JsonNode entityValue,
    Optional<String> language,
    Optional<String> regex) {
  /** Detected in what the user wrote. */
  public static final String MESSAGE = "message";

  /** An item whose value is a bare string. */
  public static EntityValue bare(String originalText, String value, String language) {
    return new EntityValue(
        MESSAGE, originalText, StringNode.valueOf(value), Optional.of(language), Optional.empty());
  }

  /** An item whose value is {@code {"value": ...}}. */
  public static EntityValue wrapped(
      String originalText, String value, String language, Optional<String> regex) {
    ObjectNode object = Json.object().put("value", value);
    return new EntityValue(MESSAGE, originalText, object, Optional.of(language), regex);
  }

  /** As one item of a payload's {@code entities}. */
  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("detection", detection);
    json.put("original_text", originalText);
    json.set("entity_value", entityValue);
    language.ifPresent(code -> json.put("language", code));
    regex.ifPresent(pattern -> json.put("regex", pattern));
    return json;
  }

  /**
   * Reads what {@link #toJson} wrote; keys that it does not know are dropped.
   *
   * @throws IllegalArgumentException when it is not an entity value, with what is wrong
   */
  public static EntityValue fromJson(JsonNode json) {
    JsonNode value = json.get("entity_value");
    if (value == null || !(value.isString() || value.isObject())) {
      throw new IllegalArgumentException("entity_value must be a string or an object");
    }
    return new EntityValue(
        text(json, "detection").orElse(MESSAGE),
        text(json, "original_text").orElse(""),
        value,
        text(json, "language"),
        text(json, "regex"));
  }

  private static Optional<String> text(JsonNode json, String key) {
    JsonNode found = json.get(key);
    if (found == null || found.isNull()) {
      return Optional.empty();
    }
    if (!found.isString()) {
      throw new IllegalArgumentException(key + " must be a string");
    }
    return Optional.of(found.asString());
  }

  /** What a test of a value compares: the bare string, or the {@code value} inside, else empty. */
  public String plain() {
    JsonNode inner = entityValue.isObject() ? entityValue.get("value") : entityValue;
    return inner == null || !inner.isValueNode() ? "" : inner.asString();
  }
}
