package io.patchbay.fuzz;

import io.patchbay.base.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Changes JSON at some places: something goes, comes again, moves, or becomes odd. */
final class Trees {
  private static final int REPEATED = 120;

  private Trees() {}

  /** A value in an object or list that can be taken out and replaced. */
  private sealed interface Spot {
    JsonNode value();

    void set(JsonNode other);

    void remove();

    record Key(ObjectNode object, String key) implements Spot {
      @Override
      public JsonNode value() {
        return object.path(key);
      }

      @Override
      public void set(JsonNode other) {
        object.set(key, other);
      }

      @Override
      public void remove() {
        object.remove(key);
      }
    }

    record Item(ArrayNode list, int index) implements Spot {
      @Override
      public JsonNode value() {
        return list.path(index);
      }

      @Override
      public void set(JsonNode other) {
        list.set(index, other);
      }

      @Override
      public void remove() {
        list.remove(index);
      }
    }
  }

  /** A copy with so many changes; a root without any place to change becomes another value. */
  static JsonNode changed(JsonNode root, int changes, Dice dice) {
    JsonNode copy = root.deepCopy();
    for (int i = 0; i < changes; i++) {
      List<Spot> spots = spots(copy);
      if (spots.isEmpty()) {
        return dice.of(Oddities.NODES).deepCopy();
      }
      change(spots, dice);
    }
    return copy;
  }

  private static List<Spot> spots(JsonNode root) {
    List<Spot> spots = new ArrayList<>();
    Deque<JsonNode> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      JsonNode at = open.pop();
      int before = spots.size();
      if (at instanceof ObjectNode object) {
        object.propertyNames().forEach(key -> spots.add(new Spot.Key(object, key)));
      } else if (at instanceof ArrayNode list) {
        for (int i = 0; i < list.size(); i++) {
          spots.add(new Spot.Item(list, i));
        }
      }
      spots.subList(before, spots.size()).forEach(spot -> open.push(spot.value()));
    }
    return spots;
  }

  private static void change(List<Spot> spots, Dice dice) {
    Spot spot = dice.of(spots);
    JsonNode value = spot.value();
    switch (dice.below(8)) {
      case 0 -> spot.remove();
      case 1 -> spot.set(dice.of(Oddities.NODES).deepCopy());
      case 2 -> spot.set(dice.of(spots).value().deepCopy());
      case 3 -> spot.set(Json.array().add(value));
      case 4 -> spot.set(Json.object().set(dice.of(Oddities.TEXTS), value));
      case 5 -> rename(spot, dice);
      case 6 -> repeat(spot, dice);
      default -> spot.set(value instanceof StringNode ? text(value.asString(), dice) : value);
    }
  }

  private static void rename(Spot spot, Dice dice) {
    if (spot instanceof Spot.Key(ObjectNode object, String key)) {
      JsonNode value = object.remove(key);
      object.set(dice.oneIn(2) ? key + dice.of(Oddities.TEXTS) : dice.of(Oddities.TEXTS), value);
    }
  }

  private static void repeat(Spot spot, Dice dice) {
    int times = dice.oneIn(6) ? REPEATED : 1;
    JsonNode value = spot.value().deepCopy();
    for (int i = 0; i < times; i++) {
      switch (spot) {
        case Spot.Item(ArrayNode list, _) -> list.add(value.deepCopy());
        case Spot.Key(ObjectNode object, String key) -> object.set(key + i, value.deepCopy());
      }
    }
  }

  private static JsonNode text(String text, Dice dice) {
    int at = dice.below(text.length() + 1);
    return StringNode.valueOf(
        switch (dice.below(3)) {
          case 0 -> text.substring(at);
          case 1 -> text.substring(0, at) + dice.of(Oddities.TEXTS) + text.substring(at);
          default -> text.repeat(2);
        });
  }
}
