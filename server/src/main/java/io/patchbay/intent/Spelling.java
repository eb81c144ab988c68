package io.patchbay.intent;

import java.util.Comparator;
import java.util.StringJoiner;

/** Mends the words of a message that nobody knows, by those that the bot's utterances have. */
final class Spelling {
  private Spelling() {}

  /**
   * @param known tells which other words are well spelt
   */
  static String corrected(String normal, Vocabulary vocabulary, Words known) {
    var comparisons = new Comparisons();
    var words = new StringJoiner(" ");
    for (String word : normal.split(" ", -1)) {
      String bare = Wording.normalise(word);
      boolean wrong = !bare.isEmpty() && !known.has(bare) && !vocabulary.has(bare);
      words.add(wrong ? nearest(bare, vocabulary, comparisons) : word);
    }
    return words.toString();
  }

  private static String nearest(String word, Vocabulary vocabulary, Comparisons comparisons) {
    return vocabulary.like(word, comparisons).stream()
        .max(Comparator.comparingDouble(Vocabulary.Like::likeness))
        .map(like -> vocabulary.term(like.term()))
        .orElse(word);
  }

  /** Words of a language. */
  @FunctionalInterface
  interface Words {
    boolean has(String word);
  }
}
