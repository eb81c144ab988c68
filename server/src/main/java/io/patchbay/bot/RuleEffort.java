package io.patchbay.bot;

import tools.jackson.databind.JsonNode;

/**
 * What comparing an output with the rules of a node may still cost, in characters and in values
 * that are looked at. Used by one thread.
 */
public final class RuleEffort {
  /** Enough for a megabyte to be looked through by eight rules; some 50 ms. */
  public static final long MOST = 8L * 1024 * 1024;

  /** What a value costs beside its text. */
  private static final int VALUE = 16;

  private long left;

  public RuleEffort(long most) {
    this.left = most;
  }

  /** Whether more was to be compared than may be; what held from then on is not known. */
  public boolean exhausted() {
    return left < 0;
  }

  void spend(long steps) {
    left -= steps;
  }

  /** Looks through a value with all that it holds, as far as the effort goes. */
  void spendOn(JsonNode value) {
    left -= VALUE + (value.isString() ? value.asString().length() : 0);
    if (!exhausted()) {
      value.forEach(this::spendOn);
    }
  }
}
