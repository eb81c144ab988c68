package io.patchbay.entity;

import io.patchbay.base.Compatible;
import java.lang.Character.UnicodeScript;
import java.util.Locale;

/** Where words begin and end, and when two spellings are the same, in any script. */
final class Letters {
  private static final int FIRST_UNSPACED = 0x0E00;

  private Letters() {}

  /** Letters, digits, the marks on them, the underscore, and the joiners of Indic and Arabic. */
  static boolean inWord(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || isMark(c) || c == 0x200C || c == 0x200D;
  }

  static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  /** Whether a letter is of a script that puts no spaces between words. */
  static boolean isUnspaced(int c) {
    if (c < FIRST_UNSPACED) {
      return false;
    }
    return switch (UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }

  /** Whether what stands right before {@code index} is a word that goes on there. */
  static boolean gluedBefore(String text, int index) {
    return index > 0 && inSpacedWord(text.codePointBefore(index));
  }

  /** Whether what stands at {@code index} would go on with a word that ends there. */
  static boolean gluedAfter(String text, int index) {
    return index < text.length() && inSpacedWord(text.codePointAt(index));
  }

  /** Whether it is part of a word in a script that puts spaces between words. */
  static boolean inSpacedWord(int c) {
    return inWord(c) && !isUnspaced(c);
  }

  /** A spelling that is equal for words that differ in case, width or composition only. */
  static String fold(String word) {
    String plain = Compatible.form(word);
    String folded = plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Compatible.form(folded).replace("\uFE0F", "");
  }
}
