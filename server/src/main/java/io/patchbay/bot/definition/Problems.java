package io.patchbay.bot.definition;

import io.patchbay.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Collects what is wrong, or odd, in the order of the document. Holds at most {@value #MOST}; a
 * document with more of them gets one last problem that counts the rest.
 */
final class Problems {
  static final int MOST = 200;
  private static final int WITH_SUGGESTIONS = 50;

  private final String what;
  private final List<Problem> problems = new ArrayList<>();
  private int further;

  Problems() {
    this("problems");
  }

  /**
   * @param what they are, such as {@code warnings}
   */
  Problems(String what) {
    this.what = what;
  }

  void add(String pointer, String message) {
    add(pointer, () -> message);
  }

  /**
   * @param message is only made where there is room for it
   */
  void add(String pointer, Supplier<String> message) {
    if (problems.size() >= MOST) {
      further++;
    } else {
      problems.add(new Problem(pointer, message.get()));
    }
  }

  /** Whether a suggestion is worth its time: nobody reads the fiftieth before the first. */
  boolean fewSoFar() {
    return problems.size() < WITH_SUGGESTIONS;
  }

  boolean none() {
    return problems.isEmpty();
  }

  List<Problem> all() {
    if (further == 0) {
      return List.copyOf(problems);
    }
    var all = new ArrayList<>(problems);
    all.add(new Problem("", "and " + further + " further " + what));
    return List.copyOf(all);
  }
}
