package io.patchbay.entity;

import io.patchbay.bot.EntityType;

/**
 * What searching one message may cost. A step is what a pattern does with one character and one
 * instruction of its program, 3 to 20 ns; the rest is counted in the same coin.
 */
final class Steps {
  /** For all entities that one message is searched for: some 60 ms, where patterns are dense. */
  static final long MOST = EntityType.SEARCH_STEPS;

  private long spent;

  void spend(long steps) {
    spent += steps;
  }

  long spent() {
    return spent;
  }

  boolean exhausted() {
    return spent > MOST;
  }
}
