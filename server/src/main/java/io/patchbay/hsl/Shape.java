package io.patchbay.hsl;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What each type of element must have (contract H2 to H10), to warn of what is missing. */
final class Shape {
  /** Missing parts that a warning names before it only counts. */
  private static final int MOST_NAMED = 5;

  /** An aspect ratio from here on means that there is no picture (contract H4). */
  private static final double NO_IMAGE_RATIO = 1000;

  /** Items of one list that are looked at: enough to tell what is odd about them. */
  private static final int MOST_ITEMS = 200;

  private final ObjectNode element;
  private final Set<String> missing = new LinkedHashSet<>();

  private Shape(ObjectNode element) {
    this.element = element;
  }

  /** One sentence about what is odd, if anything is. */
  static Optional<String> warning(ObjectNode element) {
    JsonNode type = element.get("type");
    if (type == null) {
      return Optional.of("is an object without \"type\"");
    }
    var shape = new Shape(element);
    if (!type.isString() || !shape.check(type.asString())) {
      return Optional.of("is of the unknown type " + shortened(type.toString()));
    }
    return shape.missing.isEmpty()
        ? Optional.empty()
        : Optional.of("is a " + type.asString() + " without " + named(shape.missing));
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  private static String named(Set<String> missing) {
    int more = missing.size() - MOST_NAMED;
    String names = missing.stream().limit(MOST_NAMED).collect(joining(", "));
    return more > 0 ? names + " and " + more + " more" : names;
  }

  /** Returns whether the type is known. */
  private boolean check(String type) {
    JsonNode data = element.path("data");
    switch (type) {
      case "TEXT" -> text(data);
      case "BUTTON" -> button(data);
      case "CAROUSEL" -> carousel(data);
      case "FORM" -> form(data);
      case "SILENT" -> filled(data, "silent_actions", "data.silent_actions");
      case "SYSTEM" -> filled(data, "event_name", "data.event_name");
      case "NATIVE_ACTION" -> filled(data, "method", "data.method");
      case "TAB_LIST" -> filled(data, "tabs", "data.tabs");
      case "RECEIPT" -> present(element, "data", "data");
      default -> {
        return false;
      }
    }
    return true;
  }

  private void text(JsonNode data) {
    filled(element, "text", "text");
    each(data, "quick_replies", "data.quick_replies")
        .forEach(reply -> {
          filled(reply.node(), "actionable_text", reply.path() + ".actionable_text");
          present(reply.node(), "is_default", reply.path() + ".is_default");
          filled(reply.node(), "type", reply.path() + ".type");
          filled(reply.node().path("payload"), "message", reply.path() + ".payload.message");
        });
  }

  private void button(JsonNode data) {
    filled(element, "text", "text");
    filled(data, "items", "data.items");
    each(data, "items", "data.items").forEach(this::actionable);
  }

  private void actionable(Part button) {
    filled(button.node(), "actionable_text", button.path() + ".actionable_text");
    present(button.node(), "is_default", button.path() + ".is_default");
    present(button.node(), "uri", button.path() + ".uri");
    present(button.node(), "payload", button.path() + ".payload");
  }

  private void carousel(JsonNode data) {
    filled(data, "width", "data.width");
    filled(data, "items", "data.items");
    boolean pictures = data.path("image_aspect_ratio").asDouble(0) < NO_IMAGE_RATIO;
    List<Part> items = each(data, "items", "data.items");
    for (Part item : items) {
      if (pictures) {
        filled(item.node().path("thumbnail"), "image", item.path() + ".thumbnail.image");
      }
      List<Part> actionables = each(item.node(), "actionables", item.path() + ".actionables");
      boolean image = items.size() == 1 && actionables.isEmpty();
      if (!image) {
        filled(item.node(), "title", item.path() + ".title");
        present(item.node(), "sub_title", item.path() + ".sub_title");
      }
      actionables.forEach(this::actionable);
    }
  }

  private void form(JsonNode data) {
    filled(element, "title", "title");
    filled(data, "fields", "data.fields");
    each(data, "fields", "data.fields")
        .forEach(field -> {
          filled(field.node(), "key", field.path() + ".key");
          filled(field.node(), "type", field.path() + ".type");
        });
  }

  /**
   * @param path for the warning
   */
  private record Part(JsonNode node, String path) {}

  /** The parts of a list; a missing list, or one that is none, is noted once. */
  private List<Part> each(JsonNode holder, String key, String path) {
    JsonNode list = holder.path(key);
    if (!list.isArray()) {
      note(path);
      return List.of();
    }
    List<Part> parts = new ArrayList<>();
    for (JsonNode node : list) {
      if (parts.size() == MOST_ITEMS) {
        break;
      }
      parts.add(new Part(node, path + "[" + parts.size() + "]"));
    }
    return parts;
  }

  private void present(JsonNode holder, String key, String path) {
    if (!holder.has(key)) {
      note(path);
    }
  }

  private void filled(JsonNode holder, String key, String path) {
    JsonNode value = holder.path(key);
    boolean empty = value.isMissingNode() || value.isNull();
    if (empty || (value.isContainer() && value.isEmpty()) || value.asString("-").isBlank()) {
      note(path);
    }
  }

  private void note(String path) {
    missing.add(path);
  }
}
