package io.patchbay.executor.restore;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What pages of memory hold, each content once, however many snapshots have it: processes are
 * copies of one, and most of what they have is the same. Belongs to the restorer's thread.
 */
final class PageStore {
  private static final int PAGES_AT_ONCE = 64;
  private static final long SLAB = 1 << 20;
  private static final int LANES = 4;
  private static final long PRIME = 0x9e3779b97f4a7c15L;

  private final Kernel kernel;
  private final MemorySegment read;
  private final MemorySegment zeros;
  private final Map<Long, Page> byHash = new HashMap<>();
  private final List<Long> slabs = new ArrayList<>();
  private final Deque<Long> free = new ArrayDeque<>();

  /**
   * @param arena that lives as long as this
   */
  PageStore(Kernel kernel, Arena arena) {
    this.kernel = kernel;
    this.read = arena.allocate((long) PAGES_AT_ONCE * Kernel.PAGE, Kernel.PAGE);
    this.zeros = arena.allocate(Kernel.PAGE, Kernel.PAGE);
  }

  /** One content. */
  static final class Page {
    private final long address;
    private final long hash;
    private int uses = 1;

    private Page(long address, long hash) {
      this.address = address;
      this.hash = hash;
    }
  }

  /** Is told of each page. */
  interface Taken {
    void at(long address, Page page);
  }

  /**
   * Keeps what these pages hold now; each is to be given back once.
   *
   * @param memory {@code /proc/PID/mem}: to read so does not make the process a copy of its own of
   *     what it shares
   */
  void take(int memory, long start, long end, Taken taken) throws GoneException {
    for (long from = start; from < end; from += read.byteSize()) {
      long bytes = Math.min(read.byteSize(), end - from);
      kernel.read(memory, from, read.address(), bytes);
      for (long at = 0; at < bytes; at += Kernel.PAGE) {
        taken.at(from + at, keep(read.asSlice(at, Kernel.PAGE)));
      }
    }
  }

  private Page keep(MemorySegment content) throws GoneException {
    long hash = hash(content);
    Page known = byHash.get(hash);
    if (known != null && content.mismatch(at(known.address)) < 0) {
      known.uses++;
      return known;
    }
    if (free.isEmpty()) {
      long slab = kernel.reserve(SLAB);
      slabs.add(slab);
      for (long at = 0; at < SLAB; at += Kernel.PAGE) {
        free.addLast(slab + at);
      }
    }
    Page kept = new Page(free.removeFirst(), hash);
    at(kept.address).copyFrom(content);
    byHash.putIfAbsent(hash, kept);
    return kept;
  }

  private static MemorySegment at(long address) {
    return MemorySegment.ofAddress(address).reinterpret(Kernel.PAGE);
  }

  private static long hash(MemorySegment content) {
    long[] lanes = new long[LANES];
    for (long at = 0; at < Kernel.PAGE; at += LANES * 8L) {
      for (int i = 0; i < LANES; i++) {
        lanes[i] = (lanes[i] ^ content.get(JAVA_LONG, at + 8L * i)) * PRIME;
      }
    }
    long hash = 0;
    for (long lane : lanes) {
      hash = (hash ^ lane ^ lane >>> 29) * PRIME;
    }
    return hash;
  }

  /** Where the content lies here; of no page, zeros. */
  long address(@Nullable Page page) {
    return page == null ? zeros.address() : page.address;
  }

  /** One snapshot needs it no more. */
  void giveBack(Page page) {
    page.uses--;
    if (page.uses == 0) {
      byHash.remove(page.hash, page);
      kernel.drop(page.address, Kernel.PAGE);
      free.addFirst(page.address);
    }
  }

  void close() {
    slabs.forEach(slab -> kernel.free(slab, SLAB));
    slabs.clear();
    free.clear();
    byHash.clear();
  }
}
