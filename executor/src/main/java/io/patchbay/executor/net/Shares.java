package io.patchbay.executor.net;

import java.util.HashMap;
import java.util.Map;

/**
 * What the calls of all owners share. An owner may have as many as it leaves to others, so that
 * none can take what the next one needs. For the supervisor's thread.
 */
final class Shares {
  private final int most;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  Shares(int most) {
    this.most = most;
  }

  /** Whether there was one more; {@link #give} must follow. */
  boolean take(String owner) {
    int own = taken.getOrDefault(owner, 0);
    if (own >= most - all) {
      return false;
    }
    taken.put(owner, own + 1);
    all++;
    return true;
  }

  void give(String owner) {
    var _ = taken.computeIfPresent(owner, (_, own) -> own == 1 ? null : own - 1);
    all--;
  }
}
