package io.patchbay.entity;

import java.util.Map;
import java.util.TreeMap;

/** The parts of one message that entities of one kind have taken; they never overlap. */
final class Claims {
  private final TreeMap<Integer, Integer> endByStart = new TreeMap<>();

  /** Takes a part, unless some of it is taken. */
  boolean take(int start, int end) {
    Map.Entry<Integer, Integer> before = endByStart.lowerEntry(end);
    if (before != null && before.getValue() > start) {
      return false;
    }
    endByStart.put(start, end);
    return true;
  }
}
