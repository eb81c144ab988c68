package io.patchbay.executor.restore;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Which pages of a process were written, as the kernel keeps count. For one thread at a time. */
final class Pages {
  private static final long SCAN = 0xC0606610L;
  private static final long PROTECT = 1;
  private static final long MUST_BE_TRACKED = 2;
  private static final long WRITTEN = 2;
  private static final long PRESENT = 8;
  private static final long SWAPPED = 16;

  private static final int ARGUMENT_BYTES = 96;
  private static final int RANGE_BYTES = 24;
  private static final int RANGES = 1024;

  private final Kernel kernel;
  private final MemorySegment argument;
  private final MemorySegment ranges;

  Pages(Kernel kernel, Arena arena) {
    this.kernel = kernel;
    this.argument = arena.allocate(ARGUMENT_BYTES, 8);
    this.ranges = arena.allocate((long) RANGES * RANGE_BYTES, 8);
  }

  /** Is told of pages, from the first to the last. */
  interface Range {
    void at(long start, long end) throws GoneException;
  }

  /** Pages that are in memory, or swapped out. */
  void present(int pagemap, long start, long end, Range range) throws GoneException {
    scan(pagemap, start, end, 0, 0, PRESENT | SWAPPED, range);
  }

  /** Pages that were written since they were protected. */
  void written(int pagemap, long start, long end, Range range) throws GoneException {
    scan(pagemap, start, end, MUST_BE_TRACKED, WRITTEN, 0, range);
  }

  /** From now on it is known when one of these is written. */
  void protect(int pagemap, long start, long end) throws GoneException {
    scan(pagemap, start, end, PROTECT | MUST_BE_TRACKED, WRITTEN, 0, (_, _) -> {});
  }

  private void scan(int pagemap, long start, long end, long flags, long all, long any, Range range)
      throws GoneException {
    long from = start;
    while (from < end) {
      argument.set(JAVA_LONG, 0, ARGUMENT_BYTES);
      argument.set(JAVA_LONG, 8, flags);
      argument.set(JAVA_LONG, 16, from);
      argument.set(JAVA_LONG, 24, end);
      argument.set(JAVA_LONG, 32, 0);
      argument.set(JAVA_LONG, 40, ranges.address());
      argument.set(JAVA_LONG, 48, RANGES);
      argument.set(JAVA_LONG, 56, 0);
      argument.set(JAVA_LONG, 64, 0);
      argument.set(JAVA_LONG, 72, all);
      argument.set(JAVA_LONG, 80, any);
      argument.set(JAVA_LONG, 88, all | any);
      int count = kernel.controlled(pagemap, SCAN, argument);
      if (count < 0) {
        throw new GoneException("pages cannot be told: error number " + -count);
      }
      for (int i = 0; i < count; i++) {
        long at = (long) i * RANGE_BYTES;
        range.at(ranges.get(JAVA_LONG, at), ranges.get(JAVA_LONG, at + 8));
      }
      from = argument.get(JAVA_LONG, 32);
    }
  }
}
