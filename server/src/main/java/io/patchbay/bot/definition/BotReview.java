package io.patchbay.bot.definition;

import com.google.re2j.Pattern;
import io.patchbay.base.Problem;
import io.patchbay.bot.Bot;
import io.patchbay.bot.Connection;
import io.patchbay.bot.Connection.Trigger;
import io.patchbay.bot.EntityType;
import io.patchbay.bot.Node;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what a valid bot can never do, or will fail to do, so that {@code train} can say so. */
public final class BotReview {
  /** Characters of the longest message, unless the operator allows more. */
  private static final int LONGEST_MESSAGE = 10_000;

  private final Bot bot;
  private final Problems warnings = new Problems("warnings");

  private BotReview(Bot bot) {
    this.bot = bot;
  }

  /** In the order: how nodes are reached, what they find and say, where they call. */
  public static List<Problem> warnings(Bot bot) {
    var review = new BotReview(bot);
    review.starts();
    review.unreachable();
    review.nodes();
    bot.entities().values().forEach(review::entity);
    TextReview.review(bot, review.warnings);
    AddressReview.review(bot, review.warnings);
    return review.warnings.all();
  }

  private void starts() {
    boolean any = bot.nodes().values().stream().anyMatch(node -> node.start() && node.active());
    if (!any) {
      warn("nodes", "has no node that starts a conversation; give one start: true and user_says");
    }
  }

  private void unreachable() {
    Set<String> reached = reached();
    for (Node node : bot.nodes().values()) {
      if (!node.active() || reached.contains(node.name())) {
        continue;
      }
      warn(
          place(node),
          node.userSays().isEmpty()
              ? "is never reached: no connection leads here from a node that is reached"
              : "is never reached: it has user_says but neither start: true nor a connection to it"
                  + " from a node that is reached");
    }
  }

  private Set<String> reached() {
    var reached = new HashSet<String>();
    var open = new ArrayDeque<Node>();
    bot.nodes().values().stream().filter(node -> node.start() && node.active()).forEach(open::add);
    while (!open.isEmpty()) {
      Node node = open.remove();
      if (reached.add(node.name())) {
        node.connections().forEach(c -> bot.activeNode(c.to()).ifPresent(open::add));
      }
    }
    return reached;
  }

  private void nodes() {
    var ledTo = new HashSet<String>();
    for (Node node : bot.nodes().values()) {
      node.connections().forEach(connection -> ledTo.add(connection.to()));
    }
    for (Node node : bot.nodes().values()) {
      if (node.active()) {
        node(node, ledTo.contains(node.name()));
      }
    }
  }

  private void node(Node node, boolean ledTo) {
    if (node.start() && node.userSays().isEmpty() && !ledTo) {
      warn(place(node), "starts a conversation but has no user_says, so no message chooses it");
    }
    if (node.botSays().isEmpty()
        && node.integration().isEmpty()
        && node.entities().isEmpty()
        && node.connections().stream().noneMatch(c -> c.trigger() instanceof Trigger.Always)) {
      warn(place(node), "says nothing: it has no bot_says, no entities and no integration");
    }
    if (node.end() && node.integration().isEmpty() && !node.connections().isEmpty()) {
      warn(place(node) + ".connections", "are never taken: the conversation ends at this node");
    }
    connections(node);
  }

  private void entity(EntityType type) {
    if (type instanceof EntityType.Regex regex) {
      int size = Pattern.compile(regex.pattern()).programSize();
      long longest = EntityType.SEARCH_STEPS / size;
      if (longest < LONGEST_MESSAGE) {
        warn(
            "entities." + regex.name() + ".pattern",
            "takes "
                + size
                + " steps for each character, which is enough for a message of "
                + longest
                + " characters; a longer one ends in a bot break. Repeat less");
      }
    }
  }

  private void connections(Node node) {
    boolean movesOn =
        node.connections().stream().anyMatch(c -> c.trigger() instanceof Trigger.Always);
    var utterances = new HashSet<String>();
    for (int i = 0; i < node.connections().size(); i++) {
      Connection connection = node.connections().get(i);
      String place = place(node) + ".connections[" + i + "]";
      if (bot.activeNode(connection.to()).isEmpty()) {
        warn(place + ".to", "node " + connection.to() + " is switched off, so this is never taken");
      }
      if (movesOn && !connection.isRule()) {
        warn(
            place,
            "is never taken: another connection has only to, so the conversation moves on"
                + " without waiting for the next message");
      }
      switch (connection.trigger()) {
        case Trigger.UserSays(List<String> said) -> twice(place, said, utterances);
        case Trigger.Entities entities -> TextReview.words(bot, place, entities, warnings);
        case Trigger.Always _, Trigger.When _ -> {}
      }
    }
  }

  private void twice(String place, List<String> said, Set<String> before) {
    List<String> normal = said.stream().map(TextReview::normal).toList();
    for (int i = 0; i < said.size(); i++) {
      String utterance = said.get(i);
      if (before.contains(normal.get(i))) {
        warnings.add(
            place + ".user_says",
            () ->
                "another connection of this node has "
                    + Quote.text(utterance)
                    + " before; this one is not taken by it");
      }
    }
    before.addAll(normal);
  }

  private void warn(String pointer, String message) {
    warnings.add(pointer, message);
  }

  static String place(Node node) {
    return "nodes." + node.name();
  }
}
