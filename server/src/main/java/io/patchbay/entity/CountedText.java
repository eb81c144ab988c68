package io.patchbay.entity;

/**
 * A message as RE2/J reads it, which counts what its automaton does. For each character that the
 * automaton takes it looks back at the character before, to know whether a word or a line begins;
 * that look is the only one that goes backwards, and each of the program's instructions may run
 * then. All other looks, those for a literal that a match begins with included, cost one step.
 *
 * @see com.google.re2j.Matcher
 */
final class CountedText implements CharSequence {
  private final String text;
  private final int programSize;
  private final Steps steps;
  private int last = -1;

  /** Ends a search from inside of the library; caught by who began it. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted() {
      super("the message's steps are spent", null, false, false);
    }
  }

  CountedText(String text, int programSize, Steps steps) {
    this.text = text;
    this.programSize = programSize;
    this.steps = steps;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    steps.spend(index < last ? programSize : 1);
    if (steps.exhausted()) {
      throw new Exhausted();
    }
    last = index;
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
