package io.patchbay.conversation;

import io.patchbay.bot.Connection;
import io.patchbay.bot.EntityUse;
import io.patchbay.bot.Node;
import io.patchbay.entity.EntityValue;
import io.patchbay.intent.Match;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the node that a message means and collects the entities that it holds (contract F5, F13,
 * F14, G8).
 *
 * <p>In a running conversation the first of these wins: an exact utterance of a connection; an
 * exact utterance of a start node; a connection whose entities this message satisfies; a value for
 * an entity that the node needs; a similar utterance of a connection, then of a start node; a
 * connection whose entities were collected before; the question that is still open. Without a
 * conversation only start nodes match.
 */
final class Matching {
  private Matching() {}

  static Optional<Node> match(Turn turn) {
    return turn.standing().map(node -> running(turn, node)).orElseGet(() -> opening(turn));
  }

  private static Optional<Node> opening(Turn turn) {
    turn.asked = Optional.empty();
    Match start = turn.live.matcher().startNodes(turn.text);
    Optional<Node> node = begin(turn, start);
    if (node.isEmpty()) {
      turn.log.candidates(start);
    }
    return node;
  }

  private static Optional<Node> running(Turn turn, Node node) {
    Match connected = turn.live.matcher().connections(node, turn.text);
    Match start = turn.live.matcher().startNodes(turn.text);
    if (connected instanceof Match.Exact) {
      return follow(turn, connected);
    }
    if (start instanceof Match.Exact) {
      return begin(turn, start);
    }
    Set<String> found = collect(turn, node);
    return byEntity(turn, node, found)
        .or(() -> answered(turn, node, found))
        .or(() -> follow(turn, connected))
        .or(() -> begin(turn, start))
        .or(() -> byEntity(turn, elsewhere(node), turn.entities.keySet()))
        .or(() -> stillAsked(turn, node))
        .or(() -> nothing(turn, connected, start));
  }

  /** Enters a start node, which asks anew for its own entities. */
  private static Optional<Node> begin(Turn turn, Match match) {
    return target(turn, match)
        .map(node -> {
          node.entities().forEach(use -> turn.entities.remove(use.entity()));
          return enter(turn, node, match);
        });
  }

  /** Follows a connection; what was collected before stays. */
  private static Optional<Node> follow(Turn turn, Match match) {
    return target(turn, match).map(node -> enter(turn, node, match));
  }

  private static Optional<Node> target(Turn turn, Match match) {
    return switch (match) {
      case Match.Exact(String name, _) -> turn.live.bot().activeNode(name);
      case Match.Scored(String name, _, _) -> turn.live.bot().activeNode(name);
      case Match.None _ -> Optional.empty();
    };
  }

  private static Node enter(Turn turn, Node node, Match match) {
    turn.asked = Optional.empty();
    turn.log.matched(node, match);
    collect(turn, node);
    return node;
  }

  private static Set<String> collect(Turn turn, Node node) {
    return collect(turn, node, Set.of());
  }

  /**
   * Detects the active node's entities, those that its connections test included.
   *
   * @param first entities that led here and keep their part of the message from all others (G7)
   */
  private static Set<String> collect(Turn turn, Node node, Set<String> first) {
    List<EntityUse> uses = new ArrayList<>();
    first.forEach(name -> uses.add(new EntityUse(name, true, List.of())));
    uses.addAll(node.entities());
    Set<String> named = new LinkedHashSet<>(uses.stream().map(EntityUse::entity).toList());
    for (Connection connection : node.connections()) {
      if (connection.trigger() instanceof Connection.Trigger.Entities(var tests)) {
        tests.keySet().stream()
            .filter(named::add)
            .forEach(name -> uses.add(new EntityUse(name, false, List.of())));
      }
    }
    Map<String, List<EntityValue>> found =
        turn.live.collector().detect(uses, turn.asked, turn.text, turn.profile.languageCode());
    turn.entities.putAll(found);
    turn.detected.putAll(found);
    turn.foundValue |= !found.isEmpty();
    return found.keySet();
  }

  /** Without its self-connections: what was collected before does not run it again (F14). */
  private static Node elsewhere(Node node) {
    return node.withConnections(
        node.connections().stream().filter(c -> !c.to().equals(node.name())).toList());
  }

  /** A connection all of whose entities pass, at least one of them being among {@code names}. */
  private static Optional<Node> byEntity(Turn turn, Node node, Set<String> names) {
    for (Connection connection : node.connections()) {
      if (connection.trigger() instanceof Connection.Trigger.Entities(var tests)
          && tests.keySet().stream().anyMatch(names::contains)
          && tests.entrySet().stream().allMatch(e -> passes(turn, e.getKey(), e.getValue()))) {
        Optional<Node> target = turn.live.bot().activeNode(connection.to());
        if (target.isPresent()) {
          turn.asked = Optional.empty();
          turn.log.entered(target.get(), "entity");
          collect(turn, target.get(), tests.keySet());
          return target;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean passes(Turn turn, String entity, Connection.Test test) {
    List<EntityValue> values = turn.entities.getOrDefault(entity, List.of());
    return test.anyOf()
        .map(allowed -> values.stream().anyMatch(v -> allowed.contains(v.plain())))
        .orElse(!values.isEmpty());
  }

  /** A value that the node waits for, or a new one for something that it needs: it runs again. */
  private static Optional<Node> answered(Turn turn, Node node, Set<String> found) {
    boolean needed =
        node.entities().stream()
            .anyMatch(use ->
                found.contains(use.entity()) && (use.required() || turn.missing(node).isPresent()));
    return needed ? stay(turn, node, "entity_value") : Optional.empty();
  }

  private static Optional<Node> stillAsked(Turn turn, Node node) {
    return turn.missing(node).isPresent() ? stay(turn, node, "reprompt") : Optional.empty();
  }

  private static Optional<Node> stay(Turn turn, Node node, String method) {
    turn.log.entered(node, method);
    return Optional.of(node);
  }

  private static Optional<Node> nothing(Turn turn, Match connected, Match start) {
    turn.log.candidates(connected);
    turn.log.candidates(start);
    return Optional.empty();
  }
}
