package io.patchbay.bot.definition;

import io.patchbay.bot.Connection;
import io.patchbay.bot.Connection.Trigger;
import io.patchbay.bot.Node;
import java.util.HashSet;
import java.util.Map;

/**
 * What a new definition may hold in all of what takes many times its text where it is used. A
 * definition that is stored already may hold more: an earlier release took it.
 */
final class Totals {
  /** Instructions of one pattern's program; each takes up to 100 bytes. */
  static final int PROGRAM = 2_000;

  /** Instructions of all programs, as {@link PatternCheck} estimates them. */
  static final int PROGRAMS = 40_000;

  /** Characters that are gone through to compile the classes of all patterns: some 20 ms. */
  static final int CLASSES = 200_000;

  /** Characters of all words and variants of dictionaries; each takes up to 90 bytes. */
  static final int WORDS = 1_000_000;

  /** Entities of one node, those that its connections test included. */
  static final int ENTITIES = 50;

  /** Connections of all nodes. */
  static final int CONNECTIONS = 20_000;

  /** Utterances that connections have or lead to, each counted at each connection. */
  static final int CONNECTED = 100_000;

  private final boolean bounded;
  private long programs;
  private long classes;
  private long words;

  private Totals(boolean bounded) {
    this.bounded = bounded;
  }

  static Totals ofNew() {
    return new Totals(true);
  }

  static Totals ofStored() {
    return new Totals(false);
  }

  /** Whether the pattern may be compiled; a problem of {@code place} where it may not. */
  boolean pattern(Place place, PatternCheck check) {
    programs += check.size();
    classes += check.classes();
    if (bounded && programs > PROGRAMS) {
      place.problem(
          "is too much with the patterns before it: their counts, multiplied where they nest, may"
              + " give about "
              + PROGRAMS
              + " in all");
      return false;
    }
    if (bounded && classes > CLASSES) {
      place.problem(
          "has too many or too wide classes of characters, with the patterns before it: those such"
              + " as \\pL, and ranges that ignore case");
      return false;
    }
    return true;
  }

  void program(Place place, int size) {
    if (bounded && size > PROGRAM) {
      place.problem(
          "takes "
              + size
              + " steps for each character of a message; at most "
              + PROGRAM
              + " are allowed, so repeat less");
    }
  }

  void words(Place place, long characters) {
    boolean before = words > WORDS;
    words += characters;
    if (bounded && !before && words > WORDS) {
      place.problem(
          "is too much with the dictionaries before it: all words and variants have at most "
              + WORDS
              + " characters");
    }
  }

  void nodes(Place top, Map<String, Node> nodes) {
    if (bounded) {
      nodes.values().forEach(node -> entities(top, node));
      connections(top, nodes);
    }
  }

  private static void entities(Place top, Node node) {
    var names = new HashSet<String>();
    node.entities().forEach(use -> names.add(use.entity()));
    for (Connection connection : node.connections()) {
      if (connection.trigger() instanceof Trigger.Entities(var tests)) {
        names.addAll(tests.keySet());
      }
    }
    if (names.size() > ENTITIES) {
      top.problems()
          .add(
              "nodes." + node.name(),
              "looks for "
                  + names.size()
                  + " entities, those that its connections test included; at most "
                  + ENTITIES
                  + " are allowed");
    }
  }

  private static void connections(Place top, Map<String, Node> nodes) {
    long connections = 0;
    long connected = 0;
    for (Node node : nodes.values()) {
      boolean before = connections > CONNECTIONS || connected > CONNECTED;
      connections += node.connections().size();
      connected += connected(node, nodes);
      boolean over = connections > CONNECTIONS || connected > CONNECTED;
      if (over && !before) {
        top.problems()
            .add(
                "nodes." + node.name() + ".connections",
                connections > CONNECTIONS
                    ? "are too many with those of the nodes before it: at most "
                        + CONNECTIONS
                        + " in all"
                    : "have too many utterances with those of the nodes before it: at most "
                        + CONNECTED
                        + " in all, those of the nodes that they lead to counted at each");
      }
    }
  }

  private static long connected(Node node, Map<String, Node> nodes) {
    long utterances = 0;
    var targets = new HashSet<String>();
    for (Connection connection : node.connections()) {
      if (connection.trigger() instanceof Trigger.UserSays(var said)) {
        Node to = nodes.get(connection.to());
        utterances += said.size();
        utterances += to == null || !targets.add(to.name()) ? 0 : to.userSays().size();
      }
    }
    return utterances;
  }
}
