package io.patchbay.intent;

/** How alike two words are that are not the same: a slip of the keyboard, or another ending. */
final class Likeness {
  private static final int SHORTEST_MISSPELT = 4;
  private static final int SHORTEST_TWICE_MISSPELT = 8;
  private static final int SHORTEST_STEM = 4;
  private static final int LONGEST_ENDING = 6;
  private static final double WORTH_OF_STEM = 0.9;

  private static final double WORTH_OF_SLIP = 0.7;

  private Likeness() {}

  /** 0 for words that have nothing to do with each other, up to 1 for the same. */
  static double of(String a, String b) {
    if (a.equals(b)) {
      return 1;
    }
    return Math.max(sameStem(a, b), misspelt(a, b));
  }

  /** As {@link #of}, where both words are known to be spelt as meant. */
  static double sameStem(String a, String b) {
    int common = 0;
    int shorter = Math.min(a.length(), b.length());
    while (common < shorter && a.charAt(common) == b.charAt(common)) {
      common++;
    }
    int endings = Math.max(a.length(), b.length()) - common;
    if (common < SHORTEST_STEM || endings > Math.min(LONGEST_ENDING, common)) {
      return 0;
    }
    double ofShorter = (double) common / shorter;
    double ofBoth = 2.0 * common / (a.length() + b.length());
    return WORTH_OF_STEM * (ofShorter + ofBoth) / 2;
  }

  private static double misspelt(String a, String b) {
    int longer = Math.max(a.length(), b.length());
    int shorter = Math.min(a.length(), b.length());
    int allowed = shorter < SHORTEST_MISSPELT ? 0 : longer < SHORTEST_TWICE_MISSPELT ? 1 : 2;
    if (longer - shorter <= allowed) {
      int distance = distance(a, b, allowed);
      if (distance <= allowed) {
        return 1 - WORTH_OF_SLIP * distance / longer;
      }
    }
    return sameWithoutRepeats(a, b) ? 1 - WORTH_OF_SLIP / longer : 0;
  }

  /** {@code yes} and {@code yesss}. */
  private static boolean sameWithoutRepeats(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length() && a.charAt(i) == b.charAt(j)) {
      i = endOfRepeats(a, i);
      j = endOfRepeats(b, j);
    }
    return i == a.length() && j == b.length();
  }

  private static int endOfRepeats(String word, int from) {
    int end = from + 1;
    while (end < word.length() && word.charAt(end) == word.charAt(from)) {
      end++;
    }
    return end;
  }

  /**
   * Letters left out, put in, changed, or swapped with their neighbour.
   *
   * @param most that matters; what is more is told as one more
   */
  static int distance(String a, String b, int most) {
    int far = most + 1;
    if (Math.abs(a.length() - b.length()) > most) {
      return far;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      // Further from the diagonal the count is above the most that matters.
      int from = Math.max(1, i - most);
      int to = Math.min(b.length(), i + most);
      row[from - 1] = from == 1 ? i : far;
      if (to < b.length()) {
        row[to + 1] = far;
      }
      for (int j = from; j <= to; j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return Math.min(last[b.length()], far);
  }
}
