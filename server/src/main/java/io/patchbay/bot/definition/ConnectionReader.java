package io.patchbay.bot.definition;

import io.patchbay.bot.Connection;
import io.patchbay.bot.Connection.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the {@code connections} of a node. */
final class ConnectionReader {
  private static final int MOST_CONNECTIONS = 200;
  private static final int MOST_ENTITIES = 20;
  private static final List<String> TRIGGERS = List.of("when", "user_says", "entity");
  private static final List<String> KEYS = List.of("to", "when", "user_says", "entity");
  private static final String EXAMPLE = "[{to: NEXT, user_says: [\"yes\"]}]";

  private final Known known;

  ConnectionReader(Known known) {
    this.known = known;
  }

  /**
   * @param integration whether the node has an integration, over whose output rules decide
   */
  List<Connection> connections(Place node, boolean integration) {
    var connections = new ArrayList<Connection>();
    Optional<String> always = Optional.empty();
    List<Place> places =
        node.at("connections").map(all -> all.items(MOST_CONNECTIONS, EXAMPLE)).orElse(List.of());
    for (Place place : places) {
      Optional<Connection> connection = connection(place, integration);
      connection.ifPresent(connections::add);
      if (connection.isPresent() && connection.get().trigger() instanceof Trigger.Always) {
        always.ifPresent(first ->
            place.problem(
                "can never be reached: "
                    + first
                    + " has no condition either; remove one, or give one of them a condition"));
        always = always.or(() -> Optional.of(place.pointer()));
      }
    }
    return connections;
  }

  private Optional<Connection> connection(Place place, boolean integration) {
    if (!place.object("{to: NEXT}")) {
      return Optional.empty();
    }
    place.onlyKeys(KEYS);
    Optional<String> to = place.required("to", "the node to go to").flatMap(this::target);
    List<String> triggers = TRIGGERS.stream().filter(place::has).toList();
    if (triggers.size() > 1) {
      place.problem(
          "has "
              + String.join(" and ", triggers)
              + "; a connection has at most one of when, user_says, entity");
    }
    Optional<Trigger> when = place.at("when").flatMap(w -> when(w, integration));
    Optional<Trigger> userSays = place.at("user_says").map(this::userSays);
    Optional<Trigger> entities = place.at("entity").map(this::entities);
    Optional<Trigger> trigger =
        Stream.of(when, userSays, entities).flatMap(Optional::stream).findFirst();
    return to.filter(_ -> triggers.isEmpty() || trigger.isPresent())
        .map(name -> new Connection(name, trigger.orElseGet(Trigger.Always::new)));
  }

  private Optional<String> target(Place place) {
    return place.text("NEXT").filter(name -> known.node(place, name));
  }

  private static Optional<Trigger> when(Place place, boolean integration) {
    if (!integration) {
      place.problem(
          "decides over an integration's output, and this node has no integration; use"
              + " user_says or entity, or add an integration");
    }
    return ConditionReader.condition(place).map(Trigger.When::new);
  }

  private Trigger userSays(Place place) {
    List<String> utterances = new UtteranceReader(known).utterances(place);
    if (place.node().isArray() && place.node().isEmpty()) {
      place.problem("is empty, so this connection could never be taken; give an utterance");
    }
    return new Trigger.UserSays(utterances);
  }

  private Trigger entities(Place place) {
    String example = "{size: {values: [large]}} or {size: {present: true}}";
    var tests = new LinkedHashMap<String, Connection.Test>();
    Map<String, Place> entries = place.entries(MOST_ENTITIES, example);
    entries.forEach((name, test) -> {
      known.entity(test, name);
      tests.put(name, test(test));
    });
    if (place.isObject() && place.node().isEmpty()) {
      place.problem("names no entity; write for example " + example);
    }
    return new Trigger.Entities(tests);
  }

  private static Connection.Test test(Place place) {
    var any = new Connection.Test(Optional.empty());
    if (!place.object("{values: [large]} or {present: true}")) {
      return any;
    }
    boolean known = place.onlyKeys(List.of("values", "present"));
    if (known && place.has("values") == place.has("present")) {
      place.problem("must have exactly one of values and present, such as {values: [large]}");
    }
    place
        .at("present")
        .flatMap(p -> p.bool().filter(present -> !present).map(_ -> p))
        .ifPresent(p ->
            p.problem("must be true; where an entity is absent, no connection is taken by it"));
    return place.at("values").map(ConnectionReader::anyOf).orElse(any);
  }

  private static Connection.Test anyOf(Place place) {
    var values = new ArrayList<String>();
    for (Place value : place.items("[large]")) {
      value.words(SayReader.LONGEST_TEXT, "large").ifPresent(values::add);
    }
    if (place.node().isArray() && place.node().isEmpty()) {
      place.problem("is empty; give a value, or write present: true");
    }
    return new Connection.Test(Optional.of(values));
  }
}
