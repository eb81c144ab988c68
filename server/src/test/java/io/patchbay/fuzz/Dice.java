package io.patchbay.fuzz;

import java.util.List;
import java.util.Random;

/** All chance of one step: the same seed and step make the same choices. */
final class Dice {
  private final Random random;

  Dice(long seed, long step) {
    this.random = new Random(seed * 1_000_003 + step);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** From 0 up to, not including, {@code bound}; 0 where there is no room. */
  int below(int bound) {
    return bound <= 1 ? 0 : random.nextInt(bound);
  }

  <T> T of(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
