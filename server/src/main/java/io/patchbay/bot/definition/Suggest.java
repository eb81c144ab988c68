package io.patchbay.bot.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what an unknown word was probably meant to be. */
final class Suggest {
  private static final int LONGEST_WORD = 64;
  private static final int MOST_CANDIDATES = 500;
  private static final int MOST_LISTED = 12;

  private Suggest() {}

  /** Continues a message: {@code ; did you mean LATE?}, else what there is, else nothing. */
  static String instead(String word, Collection<String> known) {
    return closest(word, known)
        .map(closest -> "; did you mean " + closest + "?")
        .orElseGet(() -> listed(known));
  }

  private static String listed(Collection<String> known) {
    if (known.isEmpty() || known.size() > MOST_LISTED) {
      return "";
    }
    return "; there is " + known.stream().map(Quote::name).collect(Collectors.joining(", "));
  }

  /**
   * The candidate at the smallest edit distance, if that is at most a third of the word; case costs
   * nothing.
   */
  static Optional<String> closest(String word, Collection<String> candidates) {
    if (word.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    int limit = word.length() < 3 ? 0 : word.length() / 3;
    String wanted = word.toLowerCase(Locale.ROOT);
    record Scored(String candidate, int distance) {}
    return candidates.stream()
        .limit(MOST_CANDIDATES)
        .filter(candidate -> Math.abs(candidate.length() - word.length()) <= limit)
        .map(candidate ->
            new Scored(candidate, distance(wanted, candidate.toLowerCase(Locale.ROOT))))
        .filter(scored -> scored.distance <= limit)
        .min(Comparator.comparingInt(Scored::distance))
        .map(Scored::candidate);
  }

  /** Insertions, deletions, substitutions and swaps of neighbours that turn a into b. */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
