package io.patchbay.bot.definition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Checks a regular expression before it is compiled. RE2 matches in linear time, but it writes
 * counted repetitions out, so that {@code ((a{1000}){1000}){1000}} would need all memory: the size
 * of the program is estimated first, never too low.
 */
final class PatternCheck {
  static final int LONGEST = 1000;
  static final long LARGEST_PROGRAM = 10_000;

  /** A range of a class: two characters, each of them as it is, or escaped. */
  private static final java.util.regex.Pattern RANGE =
      java.util.regex.Pattern.compile(
          "(\\\\x\\{[0-9a-fA-F]{1,6}}|\\\\x[0-9a-fA-F]{2}|\\\\?.)"
              + "-(\\\\x\\{[0-9a-fA-F]{1,6}}|\\\\x[0-9a-fA-F]{2}|\\\\?.)",
          java.util.regex.Pattern.DOTALL);

  /** What a class such as {@code \pL} takes when it is compiled, in characters gone through. */
  private static final int PROPERTY = 100;

  private final String pattern;
  private int at;
  private boolean ignoresCase;
  private long classes;

  private static final class Group {
    long size;
    long lastAtom;
  }

  private final Deque<Group> groups = new ArrayDeque<>();
  private boolean consumes;

  private PatternCheck(String pattern) {
    this.pattern = pattern;
    groups.push(new Group());
  }

  /** Adds what is wrong with the pattern to the place where it stands. */
  static void check(Place place, String pattern, Totals totals) {
    if (pattern.length() > LONGEST) {
      place.problem("has more than " + LONGEST + " characters");
      return;
    }
    if (EndlessFolds.in(pattern)) {
      place.problem("ignores the case of letters from U+1C80 to U+1C88, which cannot be done");
      return;
    }
    var check = new PatternCheck(pattern);
    check.scan();
    if (check.size() > LARGEST_PROGRAM) {
      place.problem(
          "repeats too much; its counts, multiplied where they nest, may give about "
              + LARGEST_PROGRAM);
    } else if (totals.pattern(place, check)) {
      check.compile(place, totals);
    }
  }

  private void compile(Place place, Totals totals) {
    try {
      totals.program(place, Pattern.compile(pattern).programSize());
    } catch (PatternSyntaxException e) {
      place.problem(
          "is no regular expression in RE2 syntax: "
              + e.getDescription()
              + (e.getPattern() == null ? "" : " at " + Quote.text(e.getPattern())));
      return;
    }
    if (!consumes) {
      place.problem("matches nothing but the empty text; say which characters to find");
    }
  }

  /** Instructions that the program has at most, in round numbers. */
  static long estimate(String pattern) {
    var check = new PatternCheck(pattern);
    check.scan();
    return check.size();
  }

  /** Characters that are gone through one by one when the pattern is compiled. */
  long classes() {
    return classes;
  }

  /** Instructions that the program has at most, in round numbers. */
  long size() {
    return groups.stream().mapToLong(group -> group.size).reduce(0, PatternCheck::plus);
  }

