package io.patchbay.bot;

/** Whether a text holds another, in time that grows with the two lengths only. */
final class TextSearch {
  /** Up to here the search of the JDK looks at each character that often at most. */
  private static final int SHORT = 16;

  private TextSearch() {}

  static boolean contains(String text, String part) {
    if (part.length() <= SHORT) {
      return text.contains(part);
    }
    return part.length() <= text.length() && search(text, part, borders(part));
  }

  /** For each beginning of the part, how long its longest border is: Knuth, Morris and Pratt. */
  private static int[] borders(String part) {
    int[] borders = new int[part.length()];
    int border = 0;
    for (int i = 1; i < part.length(); i++) {
      while (border > 0 && part.charAt(i) != part.charAt(border)) {
        border = borders[border - 1];
      }
      border += part.charAt(i) == part.charAt(border) ? 1 : 0;
      borders[i] = border;
    }
    return borders;
  }

  private static boolean search(String text, String part, int[] borders) {
    int matched = 0;
    for (int i = 0; i < text.length() && matched < part.length(); i++) {
      while (matched > 0 && text.charAt(i) != part.charAt(matched)) {
        matched = borders[matched - 1];
      }
      matched += text.charAt(i) == part.charAt(matched) ? 1 : 0;
    }
    return matched == part.length();
  }
}
