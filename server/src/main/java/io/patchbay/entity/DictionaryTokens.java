package io.patchbay.entity;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into the pieces of which dictionary variants are made: words, single characters of
 * scripts without spaces, single symbols. White space only separates.
 *
 * <p>An apostrophe stays with the short side of its word ({@code where 's}, {@code l' eau}), so
 * that the variant {@code s} is not found in {@code where's}.
 */
final class DictionaryTokens {
  /**
   * @param key equal for spellings that count as the same
   */
  record Token(int start, int end, String key) {}

  private static final int LONGEST_ENDING = 2;

  private final String text;
  private final List<Token> tokens = new ArrayList<>();

  private DictionaryTokens(String text) {
    this.text = text;
  }

  static List<Token> of(String text) {
    var cutter = new DictionaryTokens(text);
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      int end = cutter.endOfToken(at, c);
      if (!isSpace(c)) {
        cutter.tokens.add(new Token(at, end, Letters.fold(text.substring(at, end))));
      }
      at = end;
    }
    return cutter.tokens;
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
  }

  private int endOfToken(int start, int first) {
    int end = start + Character.charCount(first);
    if (isSpace(first)) {
      return end;
    }
    if (isApostrophe(first)) {
      return endingAt(start) ? endOfWord(end) : end;
    }
    return Letters.inSpacedWord(first) ? endOfWord(end) : endOfMarks(end);
  }

  private int endOfMarks(int from) {
    int end = from;
    while (end < text.length() && Letters.isMark(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private int endOfWord(int from) {
    int end = from;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      boolean apostrophe = isApostrophe(c) && letterAt(end + 1);
      if (apostrophe) {
        return endingAt(end) ? end : end + 1;
      }
      boolean goesOn = Letters.inSpacedWord(c) || joinsDigits(end, c);
      if (!goesOn) {
        return end;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  private boolean letterAt(int at) {
    return at < text.length() && Character.isLetter(text.codePointAt(at));
  }

  private boolean joinsDigits(int at, int c) {
    return (c == '.' || c == ',')
        && at + 1 < text.length()
        && Character.isDigit(text.codePointBefore(at))
        && Character.isDigit(text.codePointAt(at + 1));
  }

  /** Whether a short ending such as {@code 's} or {@code 'll} begins at this apostrophe. */
  private boolean endingAt(int apostrophe) {
    if (apostrophe == 0 || !Character.isLetter(text.codePointBefore(apostrophe))) {
      return false;
    }
    int letters = 0;
    int at = apostrophe + 1;
    while (letterAt(at) && letters <= LONGEST_ENDING) {
      at += Character.charCount(text.codePointAt(at));
      letters++;
    }
    return letters > 0 && letters <= LONGEST_ENDING;
  }

  private static boolean isApostrophe(int c) {
    return c == '\'' || c == '\u2019' || c == '\uFF07';
  }
}
