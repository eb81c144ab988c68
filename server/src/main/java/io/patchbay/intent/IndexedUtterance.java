package io.patchbay.intent;

import java.util.Arrays;
import java.util.List;

/** An utterance as terms of a vocabulary. */
final class IndexedUtterance {
  private final String node;
  private final String utterance;
  private final boolean denies;
  private final int[] terms;
  private final double weight;

  /**
   * @param utterance as authored
   * @param terms ids in the vocabulary, which has its weights by now
   * @param denies whether one of them is a word such as not
   */
  IndexedUtterance(
      String node, String utterance, int[] terms, boolean denies, Vocabulary vocabulary) {
    this.node = node;
    this.utterance = utterance;
    this.denies = denies;
    this.terms = terms.clone();
    Arrays.sort(this.terms);
    this.weight = Arrays.stream(terms).mapToDouble(vocabulary::weight).sum();
  }

  String node() {
    return node;
  }

  boolean denies() {
    return denies;
  }

  /** Of all its terms; above 0 where it has any. */
  double weight() {
    return weight;
  }

  List<Integer> terms() {
    return Arrays.stream(terms).boxed().toList();
  }

  boolean contains(int term) {
    return Arrays.binarySearch(terms, term) >= 0;
  }

  Match.Candidate scored(double score) {
    return new Match.Candidate(node, utterance, score);
  }
}
