package io.patchbay.hsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What goes back to the user: bubbles in order.
 *
 * @param elements at least none; each prints as one item of {@code messages}
 * @param warnings what is odd about them, for the invocation's log
 */
public record BotResponse(List<HslElement> elements, List<String> warnings) {
  /** Lists in lists deeper than this become text. */
  private static final int DEEPEST_LIST = 10;

  /** Warnings that are told; of more than these only their number is. */
  private static final int MOST_WARNINGS = 50;

  public BotResponse {
    elements = List.copyOf(elements);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads an integration's {@code response} (contract C6, K11): never fails, warns instead.
   *
   * <p>A text is a bubble, unless it is a JSON object with {@code type}, which is an element. An
   * object is an element; {@code {}} is skipped. Numbers and booleans become text, null is skipped,
   * the items of a list in a list take its place, each with a warning.
   *
   * @throws ReplyTooLarge as a reply it would be too large
   */
  public static BotResponse read(JsonNode response) {
    var reader = new Reader(true, new ReplyRoom());
    if (response.isMissingNode() || response.isNull()) {
      return reader.done();
    }
    if (response.isArray()) {
      reader.list(response, "response", 0);
    } else {
      reader.item(response, "response", 0);
    }
    return reader.done();
  }

  /**
   * Makes bubbles of what {@link Template#fill} returned. A text stays a text whatever it looks
   * like, since what users wrote may be in it. A list can only be a variable of the output: its
   * items are read as those of a {@code response}.
   *
   * @param place such as {@code bot_says[2]}
   * @param room what is left of the reply, which the bubbles take
   * @throws ReplyTooLarge there is no room for them
   */
  public static BotResponse said(JsonNode bubble, String place, ReplyRoom room) {
    var reader = new Reader(bubble.isArray(), room);
    if (bubble.isArray()) {
      reader.list(bubble, place, 0);
    } else {
      reader.item(bubble, place, 0);
    }
    return reader.done();
  }

  private static final class Reader {
    private final boolean textMayBeHsl;
    private final ReplyRoom room;
    private final List<HslElement> elements = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int untold;

    Reader(boolean textMayBeHsl, ReplyRoom room) {
      this.textMayBeHsl = textMayBeHsl;
      this.room = room;
    }

    BotResponse done() {
      if (untold > 0) {
        warnings.add("and " + untold + " more items are odd");
      }
      return new BotResponse(elements, warnings);
    }

    void list(JsonNode list, String place, int depth) {
      int index = 0;
      for (JsonNode item : list) {
        item(item, place + "[" + index++ + "]", depth);
      }
    }

    void item(JsonNode item, String place, int depth) {
      switch (item) {
        case ObjectNode object -> element(object, place);
        case JsonNode list when list.isArray() && depth < DEEPEST_LIST -> {
          warn(place + " is a list in a list: its items are sent in its place");
          list(list, place, depth + 1);
        }
        case JsonNode text when text.isString() -> text(text.asString(), place);
        case JsonNode nothing when nothing.isNull() || nothing.isMissingNode() ->
            warn(place + " is null: nothing is sent for it");
        case JsonNode other -> {
          warn(place + " is neither text nor an object: it is sent as text");
          add(HslElement.text(other.isArray() ? other.toString() : Scalars.text(other)), place);
        }
      }
    }

    private void text(String text, String place) {
      Optional<ObjectNode> element = textMayBeHsl ? Parts.elementIn(text) : Optional.empty();
      if (element.isPresent()) {
        element(element.get(), place);
        return;
      }
      if (text.isBlank()) {
        warn(place + " is an empty text");
      }
      add(HslElement.text(text), place);
    }

    private void element(ObjectNode object, String place) {
      if (object.isEmpty()) {
        return;
      }
      Shape.warning(object).ifPresent(odd -> warn(place + " " + odd));
      add(HslElement.of(object), place);
    }

    private void add(HslElement bubble, String place) {
      room.begin(place);
      room.add(bubble);
      elements.add(bubble);
    }

    private void warn(String warning) {
      if (warnings.size() < MOST_WARNINGS) {
        warnings.add(warning);
      } else {
        untold++;
      }
    }
  }
}
