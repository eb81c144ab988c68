package io.patchbay.entity;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** Each match of a pattern anywhere in the message; empty and blank matches do not count. */
final class RegexRecogniser implements Recogniser {
  /**
   * Blank matches times characters that a search may go through. A pattern such as {@code (.*z)|}
   * reads the rest of the message before each of its empty matches.
   */
  private static final long BLANK_BUDGET = 2_000_000;

  private final Pattern pattern;

  /**
   * @param pattern RE2 syntax
   * @throws com.google.re2j.PatternSyntaxException when it does not compile
   */
  RegexRecogniser(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  @Override
  public void find(String message, Taker taker) {
    Matcher matcher = pattern.matcher(message);
    long budget = BLANK_BUDGET;
    boolean more = true;
    while (more && budget > 0 && matcher.find()) {
      String match = matcher.group();
      if (match.isBlank()) {
        budget -= message.length() + 1;
      } else {
        more = taker.offer(matcher.start(), matcher.end(), match);
      }
    }
  }
}
