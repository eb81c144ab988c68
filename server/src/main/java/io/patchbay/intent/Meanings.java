package io.patchbay.intent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a model of sentences takes messages to mean. The places of a bot's utterances are kept, so
 * that a message costs one run of the model.
 */
final class Meanings {
  /** Places sentences: two of like meaning have a large product. */
  interface Model extends Spelling.Words {
    /**
     * @return of length 1
     */
    float[] vector(String full);
  }

  /** Utterances of an index that are placed, the first of each node before all others. */
  static final int MOST_PLACED = 1_000;

  /** What the second nearest utterance of a node counts, against what is left for the nearest. */
  private static final double SECOND = 0.3;

  /** Part of the words of a message that must be known, so that it is in the model's language. */
  private static final double KNOWN = 0.5;

  private final MatchingModel which;
  private final Map<String, float[]> places = new ConcurrentHashMap<>();
  private final AtomicReference<Placed> last = new AtomicReference<>();

  private static final class Placed {
    final String full;
    final float[] vector;

    Placed(String full, float[] vector) {
      this.full = full;
      this.vector = vector;
    }
  }

  Meanings(MatchingModel which) {
    this.which = which;
  }

  /**
   * The nodes whose utterances come nearest, best first, by cosine. Empty where there is no model
   * or the message is not in its language.
   */
  List<Match.Candidate> nearest(String full, UtteranceIndex index) {
    return which.loaded().map(model -> nearest(full, index, model)).orElse(List.of());
  }

  private List<Match.Candidate> nearest(String full, UtteranceIndex index, Model model) {
    String corrected = Spelling.corrected(full, index.vocabulary(), model);
    if (!understands(corrected, model)) {
      return List.of();
    }
    float[] message = placed(corrected, model);
    Map<String, List<Match.Candidate>> byNode = new HashMap<>();
    for (UtteranceIndex.Entry entry : some(index)) {
      UtteranceIndex.Source source = entry.source();
      double product = product(message, places.computeIfAbsent(entry.full(), model::vector));
      byNode
          .computeIfAbsent(source.node(), _ -> new ArrayList<>())
          .add(new Match.Candidate(source.node(), source.utterance(), product));
    }
    return byNode.values().stream()
        .map(Meanings::ofNode)
        .sorted(Comparator.comparingDouble(Match.Candidate::score).reversed())
        .toList();
  }

  private static boolean understands(String full, Model model) {
    List<String> words = Terms.of(full);
    long known = words.stream().filter(model::has).count();
    return known > 0 && known >= KNOWN * words.size();
  }

  /** One message is compared with several indexes. */
  private float[] placed(String full, Model model) {
    Placed before = last.get();
    if (before != null && before.full.equals(full)) {
      return before.vector;
    }
    var now = new Placed(full, model.vector(full));
    last.set(now);
    return now.vector;
  }

  private static List<UtteranceIndex.Entry> some(UtteranceIndex index) {
    List<UtteranceIndex.Entry> all = index.entries();
    if (all.size() <= MOST_PLACED) {
      return all;
    }
    long nodes = all.stream().map(e -> e.source().node()).distinct().count();
    long each = Math.max(1, MOST_PLACED / nodes);
    Map<String, Long> ofNode = new HashMap<>();
    return all.stream()
        .filter(e -> ofNode.merge(e.source().node(), 1L, Long::sum) <= each)
        .limit(MOST_PLACED)
        .toList();
  }

  /** The nearest two, so that a single odd utterance does not decide. */
  private static Match.Candidate ofNode(List<Match.Candidate> utterances) {
    List<Match.Candidate> best =
        utterances.stream()
            .sorted(Comparator.comparingDouble(Match.Candidate::score).reversed())
            .limit(2)
            .toList();
    Match.Candidate first = best.getFirst();
    double score = (1 - SECOND) * first.score() + SECOND * best.getLast().score();
    return new Match.Candidate(first.node(), first.utterance(), Math.clamp(score, 0, 1));
  }

  private static double product(float[] a, float[] b) {
    float sum = 0;
    for (int at = 0; at < a.length; at++) {
      sum += a[at] * b[at];
    }
    return sum;
  }
}
