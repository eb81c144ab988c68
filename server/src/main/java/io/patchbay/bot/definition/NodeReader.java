package io.patchbay.bot.definition;

import io.patchbay.bot.EntityType;
import io.patchbay.bot.EntityUse;
import io.patchbay.bot.Integration;
import io.patchbay.bot.LocalText;
import io.patchbay.bot.Node;
import io.patchbay.bot.Say;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code nodes}. */
final class NodeReader {
  private static final int MOST_NODES = 2000;
  private static final int MOST_ENTITIES = 50;
  private static final int LONGEST_LABEL = 200;

  /** Of a coordinate on the canvas, either way. */
  private static final int FARTHEST = 1_000_000;

  private static final List<String> KEYS =
      List.of(
          "label",
          "start",
          "end",
          "context_clear",
          "active",
          "user_says",
          "entities",
          "integration",
          "bot_says",
          "connections",
          "position");

  private final Known known;
  private final SayReader says;
  private final Map<String, EntityType> types;

  NodeReader(Known known, SayReader says, Map<String, EntityType> types) {
    this.known = known;
    this.says = says;
    this.types = types;
  }

  Map<String, Node> nodes(Place document) {
    var nodes = new LinkedHashMap<String, Node>();
    document
        .at("nodes")
        .ifPresent(all ->
            all.entries(
                    MOST_NODES,
                    "{HELLO: {start: true, user_says: [\"hello\"], bot_says: [\"Hi.\"]}}")
                .forEach(
                    (name, place) -> node(name, place).ifPresent(node -> nodes.put(name, node))));
    return nodes;
  }

  private Optional<Node> node(String name, Place place) {
    if (!Words.NODE.matcher(name).matches()) {
      place.problem("a node's name has up to 64 of A-Z 0-9 _");
    }
    if (!place.object("{bot_says: [\"Hi.\"]}")) {
      return Optional.empty();
    }
    place.onlyKeys(KEYS);
    place.at("position").ifPresent(NodeReader::position);
    Optional<Integration> integration = new IntegrationReader(known, says).integration(place);
    return Optional.of(
        new Node(
            name,
            place.at("label").flatMap(l -> l.words(LONGEST_LABEL, "Track an order")).orElse(name),
            place.flag("start", false),
            place.flag("end", false),
            place.flag("context_clear", false),
            place.flag("active", true),
            place
                .at("user_says")
                .map(u -> new UtteranceReader(known).utterances(u))
                .orElse(List.of()),
            entities(place),
            integration,
            says.says(place, "bot_says"),
            new ConnectionReader(known).connections(place, place.has("integration"))));
  }

  /** Where the canvas draws the node; a conversation does not depend on it. */
  private static void position(Place place) {
    if (!place.object("{x: 320, y: 140}")) {
      return;
    }
    place.onlyKeys(Set.of("x", "y"));
    for (String axis : List.of("x", "y")) {
      place
          .required(axis, "a whole number")
          .filter(at -> !at.node().isInt() || Math.abs((long) at.node().intValue()) > FARTHEST)
          .ifPresent(at -> at.problem("must be a whole number, at most " + FARTHEST));
    }
  }

  private List<EntityUse> entities(Place node) {
    var uses = new ArrayList<EntityUse>();
    var seen = new HashSet<String>();
    String example = "[{entity: order_id, required: true, ask: \"Which order?\"}]";
    List<Place> places =
        node.at("entities").map(e -> e.items(MOST_ENTITIES, example)).orElse(List.of());
    for (Place place : places) {
      use(place)
          .ifPresent(use -> {
            if (!seen.add(use.entity())) {
              place.problem("entity " + use.entity() + " is used twice in this node; keep one");
            }
            uses.add(use);
          });
    }
    return uses;
  }

  private Optional<EntityUse> use(Place place) {
    if (!place.object("{entity: order_id}")) {
      return Optional.empty();
    }
    place.onlyKeys(Set.of("entity", "required", "ask"));
    boolean required = place.flag("required", true);
    List<Say> ask = says.says(place, "ask");
    return place
        .required("entity", "the name of an entity of this bot")
        .flatMap(e -> e.text("order_id").filter(name -> known.entity(e, name)))
        .map(name -> new EntityUse(name, required, asked(place, name, required, ask)));
  }

  private List<Say> asked(Place place, String name, boolean required, List<Say> ask) {
    EntityType type = types.get(name);
    if (!required || !ask.isEmpty() || type == null || !type.reprompt().isEmpty()) {
      return ask;
    }
    String question = "Please enter the " + name.replace('_', ' ') + ".";
    if (!place.has("ask")) {
      known
          .warnings()
          .add(
              place.pointer(),
              "has no ask, and "
                  + name
                  + " has no reprompt; the user will read "
                  + Quote.text(question));
    }
    return List.of(new Say.Words(new LocalText(Map.of(known.language(), question))));
  }
}
