package io.patchbay.intent;

import io.patchbay.bot.Bot;
import io.patchbay.bot.Connection;
import io.patchbay.bot.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which node a message means. Built once per bot; immutable, safe for use by several threads,
 * and nothing needs closing.
 *
 * <p>An utterance that is the message after normalisation wins at once. Otherwise the best score
 * must reach {@link #THRESHOLD} and lead the best of every other node by {@link #MARGIN}; how the
 * two were chosen is written in ADR 0005.
 */
public final class NodeMatcher {
  /** Score from which an utterance counts as meant. */
  public static final double THRESHOLD = 0.6;

  /** What the best node must lead the next by. */
  public static final double MARGIN = 0.1;

  /** Candidates that a match without a winner tells. */
  private static final int MOST_CANDIDATES = 5;

  private final UtteranceIndex starts;
  private final Map<String, UtteranceIndex> connections = new HashMap<>();

  public NodeMatcher(Bot bot) {
    var starts = new UtteranceIndex.Builder();
    bot.nodes().values().stream()
        .filter(node -> node.start() && node.active())
        .forEach(node -> starts.add(node.name(), node.userSays()));
    this.starts = starts.build();
    bot.nodes()
        .forEach((name, node) -> connected(bot, node).ifPresent(i -> connections.put(name, i)));
  }

  /** The utterances that lead on from a node; empty where there is none. */
  private static Optional<UtteranceIndex> connected(Bot bot, Node node) {
    var index = new UtteranceIndex.Builder();
    boolean any = false;
    for (Connection connection : node.connections()) {
      Optional<Node> target = bot.activeNode(connection.to());
      if (connection.trigger() instanceof Connection.Trigger.UserSays says && target.isPresent()) {
        index.add(connection.to(), says.utterances());
        index.add(connection.to(), target.get().userSays());
        any = true;
      }
    }
    return any ? Optional.of(index.build()) : Optional.empty();
  }

  /** Which start node a message means. */
  public Match startNodes(String message) {
    return match(starts, message);
  }

  /**
   * Which node a message leads to from {@code node}, by the utterances of its connections and those
   * of the nodes that these lead to. Targets that are switched off do not count.
   */
  public Match connections(Node node, String message) {
    UtteranceIndex index = connections.get(node.name());
    return index == null ? new Match.None(List.of()) : match(index, message);
  }

  private static Match match(UtteranceIndex index, String message) {
    String normal = Wording.normalise(message);
    if (normal.isEmpty()) {
      return new Match.None(List.of());
    }
    Optional<Match> exact = index.exact(normal).map(u -> new Match.Exact(u.node(), u.utterance()));
    return exact.orElseGet(() -> decide(bestPerNode(index.nearest(normal))));
  }

  private static List<Match.Candidate> bestPerNode(List<Match.Candidate> bestFirst) {
    List<Match.Candidate> best = new ArrayList<>();
    for (Match.Candidate candidate : bestFirst) {
      if (best.size() < MOST_CANDIDATES
          && best.stream().noneMatch(b -> b.node().equals(candidate.node()))) {
        best.add(candidate);
      }
    }
    return best;
  }

  private static Match decide(List<Match.Candidate> best) {
    double first = best.isEmpty() ? 0 : best.getFirst().score();
    double second = best.size() < 2 ? 0 : best.get(1).score();
    return first >= THRESHOLD && first - second >= MARGIN
        ? new Match.Scored(best.getFirst().node(), best.getFirst().utterance(), first)
        : new Match.None(best);
  }
}
