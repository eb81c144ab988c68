package io.patchbay.integration;

/** Makes one character of those that stand for each other where secrets are looked for. */
final class Folding {
  /** By character: lower case, as {@link String#equalsIgnoreCase} compares. */
  private static final char[] PLAIN = new char[Character.MAX_VALUE + 1];

  /** By character of ASCII: of base 64 and hexadecimal, lower case; 0 for all else. */
  private static final char[] ENCODED = new char[128];

  static {
    for (int c = 0; c < PLAIN.length; c++) {
      PLAIN[c] = Character.toLowerCase(Character.toUpperCase((char) c));
    }
    PLAIN[WordTree.NONE] = '\ufffe';
    for (char c = '0'; c <= 'z'; c++) {
      ENCODED[c] = Character.isLetterOrDigit(c) ? PLAIN[c] : 0;
    }
    ENCODED['+'] = '+';
    ENCODED['-'] = '+';
    ENCODED['/'] = '/';
    ENCODED['_'] = '/';
    ENCODED['='] = '=';
  }

  private Folding() {}

  static char plain(char c) {
    return PLAIN[c];
  }

  static String plain(String text) {
    char[] folded = text.toCharArray();
    for (int i = 0; i < folded.length; i++) {
      folded[i] = PLAIN[folded[i]];
    }
    return new String(folded);
  }

  /** Of base 64, for URLs or not, or hexadecimal; 0 where it is of neither. */
  static char encoded(char c) {
    return c < ENCODED.length ? ENCODED[c] : 0;
  }

  /** Of a text in base 64 or hexadecimal. */
  static String encoded(String text) {
    char[] folded = text.toCharArray();
    for (int i = 0; i < folded.length; i++) {
      folded[i] = ENCODED[folded[i]];
    }
    return new String(folded);
  }
}
