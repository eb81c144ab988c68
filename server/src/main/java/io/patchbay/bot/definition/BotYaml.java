package io.patchbay.bot.definition;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.JsonSize;
import io.patchbay.base.Problem;
import io.patchbay.base.Refusal;
import io.patchbay.executor.work.Budget;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * YAML text to tree and back. What is read is YAML 1.2 as far as JSON reaches: one document, the
 * core schema (so {@code yes}, {@code no}, {@code on} are texts), unique keys; no tags, anchors or
 * aliases. What is written reads back as exactly the same tree.
 */
public final class BotYaml {
  /** Longest text that is read, in UTF-16 units. */
  public static final int LONGEST = 8 * 1024 * 1024;

  /** Of a budget, for each character. */
  private static final long STEPS = 4;

  private BotYaml() {}

  /**
   * @throws Refusal when the text is not one such document; its message says why, with line and
   *     column where there is one
   */
  public static JsonNode read(String text) {
    if (text.length() > LONGEST) {
      throw new Refusal(
          ErrorCode.TOO_LARGE, "The document has more than " + LONGEST + " characters");
    }
    return Budget.spend(STEPS * text.length(), () -> new YamlReader(text).read());
  }

  /** Block style; texts of several lines as literal blocks where YAML can keep them so. */
  public static String write(JsonNode tree) {
    return Budget.spend(
        STEPS * JsonSize.of(tree, Budget.SMALL), () -> new YamlWriter().write(tree));
  }

  /**
   * @param line 1-based, as is {@code column}
   */
  static Refusal malformed(int line, int column, String message) {
    return malformed("line " + line + ", column " + column + ": " + message);
  }

  static Refusal malformed(String message) {
    return new Refusal(ErrorCode.MALFORMED_JSON, message, List.of(new Problem("", message)));
  }
}
