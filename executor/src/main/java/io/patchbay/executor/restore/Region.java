package io.patchbay.executor.restore;

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
  private final boolean ofFile;
  private final String name;
  private final long rights;
  private final Ranges own = new Ranges();
  private final Kernel kernel;
  private final Pages pages;
  private int restores;

  // Of the restore of the moment: what is to be protected again.
  private final Ranges cold = new Ranges();

  Region(Mapping mapping, Kernel kernel, Pages pages) throws GoneException {
    this.start = mapping.start();
    this.end = mapping.end();
    this.ofFile = !mapping.isAnonymous();
    this.name = mapping.name();
    this.rights = mapping.rightsOfMap();
    this.kernel = kernel;
    this.pages = pages;
    this.copy = kernel.reserve(end - start);
    this.hits = new byte[(int) ((end - start) / Kernel.PAGE)];
  }

  /** Copies what is there; of a file also pages that are not in memory. */
  void save(int process, int pagemap) throws GoneException {
    if (ofFile) {
      read(process, start, end);
    }
    pages.own(
        pagemap,
        start,
        end,
        (from, to) -> {
          own.add(from, to);
          if (!ofFile) {
            read(process, from, to);
          }
        });
    pages.protect(pagemap, start, end);
  }

  private void read(int process, long from, long to) throws GoneException {
    kernel.piece(0, copyOf(from), from, to - from);
    kernel.readPieces(process, 1, to - from);
  }

  /** Writes back what was written or dropped; how many pages. */
  int restore(int process, int pagemap) throws GoneException {
    Transfer transfer = new Transfer(process);
    boolean learned = restores >= LEARNING;
    cold.clear();
    pages.changed(
        pagemap,
        start,
        end,
        ofFile,
        (from, to, written) -> {
          if (!written) {
            own.common(
                from,
                to,
                (first, last) -> {
                  transfer.add(first, last);
                  cold.add(first, last);
                });
            return;
          }
          transfer.add(from, to);
          for (long page = from; page < to; page += Kernel.PAGE) {
            int number = (int) ((page - start) / Kernel.PAGE);
            if (!learned) {
              hits[number]++;
            }
            if (!learned || hits[number] < HOT) {
              cold.add(page, page + Kernel.PAGE);
            }
          }
        });
    transfer.flush();
    cold.common(start, end, (from, to) -> pages.protect(pagemap, from, to));
    restores = learned ? restores : restores + 1;
    return transfer.pages;
  }

  private long copyOf(long address) {
    return copy + (address - start);
  }

  /** That were copied. */
  long bytes() {
    return ofFile ? end - start : own.bytes();
  }

  boolean overlaps(long from, long to) {
    return start < to && end > from;
  }

  /** Whether it can be mapped again as it was. */
  boolean isPlain() {
    return name.isEmpty();
  }

  /** As mmap wants them. */
  long rights() {
    return rights;
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
