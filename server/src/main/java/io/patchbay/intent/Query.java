package io.patchbay.intent;

import io.patchbay.intent.CommonWords.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A message, ready to be compared with the utterances of one vocabulary.
 *
 * @param weight of all its words
 * @param denies whether one of them is a word such as not
 */
record Query(List<Word> words, double weight, boolean denies) {
  /**
   * @param like the terms of the vocabulary that it is, or is like
   */
  record Word(double weight, List<Vocabulary.Like> like) {}

  /** What counts more: the share of the utterance that is in the message. */
  static final double BETA_SQUARED = 1.7;

  /** What is left of a score where only one of the two denies something. */
  static final double ONE_DENIES = 0.65;

  static Query of(String normal, Vocabulary vocabulary) {
    List<String> terms = Terms.of(normal);
    var comparisons = new Comparisons();
    List<Word> words =
        terms.stream()
            .map(t -> new Word(vocabulary.weight(t), vocabulary.like(t, comparisons)))
            .toList();
    return new Query(words, words.stream().mapToDouble(Word::weight).sum(), denies(terms));
  }

  static boolean denies(List<String> terms) {
    return terms.stream().anyMatch(term -> CommonWords.is(Kind.DENYING, term));
  }

  /** Each term that a word is like, with the most that any word is like it. */
  Map<Integer, Double> terms() {
    Map<Integer, Double> most = new HashMap<>();
    words.forEach(w -> w.like().forEach(l -> most.merge(l.term(), l.likeness(), Math::max)));
    return most;
  }

  /**
   * How near an utterance comes, 0 to 1: the weighted harmonic mean of how much of the utterance is
   * in the message and how much of the message is in the utterance.
   */
  double score(IndexedUtterance utterance, Vocabulary vocabulary) {
    Map<Integer, Double> found = new HashMap<>();
    double ofMessage = 0;
    for (Word word : words) {
      double most = 0;
      for (Vocabulary.Like like : word.like()) {
        if (utterance.contains(like.term())) {
          most = Math.max(most, like.likeness());
          found.merge(like.term(), like.likeness(), Math::max);
        }
      }
      ofMessage += most * word.weight();
    }
    double ofUtterance = 0;
    for (Map.Entry<Integer, Double> term : found.entrySet()) {
      ofUtterance += term.getValue() * vocabulary.weight(term.getKey());
    }
    double score = mean(ofUtterance / utterance.weight(), ofMessage / weight);
    return utterance.denies() == denies ? score : score * ONE_DENIES;
  }

  /**
   * @param shared weight of what an utterance has in common with the message
   * @return nearly its score, or a little more
   */
  double roughly(double shared, IndexedUtterance utterance) {
    return mean(Math.min(1, shared / utterance.weight()), Math.min(1, shared / weight));
  }

  private static double mean(double ofUtterance, double ofMessage) {
    double below = BETA_SQUARED * ofMessage + ofUtterance;
    return below == 0 ? 0 : (1 + BETA_SQUARED) * ofUtterance * ofMessage / below;
  }
}
