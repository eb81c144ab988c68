package io.patchbay.base;

import java.text.Normalizer;

/** Texts in the form in which spellings that mean the same are equal: NFKC. */
public final class Compatible {
  /**
   * Marks on one character that count, as in Unicode's stream-safe text (UAX 15); the rest is left
   * out. No script needs so many, and to put n of them in order takes n squared steps.
   */
  private static final int MOST_MARKS = 30;

  private Compatible() {}

  /** In time that grows with the length only. */
  public static String form(String text) {
    return Normalizer.normalize(withFewMarks(text), Normalizer.Form.NFKC);
  }

  private static String withFewMarks(String text) {
    int marks = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      marks = isMark(text.codePointAt(at)) ? marks + 1 : 0;
      if (marks > MOST_MARKS) {
        return without(text);
      }
    }
    return text;
  }

  private static String without(String text) {
    var few = new StringBuilder(text.length());
    int marks = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int c = text.codePointAt(at);
      marks = isMark(c) ? marks + 1 : 0;
      if (marks <= MOST_MARKS) {
        few.appendCodePoint(c);
      }
    }
    return few.toString();
  }

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }
}
