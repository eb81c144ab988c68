package io.patchbay.intent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Words that say little about what a message is about, in the languages that bots are built in. The
 * list stands in {@code common-words.txt}: a line is a class, a colon, and words.
 */
final class CommonWords {
  /** How much of a message's meaning a word carries. */
  enum Kind {
    /** Articles, pronouns, auxiliaries, politeness. */
    LIGHT,
    /** Words that ask. */
    ASKING,
    /** Words that deny. */
    DENYING
  }

  private static final Map<String, Kind> KINDS = read();

  private CommonWords() {}

  static boolean is(Kind kind, String term) {
    return KINDS.get(term) == kind;
  }

  private static Map<String, Kind> read() {
    Map<String, Kind> kinds = new HashMap<>();
    try (InputStream in = CommonWords.class.getResourceAsStream("common-words.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> {
            int colon = line.indexOf(':');
            Kind kind = Kind.valueOf(line.substring(0, colon));
            for (String word : line.substring(colon + 1).strip().split(" +", -1)) {
              kinds.put(Wording.normalise(word), kind);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("common-words.txt", e);
    }
    return Map.copyOf(kinds);
  }
}
