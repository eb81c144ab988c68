package io.patchbay.intent;

import io.patchbay.base.Compatible;
import java.util.Locale;

/** The form in which utterances and messages are compared. */
final class Wording {
  /** Characters of a message that count; an utterance is never so long. */
  static final int LONGEST = 4_000;

  private Wording() {}

  /**
   * NFKC, lower case, single spaces, no punctuation or space at either end. What is nothing but
   * punctuation keeps it.
   */
  static String normalise(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    String folded = Compatible.form(cut).toLowerCase(Locale.ROOT);
    String spaced = spaced(folded.replace('\u2019', '\'').replace("\uFE0F", ""));
    int start = 0;
    int end = spaced.length();
    while (start < end && isEdge(spaced.codePointAt(start))) {
      start += Character.charCount(spaced.codePointAt(start));
    }
    while (end > start && isEdge(spaced.codePointBefore(end))) {
      end -= Character.charCount(spaced.codePointBefore(end));
    }
    return start == end ? spaced.strip() : spaced.substring(start, end);
  }

  private static String spaced(String text) {
    var spaced = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          boolean space = isSpace(c);
          if (!space) {
            spaced.appendCodePoint(c);
          } else if (!spaced.isEmpty() && spaced.charAt(spaced.length() - 1) != ' ') {
            spaced.append(' ');
          }
        });
    return spaced.toString();
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
  }

  private static boolean isEdge(int c) {
    return isSpace(c)
        || switch (Character.getType(c)) {
          case Character.CONNECTOR_PUNCTUATION,
              Character.DASH_PUNCTUATION,
              Character.START_PUNCTUATION,
              Character.END_PUNCTUATION,
              Character.INITIAL_QUOTE_PUNCTUATION,
              Character.FINAL_QUOTE_PUNCTUATION,
              Character.OTHER_PUNCTUATION,
              Character.FORMAT ->
              true;
          default -> false;
        };
  }
}
