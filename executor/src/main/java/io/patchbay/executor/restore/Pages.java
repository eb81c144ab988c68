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
  private static final long OF_FILE = 4;
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

  /** Pages that were or are no longer as they were. */
  interface Changes {
    /**
     * @param written else it has been dropped, or never was there
     */
    void at(long start, long end, boolean written) throws GoneException;
  }

  /** Pages that are in memory or swapped out, and are not those of a file itself. */
  void own(int pagemap, long start, long end, Range range) throws GoneException {
    scan(
        pagemap,
        start,
        end,
        new Wanted(0, OF_FILE, OF_FILE, PRESENT | SWAPPED),
        (from, to, _) -> range.at(from, to));
  }

  /**
   * Pages that were written since they were protected; and those that are not in memory, or are
   * those of the file itself.
   *
   * @param ofFile whether there is a file
   */
  void changed(int pagemap, long start, long end, boolean ofFile, Changes changes)
      throws GoneException {
    long any = WRITTEN | PRESENT | (ofFile ? OF_FILE : 0);
    scan(
        pagemap,
        start,
        end,
        new Wanted(MUST_BE_TRACKED, PRESENT, 0, any),
        // What is nowhere counts as written too.
        (from, to, kind) ->
            changes.at(from, to, (kind & WRITTEN) != 0 && (kind & (PRESENT | SWAPPED)) != 0));
  }

  /** From now on it is known when one of these is written. */
  void protect(int pagemap, long start, long end) throws GoneException {
    scan(
        pagemap, start, end, new Wanted(PROTECT | MUST_BE_TRACKED, 0, WRITTEN, 0), (_, _, _) -> {});
  }

  /**
   * Which pages.
   *
   * @param inverted kinds that count where a page is not of them
   * @param all kinds of which it must be
   * @param any kinds of which it must be one
   */
  private record Wanted(long flags, long inverted, long all, long any) {}

  private interface Found {
    void at(long start, long end, long kind) throws GoneException;
  }

  private void scan(int pagemap, long start, long end, Wanted wanted, Found found)
      throws GoneException {
    long from = start;
    while (from < end) {
      argument.set(JAVA_LONG, 0, ARGUMENT_BYTES);
      argument.set(JAVA_LONG, 8, wanted.flags);
      argument.set(JAVA_LONG, 16, from);
      argument.set(JAVA_LONG, 24, end);
      argument.set(JAVA_LONG, 32, 0);
      argument.set(JAVA_LONG, 40, ranges.address());
      argument.set(JAVA_LONG, 48, RANGES);
      argument.set(JAVA_LONG, 56, 0);
      argument.set(JAVA_LONG, 64, wanted.inverted);
      argument.set(JAVA_LONG, 72, wanted.all);
      argument.set(JAVA_LONG, 80, wanted.any);
      argument.set(JAVA_LONG, 88, wanted.all | wanted.any | SWAPPED);
      int count = kernel.controlled(pagemap, SCAN, argument);
      if (count < 0) {
        throw new GoneException("pages cannot be told: error number " + -count);
      }
      for (int i = 0; i < count; i++) {
        long at = (long) i * RANGE_BYTES;
        found.at(
            ranges.get(JAVA_LONG, at),
            ranges.get(JAVA_LONG, at + 8),
            ranges.get(JAVA_LONG, at + 16));
      }
      from = argument.get(JAVA_LONG, 32);
    }
  }
}
