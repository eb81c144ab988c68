package io.patchbay.bot.definition;

import io.patchbay.bot.Connection;
import io.patchbay.bot.Connection.Trigger;
import io.patchbay.bot.Node;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds nodes that move on for ever within one turn: a node without an integration and without
 * required entities follows its bare {@code to} at once, so a circle of only such nodes never
 * waits.
 */
final class NodeCircles {
  private NodeCircles() {}

  static void check(Place top, Map<String, Node> nodes) {
    var done = new HashSet<String>();
    for (String start : nodes.keySet()) {
      var path = new LinkedHashSet<String>();
      Optional<String> at = Optional.of(start);
      while (at.isPresent() && !done.contains(at.get()) && path.add(at.get())) {
        at = movesOnTo(nodes, at.get());
      }
      if (at.isPresent() && path.contains(at.get())) {
        report(top, path, at.get());
      }
      done.addAll(path);
    }
  }

  private static Optional<String> movesOnTo(Map<String, Node> nodes, String name) {
    return Optional.ofNullable(nodes.get(name))
        .filter(node -> node.active() && !node.end() && node.integration().isEmpty())
        .filter(node -> node.entities().stream().noneMatch(use -> use.required()))
        .flatMap(node ->
            node.connections().stream()
                .filter(connection -> connection.trigger() instanceof Trigger.Always)
                .map(Connection::to)
                .findFirst());
  }

  private static void report(Place top, Set<String> path, String first) {
    var circle = path.stream().dropWhile(name -> !name.equals(first)).toList();
    String shown = String.join(" > ", circle.subList(0, Math.min(8, circle.size())));
    top.problems()
        .add(
            Quote.step("nodes", first) + ".connections",
            "moves on in a circle without ever waiting for the user: "
                + shown
                + (circle.size() > 8 ? " > ..." : "")
                + " > "
                + first
                + "; give one of these connections user_says or entity");
  }
}
