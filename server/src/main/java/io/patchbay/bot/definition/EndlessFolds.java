package io.patchbay.bot.definition;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds patterns that RE2/J would compile for ever. To ignore case it goes from a letter to the
 * next of the same letter in another case, until it is back at the first; from the nine letters
 * U+1C80 to U+1C88, which younger Unicode has, it never comes back. Rather finds too many.
 */
final class EndlessFolds {
  private static final int FIRST = 0x1C80;
  private static final int LAST = 0x1C88;

  private static final Pattern IGNORES_CASE = Pattern.compile("\\(\\?[a-zA-Z-]*i");
  private static final Pattern ONE = Pattern.compile("[\u1C80-\u1C88]|\\\\x\\{0*1[cC]8[0-8]}");

  /** What follows a hyphen. */
  private static final Pattern TO =
      Pattern.compile("\\G(?:\\\\x\\{([0-9a-fA-F]{1,8})}|\\\\?(.))", Pattern.DOTALL);

  /** What stands in front of a hyphen, where it is an escape for sure. */
  private static final Pattern FROM =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\){0,1000}\\\\x\\{([0-9a-fA-F]{1,8})}$");

  private EndlessFolds() {}

  static boolean in(String pattern) {
    if (!IGNORES_CASE.matcher(pattern).find()) {
      return false;
    }
    if (ONE.matcher(pattern).find()) {
      return true;
    }
    for (int at = pattern.indexOf('-'); at >= 0; at = pattern.indexOf('-', at + 1)) {
      if (at > 0 && from(pattern, at) <= LAST && to(pattern, at + 1) >= FIRST) {
        return true;
      }
    }
    return false;
  }

  private static long from(String pattern, int hyphen) {
    if (pattern.charAt(hyphen - 1) != '}') {
      return pattern.codePointBefore(hyphen);
    }
    Matcher escape = FROM.matcher(pattern.substring(Math.max(0, hyphen - 40), hyphen));
    return escape.find() ? Long.parseLong(escape.group(1), 16) : '}';
  }

  private static long to(String pattern, int from) {
    Matcher one = TO.matcher(pattern);
    if (!one.find(from)) {
      return 0;
    }
    return one.group(1) != null ? Long.parseLong(one.group(1), 16) : one.group(2).codePointAt(0);
  }
}
