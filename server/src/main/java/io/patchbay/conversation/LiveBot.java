package io.patchbay.conversation;

import io.patchbay.bot.Bot;
import io.patchbay.bot.Connection;
import io.patchbay.bot.EntityUse;
import io.patchbay.bot.Node;
import io.patchbay.entity.EntityCollector;
import io.patchbay.entity.EntitySearch;
import io.patchbay.integration.Source;
import io.patchbay.intent.NodeMatcher;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A deployed bot version, ready to take turns.
 *
 * @param version content address of the snapshot
 * @param code node name to its code
 */
record LiveBot(
    Bot bot,
    String version,
    Map<String, Source> code,
    NodeMatcher matcher,
    EntityCollector collector,
    Costs costs) {
  /** Steps of a search for entities that take as long as one step of a budget. */
  private static final int SEARCH_STEPS = 3;

  /**
   * What the bot costs.
   *
   * @param search steps for each character of a message, at the node that costs most
   * @param weight bytes of memory, about
   */
  record Costs(long search, long weight) {
    static Costs of(Bot bot, EntityCollector collector, long weight) {
      long most =
          bot.nodes().values().stream()
              .mapToLong(node -> collector.stepsPerCharacter(searchedAt(node)))
              .max()
              .orElse(0);
      return new Costs(most, weight);
    }

    private static List<String> searchedAt(Node node) {
      Stream<String> tested =
          node.connections().stream()
              .map(Connection::trigger)
              .filter(trigger -> trigger instanceof Connection.Trigger.Entities)
              .flatMap(
                  trigger -> ((Connection.Trigger.Entities) trigger).tests().keySet().stream());
      return Stream.concat(node.entities().stream().map(EntityUse::entity), tested)
          .distinct()
          .toList();
    }
  }

  /** About how many steps of a budget it takes to find out what a message means. */
  long steps(String message) {
    int characters = Math.min(message.length(), EntitySearch.SEARCHED);
    // A message may be searched for the entities of two nodes: where it stands, where it leads.
    return matcher.steps(message) + 2L * characters * costs.search() / SEARCH_STEPS;
  }
}
