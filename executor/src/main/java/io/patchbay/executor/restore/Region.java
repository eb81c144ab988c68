package io.patchbay.executor.restore;

import java.util.Arrays;

/**
 * Memory of the snapshot that may be written, with a copy of what it held.
 *
 * <p>Pages that nearly every call writes are found out in the first calls and from then on written
 * back unseen: they cost no fault. All others are protected, so that a write to one is noticed.
 */
final class Region {
  private static final int LEARNING = 8;
  private static final int HOT = 5;

  private final long start;
  private final long end;
  private final long copy;
  private final byte[] hits;
  private final Kernel kernel;
  private final Pages pages;
  private int restores;

  // Of the restore of the moment: beginnings and ends of what is to be protected again.
  private long[] cold = new long[16];
  private int colds;

  Region(Mapping mapping, Kernel kernel, Pages pages) throws GoneException {
    this.start = mapping.start();
    this.end = mapping.end();
    this.kernel = kernel;
    this.pages = pages;
    this.copy = kernel.reserve(end - start);
    this.hits = new byte[(int) ((end - start) / Kernel.PAGE)];
  }

  /**
   * Copies what is there.
   *
   * @param all also pages that are not in memory, since a file backs them
   */
  void save(int process, int pagemap, boolean all) throws GoneException {
    if (all) {
      kernel.piece(0, copy, start, end - start);
      kernel.readPieces(process, 1, end - start);
    } else {
      pages.present(
          pagemap,
          start,
          end,
          (from, to) -> {
            kernel.piece(0, copyOf(from), from, to - from);
            kernel.readPieces(process, 1, to - from);
          });
    }
    pages.protect(pagemap, start, end);
  }

  /** Writes back what was written; how many pages. */
  int restore(int process, int pagemap) throws GoneException {
    Transfer transfer = new Transfer(process);
    boolean learned = restores >= LEARNING;
    colds = 0;
    pages.written(
        pagemap,
        start,
        end,
        (from, to) -> {
          transfer.add(from, to);
          for (long page = from; page < to; page += Kernel.PAGE) {
            int number = (int) ((page - start) / Kernel.PAGE);
            if (!learned) {
              hits[number]++;
            }
            if (!learned || hits[number] < HOT) {
              addCold(page);
            }
          }
        });
    transfer.flush();
    for (int i = 0; i < colds; i += 2) {
      pages.protect(pagemap, cold[i], cold[i + 1]);
    }
    restores = learned ? restores : restores + 1;
    return transfer.pages;
  }

  private void addCold(long page) {
    if (colds > 0 && cold[colds - 1] == page) {
      cold[colds - 1] = page + Kernel.PAGE;
      return;
    }
    if (colds == cold.length) {
      cold = Arrays.copyOf(cold, 2 * colds);
    }
    cold[colds++] = page;
    cold[colds++] = page + Kernel.PAGE;
  }

  private long copyOf(long address) {
    return copy + (address - start);
  }

  boolean overlaps(long from, long to) {
    return start < to && end > from;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  void close() {
    kernel.free(copy, end - start);
  }

  /** Pieces on their way back. */
  private final class Transfer {
    private final int process;
    private int count;
    private long bytes;
    private int pages;

    Transfer(int process) {
      this.process = process;
    }

    void add(long from, long to) throws GoneException {
      kernel.piece(count++, copyOf(from), from, to - from);
      bytes += to - from;
      pages += (int) ((to - from) / Kernel.PAGE);
      if (count == Kernel.PIECES) {
        flush();
      }
    }

    void flush() throws GoneException {
      if (count > 0) {
        kernel.writePieces(process, count, bytes);
        count = 0;
        bytes = 0;
      }
    }
  }
}
