package io.patchbay.intent;

/**
 * How much the words of one message may still be compared with terms that are not the same: some
 * milliseconds in all. An ordinary message needs a hundredth of it, also where a bot has ten
 * thousand terms.
 */
final class Comparisons {
  /** Characters of pairs that are of nearly the same length, and pairs. */
  private static final int MOST = 300_000;

  private static final int NEARLY = 2;

  private int left = MOST;

  boolean allow(String word, String term) {
    boolean near = Math.abs(word.length() - term.length()) <= NEARLY;
    left -= near ? 1 + word.length() : 1;
    return left >= 0;
  }
}
