package io.patchbay.base;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * Makes ids such as {@code inv_01jd3c9x2mk8f0q4r7v5t1w6zb}: a prefix, then 48 bits of time and 80
 * random bits in Crockford's base 32, so that ids sort by the millisecond in which they were made.
 */
public final class Ids {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private final Clock clock;
  private final RandomGenerator random;

  /**
   * @param random must be safe for use by several threads, such as {@code SecureRandom}
   */
  public Ids(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public String next(String prefix) {
    var id = new StringBuilder(prefix).append('_');
    append(id, clock.millis(), 10);
    append(id, random.nextLong(), 8);
    append(id, random.nextLong(), 8);
    return id.toString();
  }

  private static void append(StringBuilder id, long bits, int characters) {
    for (int shift = (characters - 1) * 5; shift >= 0; shift -= 5) {
      id.append(ALPHABET.charAt((int) (bits >>> shift) & 31));
    }
  }
}
