package io.patchbay.intent;

import io.patchbay.bot.Bot;
import io.patchbay.bot.Connection;
import io.patchbay.bot.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  static final double THRESHOLD = 0.5;

  /** The same where there is a model to ask. */
  static final double SURE = 0.75;

  /** What the best node must lead the next by. */
  static final double MARGIN = 0.1;

  /** Mean cosine from which the model's nearest node counts as meant. */
  static final double MEANING_THRESHOLD = 0.36;

  /**
   * The same where a question is open: most answers are no wishes, and few nodes are there to be
   * nearer.
   */
  static final double CONNECTED_THRESHOLD = 0.5;

  /** What the model's nearest node must lead the next by. */
  static final double MEANING_MARGIN = 0.03;

  /** To run the model once. */
  private static final long STEPS_OF_THE_MODEL = 64 * 1024;

  /** Candidates that a match without a winner tells. */
  private static final int MOST_CANDIDATES = 5;

  /**
   * Utterances that the indexes of all nodes hold together, those of the nodes that a connection
   * leads to counted at each. Nodes beyond have their index made when a message asks for it.
   */
  public static final int MOST_CONNECTED = 100_000;

  /** To normalise a message and to cut it into words, twice. */
  private static final long STEPS_PER_CHARACTER = 8;

  /** The more utterances there are, the more of them are found by each word of a message. */
  private static final long UTTERANCES_OF_A_STEP = 100;

  private static final long MOST_STEPS_OF_UTTERANCES = 200;

  /** To make the index of a node that has none. */
  private static final long STEPS_OF_AN_INDEX = 1_000_000;

  /** What an utterance takes in an index, in bytes: its terms, its place, and what leads to it. */
  private static final long UTTERANCE_WEIGHT = 500;

  private static final long PLACE_WEIGHT = 1_600;

  private final Bot bot;
  private final Meanings meanings;
  private final boolean asksModel;
  private final Set<String> known = new HashSet<>();
  private final Map<String, List<UtteranceIndex.Entry>> ownUtterances = new HashMap<>();
  private final UtteranceIndex starts;
  private final Map<String, Optional<UtteranceIndex>> connections = new HashMap<>();
  private final long weight;

  /** Words alone tell. */
  public NodeMatcher(Bot bot) {
    this(bot, MatchingModel.NONE);
  }

  public NodeMatcher(Bot bot, MatchingModel model) {
    this.bot = bot;
    this.meanings = new Meanings(model);
    this.asksModel = model != MatchingModel.NONE;
    bot.nodes()
        .forEach(
            (name, node) -> ownUtterances.put(name, UtteranceIndex.entries(name, node.userSays())));
    var starts = new UtteranceIndex.Builder();
    bot.nodes().values().stream()
        .filter(node -> node.start() && node.active())
        .forEach(node -> starts.add(node.name(), own(node.name())));
    this.starts = starts.build();
    int connected = 0;
    for (Node node : bot.nodes().values()) {
      if (connected <= MOST_CONNECTED) {
        Optional<UtteranceIndex> index = connected(node);
        connected += index.map(UtteranceIndex::size).orElse(0);
        connections.put(node.name(), index);
      }
    }
    known.addAll(this.starts.known());
    connections.values().forEach(index -> index.ifPresent(i -> known.addAll(i.known())));
    this.weight =
        (connected + 2L * this.starts.size()) * UTTERANCE_WEIGHT
            + (asksModel
                ? Math.min(Meanings.MOST_PLACED, connected + this.starts.size()) * PLACE_WEIGHT
                : 0);
  }

  /**
   * About how many steps of a budget it takes to match a message: its words are compared with those
   * of the utterances, and the utterances that share some with the message.
   */
  public long steps(String message) {
    long characters = Math.min(message.length(), Wording.LONGEST);
    long ofUtterances = Math.min(MOST_STEPS_OF_UTTERANCES, starts.size() / UTTERANCES_OF_A_STEP);
    boolean all = connections.size() == bot.nodes().size();
    return characters * (STEPS_PER_CHARACTER + ofUtterances)
        + (all ? 0 : STEPS_OF_AN_INDEX)
        + (asksModel && !known.contains(Wording.normalise(message)) ? STEPS_OF_THE_MODEL : 0);
  }

  /** About how many bytes it takes. */
  public long weight() {
    return weight;
  }

  /** The utterances that lead on from a node; empty where there is none. */
  private Optional<UtteranceIndex> connected(Node node) {
    var index = new UtteranceIndex.Builder();
    var targets = new HashSet<String>();
    for (Connection connection : node.connections()) {
      String to = connection.to();
      if (connection.trigger() instanceof Connection.Trigger.UserSays says
          && bot.activeNode(to).isPresent()) {
        index.add(to, UtteranceIndex.entries(to, says.utterances()));
        if (targets.add(to)) {
          index.add(to, own(to));
        }
      }
    }
    return targets.isEmpty() ? Optional.empty() : Optional.of(index.build());
  }

  private List<UtteranceIndex.Entry> own(String node) {
    return ownUtterances.getOrDefault(node, List.of());
  }

  /** Which start node a message means. */
  public Match startNodes(String message) {
    return match(starts, message, MEANING_THRESHOLD);
  }

  /**
   * Which node a message leads to from {@code node}, by the utterances of its connections and those
   * of the nodes that these lead to. Targets that are switched off do not count.
   */
  public Match connections(Node node, String message) {
    Optional<UtteranceIndex> made = connections.get(node.name());
    Optional<UtteranceIndex> index = made == null ? connected(node) : made;
    return index.map(i -> match(i, message, CONNECTED_THRESHOLD)).orElseGet(Match.None::nothing);
  }

  private Match match(UtteranceIndex index, String message, double meant) {
    String normal = Wording.normalise(message);
    if (normal.isEmpty()) {
      return Match.None.nothing();
    }
    String full = ShortForms.inFull(normal);
    Optional<UtteranceIndex.Source> exact = index.exact(normal).or(() -> index.exact(full));
    if (exact.isPresent()) {
      return new Match.Exact(exact.get().node(), exact.get().utterance());
    }
    Stance stance = Stance.of(full);
    Match byWords =
        decide(
                bestPerNode(index.nearest(full)),
                asksModel ? SURE : THRESHOLD,
                MARGIN,
                Match.Step.WORDS)
            .under(n -> index.fits(n, stance));
    return byWords instanceof Match.None && !Terms.of(full).isEmpty()
        ? byMeaning(index, full, meant)
            .map(match -> match.under(n -> index.fits(n, stance)))
            .orElse(byWords)
        : byWords;
  }

  /** Empty where no model is asked or it knows nothing. */
  private Optional<Match> byMeaning(UtteranceIndex index, String full, double threshold) {
    List<Match.Candidate> nearest = meanings.nearest(full, index);
    return nearest.isEmpty()
        ? Optional.empty()
        : Optional.of(decide(bestPerNode(nearest), threshold, MEANING_MARGIN, Match.Step.MEANING));
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

  private static Match decide(
      List<Match.Candidate> best, double threshold, double margin, Match.Step step) {
    List<Match.Candidate> near =
        best.stream()
            .filter(c -> c.score() >= threshold && c.score() > best.getFirst().score() - margin)
            .toList();
    if (near.isEmpty()) {
      return new Match.None(best, List.of());
    }
    Optional<Match.Candidate> next = best.stream().skip(1).findFirst();
    Match.Candidate first = best.getFirst();
    return next.filter(n -> first.score() - n.score() < margin).isPresent()
        ? new Match.None(best, near)
        : new Match.Scored(first.node(), first.utterance(), first.score(), step, next);
  }
}
