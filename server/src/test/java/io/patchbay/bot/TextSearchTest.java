package io.patchbay.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextSearchTest {
  @Test
  void it_finds_what_the_jdk_finds() {
    long seed = 20_261_130L;
    var random = new Random(seed);
    int found = 0;
    for (int round = 0; round < 20_000; round++) {
      String text = word(random, random.nextInt(300));
      int from = random.nextInt(text.length() + 1);
      String part =
          random.nextBoolean()
              ? text.substring(from, from + random.nextInt(text.length() - from + 1))
              : word(random, random.nextInt(40));
      boolean expected = text.contains(part);
      found += expected ? 1 : 0;
      assertThat(TextSearch.contains(text, part))
          .as("seed %d: %s in %s", seed, part, text)
          .isEqualTo(expected);
    }
    assertThat(found).isBetween(5_000, 19_500);
  }

  private static String word(Random random, int length) {
    var word = new StringBuilder();
    random.ints(length, 'a', 'c').forEach(word::appendCodePoint);
    return word.toString();
  }
}
