package io.patchbay.bot.definition;

import io.patchbay.base.Json;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Prints a tree as YAML in block style. A text stands bare only where no reader, of YAML 1.1
 * either, could take it for anything else; recursion is bounded by the depth of the tree.
 */
final class YamlWriter {
  private static final Pattern BARE =
      Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");
  private static final int LONGEST_BARE = 200;
  private static final int LONGEST_SHORT_KEY = 1000;
  private static final Set<String> RESERVED =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder out = new StringBuilder();

  String write(JsonNode tree) {
    if (isBlock(tree)) {
      block(tree, 0);
    } else {
      inline(tree, 0);
    }
    return out.toString();
  }

  private static boolean isBlock(JsonNode node) {
    return node.isContainer() && !node.isEmpty();
  }

  /** Entries or items, one below the other, from the start of a line. */
  private void block(JsonNode node, int indent) {
    boolean first = true;
    for (var entry : node.properties()) {
      startLine(indent, first);
      first = false;
      key(entry.getKey(), indent);
      if (isBlock(entry.getValue())) {
        out.append('\n');
        block(entry.getValue(), indent + 2);
      } else {
        out.append(' ');
        inline(entry.getValue(), indent + 2);
      }
    }
    if (node.isArray()) {
      for (JsonNode item : node) {
        startLine(indent, first);
        first = false;
        out.append("- ");
        if (isBlock(item)) {
          block(item, indent + 2);
        } else {
          inline(item, indent + 2);
        }
      }
    }
  }

  /** The first line of an item stands behind its dash already. */
  private void startLine(int indent, boolean first) {
    boolean behindDash = first && !out.isEmpty() && out.charAt(out.length() - 1) == ' ';
    if (!behindDash) {
      out.repeat(' ', indent);
    }
  }

  /** YAML ends the search for the colon of a short key after 1024 characters. */
  private void key(String key, int indent) {
    String shown = isBare(key) ? key : quoted(key);
    if (shown.length() <= LONGEST_SHORT_KEY) {
      out.append(shown);
    } else {
      out.append("? ").append(shown).append('\n').repeat(' ', indent);
    }
    out.append(':');
  }

  private void inline(JsonNode node, int indent) {
    if (node.isString()) {
      text(node.asString(), indent);
    } else {
      out.append(Json.write(node)).append('\n');
    }
  }

  private void text(String text, int indent) {
    if (text.indexOf('\n') >= 0 && isLiteral(text)) {
      literal(text, indent);
    } else {
      out.append(isBare(text) ? text : quoted(text)).append('\n');
    }
  }

  private static boolean isBare(String text) {
    return text.length() <= LONGEST_BARE
        && BARE.matcher(text).matches()
        && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
  }

  /** Whether every character may stand in a literal block, which knows no escapes. */
  private static boolean isLiteral(String text) {
    boolean onlyBreaks = text.chars().allMatch(c -> c == '\n');
    return !onlyBreaks && text.codePoints().allMatch(YamlWriter::isPlain);
  }

  private static boolean isPlain(int c) {
    return c == '\n'
        || c == '\t'
        || (c >= ' ' && c <= '~')
        || (c >= 0xa0
            && c != 0x2028
            && c != 0x2029
            && c != 0xfeff
            && !(c >= 0xd800 && c <= 0xdfff)
            && c != 0xfffe
            && c != 0xffff);
  }

  /** With an explicit indent where the first line could hide it, and exact line ends. */
  private void literal(String text, int indent) {
    int deeper = Math.max(indent, 2);
    boolean indicated = text.charAt(0) == ' ' || text.charAt(0) == '\n' || text.charAt(0) == '\t';
    out.append('|');
    if (indicated) {
      out.append('2');
    }
    int breaks = text.length() - lastOther(text);
    out.append(breaks == 0 ? "-" : breaks == 1 ? "" : "+").append('\n');
    String lines = breaks == 0 ? text + "\n" : text;
    int start = 0;
    while (start < lines.length()) {
      int end = lines.indexOf('\n', start) + 1;
      if (end - start > 1) {
        out.repeat(' ', deeper);
      }
      out.append(lines, start, end);
      start = end;
    }
  }

  /** Index behind the last character that is no line break. */
  private static int lastOther(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    return end;
  }

  /** As JSON, which YAML 1.2 reads in double quotes, with every odd character escaped. */
  private static String quoted(String text) {
    String json = Json.MAPPER.writeValueAsString(text);
    var quoted = new StringBuilder(json.length());
    json.codePoints()
        .forEach(c -> {
          if (isPlain(c)) {
            quoted.appendCodePoint(c);
          } else {
            quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
          }
        });
    return quoted.toString();
  }
}
