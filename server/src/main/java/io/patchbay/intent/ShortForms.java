package io.patchbay.intent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * What people type for several words ({@code wheres}, {@code logout}) or out of politeness. The
 * list stands in {@code short-forms.txt}.
 */
final class ShortForms {
  private static final Map<String, String> MEANT = read();

  /** English contractions, which the list has without their apostrophe. */
  private static final Map<String, String> ENDINGS =
      Map.of(
          "n't", " not", "'s", " is", "'m", " am", "'d", " would", "'ll", " will", "'re", " are",
          "'ve", " have");

  private ShortForms() {}

  /**
   * The text in full words, without politeness.
   *
   * @return the text itself where nothing would be left
   */
  static String inFull(String normal) {
    var words = new StringJoiner(" ");
    for (String word : normal.split(" ", -1)) {
      String meant = meant(word);
      if (!meant.isEmpty()) {
        words.add(meant);
      }
    }
    return words.length() == 0 ? normal : words.toString();
  }

  private static String meant(String word) {
    String bare = Wording.normalise(word);
    String rest = word.startsWith(bare) ? word.substring(bare.length()) : "";
    String known = MEANT.get(bare.replace("'", ""));
    if (known != null) {
      return known.isEmpty() ? rest.strip() : known + rest;
    }
    for (Map.Entry<String, String> ending : ENDINGS.entrySet()) {
      if (bare.endsWith(ending.getKey())) {
        return bare.substring(0, bare.length() - ending.getKey().length())
            + ending.getValue()
            + rest;
      }
    }
    return word;
  }

  private static Map<String, String> read() {
    try (InputStream in = ShortForms.class.getResourceAsStream("short-forms.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> meant = new HashMap<>();
      for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
        List<String> sides = List.of(line.split("=", 2));
        meant.put(sides.getFirst().strip(), sides.getLast().strip());
      }
      return Map.copyOf(meant);
    } catch (IOException e) {
      throw new UncheckedIOException("short-forms.txt", e);
    }
  }
}
