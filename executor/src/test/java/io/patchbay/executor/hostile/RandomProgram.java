package io.patchbay.executor.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Python made from a grammar: equal seeds make equal programs. */
final class RandomProgram {
  private static final String GRAMMAR = "/io/patchbay/executor/differential/grammar.txt";
  private static final Map<String, List<String>> RULES = rules();
  private static final Pattern NAME = Pattern.compile("<([a-z]+)>");

  /** Of rules within rules; below, each takes its first alternative, which ends. */
  private static final int DEEPEST = 7;

  private final Random random;

  private RandomProgram(long seed) {
    this.random = new Random(seed);
  }

  static String of(long seed) {
    return new RandomProgram(seed).made("program", 0) + "\n";
  }

  private String made(String rule, int depth) {
    List<String> alternatives = Objects.requireNonNull(RULES.get(rule), rule);
    int chosen = depth > DEEPEST ? 0 : random.nextInt(alternatives.size());
    String text = alternatives.get(chosen);
    StringBuilder made = new StringBuilder();
    int end = 0;
    for (MatchResult name : NAME.matcher(text).results().toList()) {
      made.append(text, end, name.start());
      if (RULES.containsKey(name.group(1))) {
        made.append(made(name.group(1), depth + 1).replace("\n", "\n" + indent(made)));
      } else {
        made.append(name.group());
      }
      end = name.end();
    }
    return made.append(text, end, text.length()).toString();
  }

  /** Of the last line. */
  private static String indent(StringBuilder made) {
    String line = made.substring(made.lastIndexOf("\n") + 1);
    return " ".repeat(line.length() - line.stripLeading().length());
  }

  private static Map<String, List<String>> rules() {
    Map<String, List<String>> rules = new LinkedHashMap<>();
    List<String> alternatives = new ArrayList<>();
    try (InputStream grammar = RandomProgram.class.getResourceAsStream(GRAMMAR)) {
      byte[] text = Objects.requireNonNull(grammar).readAllBytes();
      for (String line : new String(text, UTF_8).lines().toList()) {
        if (line.startsWith("  ")) {
          alternatives.add(line.strip().replaceAll("(?<!\\\\)\\\\n", "\n").replace("\\\\", "\\"));
        } else if (!line.isEmpty() && !line.startsWith("#")) {
          alternatives = new ArrayList<>();
          rules.put(line, alternatives);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return rules;
  }
}
