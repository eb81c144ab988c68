package io.patchbay.entity;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** Each match of a pattern anywhere in the message; empty and blank matches do not count. */
final class RegexRecogniser implements Recogniser {
  /** Instructions of a program from which what a search needs is not kept for the next one. */
  private static final int LARGE = 256;

  private final Pattern pattern;

  /**
   * @param pattern RE2 syntax
   * @throws com.google.re2j.PatternSyntaxException when it does not compile
   */
  RegexRecogniser(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  @Override
  public void find(SearchedText message, Taker taker) {
    int size = pattern.programSize();
    try {
      Matcher matcher = pattern.matcher(new CountedText(message.text(), size, message.steps()));
      while (next(matcher, message.steps())) {
        String match = matcher.group();
        if (!match.isBlank()) {
          taker.offer(matcher.start(), matcher.end(), match);
        }
      }
    } catch (CountedText.Exhausted exhausted) {
      // The steps say so.
    } finally {
      if (size > LARGE) {
        // RE2/J keeps one automaton for each search that ran at the same time.
        pattern.reset();
      }
    }
  }

  /** Each search sets up the automaton anew. */
  private boolean next(Matcher matcher, Steps steps) {
    steps.spend(pattern.programSize());
    return !steps.exhausted() && matcher.find();
  }

  @Override
  public long stepsPerCharacter() {
    return pattern.programSize();
  }
}
