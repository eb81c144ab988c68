package io.patchbay.intent;

import io.patchbay.intent.CommonWords.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The terms of all utterances of one index: how much each weighs, and which are like a word. */
final class Vocabulary {
  /** A term of the vocabulary, and how alike it is, above 0 to 1. */
  record Like(int term, double likeness) {}

  /** Weights of words by kind, against 1 for any other; ADR 0005 tells how they were chosen. */
  private static final double LIGHT = 0.1;

  private static final double ASKING = 0.7;

  /** Weight of a word that stands in every node, against 1 for one that stands in one node only. */
  private static final double EVERYWHERE = 0.6;

  /** Weight of a word of a message that stands in no utterance. */
  private static final double UNKNOWN = 0.6;

  /** The same where it holds a digit: such a word is rather a value than a wish. */
  private static final double UNKNOWN_WITH_DIGIT = 0.15;

  /** Terms that one word may be like; the most alike count. */
  private static final int MOST_LIKE = 32;

  private static final int SHORTEST_LIKE = 3;
  private static final int EDGE = 2;

  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> terms = new ArrayList<>();
  private final List<Set<String>> nodes = new ArrayList<>();
  private final Map<String, List<Integer>> byEdge = new HashMap<>();
  private double[] weights = {};

  void add(String term, String node) {
    int id = ids.computeIfAbsent(term, _ -> terms.size());
    if (id == terms.size()) {
      terms.add(term);
      nodes.add(new HashSet<>());
      if (term.length() >= SHORTEST_LIKE) {
        byEdge.computeIfAbsent(head(term), _ -> new ArrayList<>()).add(id);
        byEdge.computeIfAbsent(tail(term), _ -> new ArrayList<>()).add(id);
      }
    }
    nodes.get(id).add(node);
  }

  /** To be called once all is added. */
  void weigh(int nodeCount) {
    weights = new double[terms.size()];
    for (int id = 0; id < weights.length; id++) {
      double rarity =
          nodeCount < 2
              ? 1
              : Math.log((double) nodeCount / nodes.get(id).size()) / Math.log(nodeCount);
      weights[id] = worth(terms.get(id)) * (EVERYWHERE + (1 - EVERYWHERE) * rarity);
    }
    nodes.clear();
  }

  private static String head(String term) {
    return "^" + term.substring(0, EDGE);
  }

  private static String tail(String term) {
    return "$" + term.substring(term.length() - EDGE);
  }

  private static double worth(String term) {
    return CommonWords.is(Kind.LIGHT, term)
        ? LIGHT
        : CommonWords.is(Kind.ASKING, term) ? ASKING : 1;
  }

  /**
   * @param term one that was added
   */
  int id(String term) {
    return ids.getOrDefault(term, -1);
  }

  boolean has(String term) {
    return ids.containsKey(term);
  }

  String term(int id) {
    return terms.get(id);
  }

  double weight(int id) {
    return weights[id];
  }

  /** What a word of a message weighs. */
  double weight(String term) {
    Integer id = ids.get(term);
    if (id != null) {
      return weights[id];
    }
    boolean digit = term.codePoints().anyMatch(Character::isDigit);
    return digit ? UNKNOWN_WITH_DIGIT : UNKNOWN * worth(term);
  }

  /**
   * The terms that are like a word: itself, others of its stem, and if it is unknown those that it
   * may be a misspelling of. Where the message has been compared with very many terms, itself only.
   */
  List<Like> like(String word, Comparisons comparisons) {
    Integer id = ids.get(word);
    List<Like> like = new ArrayList<>();
    if (id != null) {
      like.add(new Like(id, 1));
    }
    if (word.length() >= SHORTEST_LIKE) {
      boolean meant = id != null || worth(word) < 1;
      addLike(like, word, byEdge.getOrDefault(head(word), List.of()), meant, "", comparisons);
      if (!meant) {
        String met = word.substring(0, EDGE);
        addLike(like, word, byEdge.getOrDefault(tail(word), List.of()), false, met, comparisons);
      }
    }
    return like.size() <= MOST_LIKE ? like : mostAlike(like);
  }

  private static List<Like> mostAlike(List<Like> like) {
    return like.stream()
        .sorted(Comparator.comparingDouble(Like::likeness).reversed())
        .limit(MOST_LIKE)
        .toList();
  }

  /**
   * @param met terms that begin so were compared before; empty where none were
   */
  private void addLike(
      List<Like> like,
      String word,
      List<Integer> others,
      boolean meant,
      String met,
      Comparisons comparisons) {
    for (int other : others) {
      String term = terms.get(other);
      if (!comparisons.allow(word, term)) {
        return;
      }
      if (met.isEmpty() || !term.startsWith(met)) {
        addLike(like, word, other, meant);
      }
    }
  }

  private void addLike(List<Like> like, String word, int other, boolean meant) {
    String term = terms.get(other);
    double likeness =
        term.equals(word) ? 0 : meant ? Likeness.sameStem(word, term) : Likeness.of(word, term);
    if (likeness > 0) {
      like.add(new Like(other, likeness));
    }
  }
}
