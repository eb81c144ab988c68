package io.patchbay.integration;

import java.util.Arrays;

/** Places of a text, in order, none over another: what overlaps becomes one place. */
final class Spots {
  /** Begin and end (exclusive), one pair after the other. */
  private int[] bounds = new int[16];

  private int size;

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Adds a place, which takes in those that it overlaps.
   *
   * @param to not before the end of any other
   */
  void add(int from, int to) {
    int begin = from;
    while (size > 0 && bounds[size - 1] > begin) {
      begin = Math.min(begin, bounds[size - 2]);
      size -= 2;
    }
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * size);
    }
    bounds[size++] = begin;
    bounds[size++] = to;
  }

  /** The places of both. */
  Spots with(Spots other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    var all = new Spots();
    int mine = 0;
    int others = 0;
    while (mine < size || others < other.size) {
      boolean takeMine =
          others == other.size || (mine < size && bounds[mine + 1] <= other.bounds[others + 1]);
      if (takeMine) {
        all.add(bounds[mine], bounds[mine + 1]);
        mine += 2;
      } else {
        all.add(other.bounds[others], other.bounds[others + 1]);
        others += 2;
      }
    }
    return all;
  }

  /** The text with another one in each place. */
  String replaced(String text, String by) {
    var out = new StringBuilder(text.length());
    int at = 0;
    for (int i = 0; i < size; i += 2) {
      out.append(text, at, bounds[i]).append(by);
      at = bounds[i + 1];
    }
    return out.append(text, at, text.length()).toString();
  }
}
