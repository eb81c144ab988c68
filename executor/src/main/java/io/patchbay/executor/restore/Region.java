package io.patchbay.executor.restore;

import io.patchbay.executor.restore.PageStore.Page;
import org.jspecify.annotations.Nullable;

/**
 * Memory of the snapshot that may be written, with what it held.
 *
 * <p>Pages that nearly every call writes are found out in the first calls and from then on written
 * back unseen: they cost no fault. All others are protected, so that a write to one is noticed.
 */
final class Region {
  private static final int LEARNING = 8;
  private static final int HOT = 5;

  private final long start;
  private final long end;
  private final @Nullable Page[] held;
  private final byte[] hits;
  private final boolean ofFile;
  private final String name;
  private final long rights;
  private final Ranges own = new Ranges();
  private final Kernel kernel;
  private final Pages pages;
  private final PageStore store;
  private int restores;

  // Of the restore of the moment: what is to be protected again.
  private final Ranges cold = new Ranges();

  Region(Mapping mapping, Kernel kernel, Pages pages, PageStore store) {
    this.start = mapping.start();
    this.end = mapping.end();
    this.ofFile = !mapping.isAnonymous();
    this.name = mapping.name();
    this.rights = mapping.rightsOfMap();
    this.kernel = kernel;
    this.pages = pages;
    this.store = store;
    this.held = new @Nullable Page[number(end)];
    this.hits = new byte[number(end)];
  }

  private int number(long address) {
    return (int) ((address - start) / Kernel.PAGE);
  }

  /**
   * Keeps what is there; of a file also pages that are not in memory.
   *
   * @param memory {@code /proc/PID/mem}
   */
  void save(int memory, int pagemap) throws GoneException {
    if (ofFile) {
      take(memory, start, end);
    }
    pages.own(
        pagemap,
        start,
        end,
        (from, to) -> {
          own.add(from, to);
          if (!ofFile) {
            take(memory, from, to);
          }
        });
    pages.protect(pagemap, start, end);
  }

  private void take(int memory, long from, long to) throws GoneException {
    store.take(memory, from, to, (address, page) -> held[number(address)] = page);
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
            int number = number(page);
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

  /** Of what the snapshot holds of it. */
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
    for (Page page : held) {
      if (page != null) {
        store.giveBack(page);
      }
    }
  }

  /** Pieces on their way back. */
  private final class Transfer {
    private final int process;
    private int count;
    private long bytes;
    private int pages;

    // The piece that is not handed over yet.
    private long local;
    private long remote;
    private long length;

    Transfer(int process) {
      this.process = process;
    }

    void add(long from, long to) throws GoneException {
      for (long page = from; page < to; page += Kernel.PAGE) {
        long content = store.address(held[number(page)]);
        if (length == 0 || page != remote + length || content != local + length) {
          pieceIsComplete();
          local = content;
          remote = page;
        }
        length += Kernel.PAGE;
        pages++;
      }
    }

    private void pieceIsComplete() throws GoneException {
      if (length > 0) {
        kernel.piece(count++, local, remote, length);
        bytes += length;
        length = 0;
      }
      if (count == Kernel.PIECES) {
        write();
      }
    }

    private void write() throws GoneException {
      kernel.writePieces(process, count, bytes);
      count = 0;
      bytes = 0;
    }

    void flush() throws GoneException {
      pieceIsComplete();
      if (count > 0) {
        write();
      }
    }
  }
}
