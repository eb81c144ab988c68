package io.patchbay.base;

import java.time.Duration;
import java.time.Instant;

/** Time that passed on a clock that may be set back meanwhile. */
public final class Elapsed {
  private Elapsed() {}

  /** Never below zero. */
  public static Duration between(Instant from, Instant to) {
    Duration passed = Duration.between(from, to);
    return passed.isNegative() ? Duration.ZERO : passed;
  }
}
