package io.patchbay.executor.restore;

import java.util.Arrays;

/** Parts of memory in the order of their addresses. */
final class Ranges {
  /** Beginnings and ends. */
  private long[] bounds = new long[16];

  private int count;

  /** Behind all that are there already. */
  void add(long start, long end) {
    if (count > 0 && bounds[count - 1] == start) {
      bounds[count - 1] = end;
      return;
    }
    if (count == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * count);
    }
    bounds[count++] = start;
    bounds[count++] = end;
  }

  void clear() {
    count = 0;
  }

  long bytes() {
    long sum = 0;
    for (int i = 0; i < count; i += 2) {
      sum += bounds[i + 1] - bounds[i];
    }
    return sum;
  }

  /** What lies between these. */
  void common(long start, long end, Pages.Range range) throws GoneException {
    int found = Arrays.binarySearch(bounds, 0, count, start);
    int first = found >= 0 ? found : -found - 1;
    for (int i = first & -2; i < count && bounds[i] < end; i += 2) {
      long from = Math.max(start, bounds[i]);
      long to = Math.min(end, bounds[i + 1]);
      if (from < to) {
        range.at(from, to);
      }
    }
  }
}
