package io.patchbay.intent;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How a text stands to what it talks about: two that name the same thing mean different ones where
 * one wants it and the other refuses it, has it already, or takes it back. The patterns stand in
 * {@code stances.txt}.
 *
 * @param kinds those whose pattern is found
 */
record Stance(Set<Kind> kinds) {
  /** What a pattern tells. */
  enum Kind {
    ASKS,
    REFUSES,
    OVER,
    MISSES,
    UNDOES,
    WHO
  }

  /** Characters that are looked at; a longer message is seldom about one thing. */
  private static final int LONGEST = 300;

  private static final Map<Kind, Pattern> PATTERNS = read();

  static Stance of(String full) {
    String text = full.substring(0, Math.min(full.length(), LONGEST));
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    PATTERNS.forEach((kind, pattern) -> {
      if (pattern.matcher(text).find()) {
        kinds.add(kind);
      }
    });
    return new Stance(kinds);
  }

  /**
   * Whether the text may mean the same as others that speak of the same thing.
   *
   * @param others those of one node
   */
  boolean fits(List<Stance> others) {
    return fits(Kind.REFUSES, refuses(), others)
        && fits(Kind.OVER, isOver(), others)
        && fits(Kind.UNDOES, kinds.contains(Kind.UNDOES), others)
        && fits(Kind.WHO, kinds.contains(Kind.WHO), others);
  }

  private static boolean fits(Kind kind, boolean stands, List<Stance> others) {
    return !stands || others.stream().anyMatch(other -> other.kinds().contains(kind));
  }

  private boolean refuses() {
    return kinds.contains(Kind.REFUSES) && !kinds.contains(Kind.ASKS);
  }

  private boolean isOver() {
    return kinds.contains(Kind.OVER) && !kinds.contains(Kind.ASKS) && !kinds.contains(Kind.MISSES);
  }

  private static Map<Kind, Pattern> read() {
    try (InputStream in = Stance.class.getResourceAsStream("stances.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      Map<Kind, Pattern> patterns = new EnumMap<>(Kind.class);
      for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
        List<String> sides = List.of(line.split(": ", 2));
        patterns.put(Kind.valueOf(sides.getFirst()), Pattern.compile(sides.getLast()));
      }
      return patterns;
    } catch (IOException e) {
      throw new UncheckedIOException("stances.txt", e);
    }
  }
}
