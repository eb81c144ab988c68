package io.patchbay.bot.definition;

import io.patchbay.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of requirements.txt: one package of the index per line, by name, versions and marker.
 * Options, addresses and paths are refused, since they would lead elsewhere.
 */
public final class Requirements {
  static final int LONGEST = 20 * 1024;
  static final int MOST_LINES = 200;

  private static final int LONGEST_LINE = 500;
  private static final String EXAMPLE = "; write requests==2.32.5 or acme[extra]>=1,<2";

  private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?";
  private static final String EXTRAS =
      "(?:\\s*\\[\\s*" + NAME + "(?:\\s*,\\s*" + NAME + ")*\\s*])?";
  private static final String VERSION = "\\s*(?:===|==|~=|!=|<=|>=|<|>)\\s*[A-Za-z0-9._*+!-]+\\s*";
  private static final String MARKER = "\\s*(?:;[\\sA-Za-z0-9_.'\"<>=!~()*+,-]+)?";
  private static final Pattern LINE =
      Pattern.compile(
          "(" + NAME + ")" + EXTRAS + "(?:" + VERSION + "(?:," + VERSION + ")*)?" + MARKER);
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");

  private Requirements() {}

  /** Whether there is any line that asks for a package. */
  public static boolean isEmpty(String text) {
    return text.lines().allMatch(line -> wish(line).isEmpty());
  }

  /** With the number of each line, 1-based, as in {@code requirements:3}. */
  public static List<Problem> problems(String text) {
    if (text.length() > LONGEST) {
      return List.of(
          new Problem("requirements", "has " + text.length() + " characters; at most " + LONGEST));
    }
    List<String> lines = text.lines().toList();
    if (lines.size() > MOST_LINES) {
      return List.of(
          new Problem("requirements", "has " + lines.size() + " lines; at most " + MOST_LINES));
    }
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String place = "requirements:" + (i + 1);
      problem(wish(lines.get(i))).map(why -> new Problem(place, why)).ifPresent(problems::add);
    }
    return problems;
  }

  private static String wish(String line) {
    return COMMENT.matcher(line).replaceFirst("").strip();
  }

  private static Optional<String> problem(String wish) {
    if (wish.isEmpty()) {
      return Optional.empty();
    }
    if (wish.length() > LONGEST_LINE) {
      return Optional.of("is longer than " + LONGEST_LINE + " characters");
    }
    if (wish.startsWith("-")) {
      return Optional.of("options such as -r, -e or --index-url are not allowed" + EXAMPLE);
    }
    if (wish.contains("://") || wish.contains("@")) {
      return Optional.of("addresses are not allowed, only packages of the index" + EXAMPLE);
    }
    if (wish.startsWith(".") || wish.contains("/") || wish.contains("\\")) {
      return Optional.of("paths are not allowed, only packages of the index" + EXAMPLE);
    }
    return LINE.matcher(wish).matches()
        ? Optional.empty()
        : Optional.of("is no name with versions" + EXAMPLE);
  }
}