  private void scan() {
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      switch (c) {
        case '(' -> open();
        case ')' -> close();
        case '[' -> characterClass();
        case '\\' -> escape();
        case '{' -> counted();
        case '*', '+', '?', '|' -> {
          at++;
          grow(2);
        }
        case '^', '$' -> {
          at++;
          atom(1);
        }
        default -> {
          at++;
          consumes = true;
          atom(1);
        }
      }
    }
  }

  /** A group of flags alone, such as {@code (?i)}, is nothing: a count behind it counts again. */
  private void open() {
    at++;
    if (pattern.startsWith("?", at)) {
      int end = at;
      while (end < pattern.length() && ":>)".indexOf(pattern.charAt(end)) < 0) {
        end++;
      }
      ignoresCase |= pattern.substring(at, end).indexOf('i') >= 0;
      at = Math.min(end + 1, pattern.length());
      if (end < pattern.length() && pattern.charAt(end) == ')') {
        grow(1);
        return;
      }
    }
    groups.push(new Group());
    grow(2);
  }

  private void close() {
    at++;
    if (groups.size() > 1) {
      long size = groups.pop().size;
      atom(size);
    } else {
      atom(1);
    }
  }

  private void characterClass() {
    int start = at;
    at++;
    if (pattern.startsWith("^", at)) {
      at++;
    }
    boolean first = true;
    while (at < pattern.length() && (first || pattern.charAt(at) != ']')) {
      first = false;
      int named = pattern.startsWith("[:", at) ? pattern.indexOf(":]", at + 2) : -1;
      if (named >= 0) {
        at = named + 2;
      } else {
        boolean escape = pattern.charAt(at) == '\\';
        classes += escape && isProperty(at + 1) ? PROPERTY : 0;
        at += escape ? 2 : 1;
      }
    }
    at++;
    consumes = true;
    atom(1);
    if (ignoresCase) {
      classes += width(pattern.substring(start, Math.min(at, pattern.length())));
    }
  }

  private boolean isProperty(int index) {
    return index < pattern.length() && "pP".indexOf(pattern.charAt(index)) >= 0;
  }

  private static long width(String characterClass) {
    return RANGE
        .matcher(characterClass)
        .results()
        .mapToLong(range -> Math.max(0, codePoint(range.group(2)) - codePoint(range.group(1))))
        .sum();
  }

  private static int codePoint(String one) {
    return one.length() > 2 && one.startsWith("\\x")
        ? Integer.parseInt(one.replaceAll("[\\\\x{}]", ""), 16)
        : one.codePointBefore(one.length());
  }

  private void escape() {
    char next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : '\\';
    at += 2;
    switch (next) {
      case 'b', 'B', 'A', 'z' -> atom(1);
      case 'Q' -> {
        int end = pattern.indexOf("\\E", at);
        int until = end < 0 ? pattern.length() : end;
        for (int i = at; i < until; i++) {
          consumes = true;
          atom(1);
        }
        at = end < 0 ? pattern.length() : end + 2;
      }
      case 'p', 'P', 'x' -> {
        classes += next == 'x' ? 0 : PROPERTY;
        if (pattern.startsWith("{", at)) {
          int end = pattern.indexOf('}', at);
          at = end < 0 ? pattern.length() : end + 1;
        }
        consumes = true;
        atom(1);
      }
      default -> {
        consumes = true;
        atom(1);
      }
    }
  }

  private static final java.util.regex.Pattern COUNT =
      java.util.regex.Pattern.compile("\\{([0-9]{1,9})(,([0-9]{0,9}))?}");

  /** A brace that is no count is a letter like any other. */
  private void counted() {
    var count = COUNT.matcher(pattern).region(at, pattern.length());
    if (!count.lookingAt()) {
      at++;
      consumes = true;
      atom(1);
      return;
    }
    at = count.end();
    long least = Long.parseLong(count.group(1));
    String to = count.group(3);
    long most = to == null || to.isEmpty() ? least + 1 : Math.max(least, Long.parseLong(to));
    Group group = groups.element();
    long repeated = times(group.lastAtom + 1, most);
    group.size = plus(group.size, repeated);
    group.lastAtom = plus(group.lastAtom, repeated);
  }

  private void atom(long size) {
    grow(size);
    groups.element().lastAtom = size;
  }

  private void grow(long size) {
    Group group = groups.element();
    group.size = plus(group.size, size);
    group.lastAtom = plus(group.lastAtom, size);
  }

  private static long plus(long a, long b) {
    return Math.min(Integer.MAX_VALUE, a + b);
  }

  private static long times(long a, long b) {
    return a == 0 || b == 0 ? 0 : a > Integer.MAX_VALUE / b ? Integer.MAX_VALUE : a * b;
  }
}
