package io.patchbay.bot;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Reads numbers that may be none, such as every item of a long list: what is none is told without
 * the exception that {@link BigDecimal} throws for it, which costs a hundred times as much.
 */
final class NumberText {
  /** A number of a thousand digits or with a huge exponent would cost more than it is worth. */
  private static final int LONGEST = 64;

  private static final int LARGEST_SCALE = 1000;
  private static final int LONGEST_EXPONENT = 9;

  private final String text;
  private int at;

  private NumberText(String text) {
    this.text = text;
  }

  /** The number that a text is, white space around it aside. */
  static Optional<BigDecimal> number(String spaced) {
    // Most texts are longer, or begin like no number.
    if (spaced.length() > 2 * LONGEST) {
      return Optional.empty();
    }
    String text = spaced.strip();
    return text.length() <= LONGEST && new NumberText(text).isNumber()
        ? Optional.of(new BigDecimal(text)).filter(n -> Math.abs(n.scale()) < LARGEST_SCALE)
        : Optional.empty();
  }

  private boolean isNumber() {
    sign();
    int digits = digits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits += digits();
    }
    return digits > 0 && exponent() && at == text.length();
  }

  /** True where there is none, too. */
  private boolean exponent() {
    if (at == text.length() || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
      return true;
    }
    at++;
    sign();
    int digits = digits();
    return digits > 0 && digits <= LONGEST_EXPONENT;
  }

  private void sign() {
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
  }

  private int digits() {
    int from = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return at - from;
  }
}
