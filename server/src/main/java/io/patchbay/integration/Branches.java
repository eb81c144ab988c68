package io.patchbay.integration;

/**
 * Which state a character leads to from a state that has several such characters: a table with open
 * addresses, 24 bytes an edge or less, no object for each.
 */
final class Branches {
  /**
   * Differs from start to start, so that nobody can choose secrets whose edges meet in one place.
   */
  private static final long SEED = System.nanoTime() * 0x9E3779B97F4A7C15L;

  private long[] keys = new long[64];
  private int[] targets = new int[64];
  private int size;

  /** The state, 0 for none. */
  int get(int state, char c) {
    long key = key(state, c);
    int mask = keys.length - 1;
    int at = place(key, mask);
    while (keys[at] != key) {
      if (keys[at] == 0) {
        return 0;
      }
      at = (at + 1) & mask;
    }
    return targets[at];
  }

  /** Adds an edge that is not there yet. */
  void put(int state, char c, int target) {
    if (2 * ++size > keys.length) {
      grow();
    }
    insert(key(state, c), target);
  }

  private void insert(long key, int target) {
    int mask = keys.length - 1;
    int at = place(key, mask);
    while (keys[at] != 0) {
      at = (at + 1) & mask;
    }
    keys[at] = key;
    targets[at] = target;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldTargets = targets;
    keys = new long[2 * oldKeys.length];
    targets = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        insert(oldKeys[i], oldTargets[i]);
      }
    }
  }

  private static long key(int state, char c) {
    return ((long) state << Character.SIZE | c) + 1;
  }

  private static int place(long key, int mask) {
    long mixed = (key ^ SEED) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return (int) (mixed ^ mixed >>> 33) & mask;
  }
}
