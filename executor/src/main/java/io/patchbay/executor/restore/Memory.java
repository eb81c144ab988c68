package io.patchbay.executor.restore;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The memory of a process as it was at its snapshot, and the way back to it. */
final class Memory {
  private static final long API = 0xC018AA3FL;
  private static final long REGISTER = 0xC020AA00L;
  private static final long UFFD_API = 0xAA;

  /** Write protection that the kernel lifts by itself, of pages that are not there too. */
  private static final long FEATURES = 1 << 15 | 1 << 13 | 1;

  private static final long WRITE_PROTECTION = 2;
  private static final long BRK = 12;
  private static final long UNMAP = 11;
  private static final long MAP = 9;
  private static final long NEW_PRIVATE = 0x100022;

  private final Kernel kernel;
  private final Pages pages;
  private final PageStore store;
  private final int process;
  private final int tracker;
  private final int pagemap;
  private final int maps;
  private final int contents;
  private final List<Region> regions = new ArrayList<>();
  private final List<Mapping> constant = new ArrayList<>();

  /** Of constant memory, what was written before it became so, and differs from its file. */
  private final Ranges own = new Ranges();

  private @Nullable Mapping kernelCode;
  private byte[] kernelCodeThen = {};
  private String then = "";
  private MemorySegment bytesThen = MemorySegment.NULL;
  private long breakThen;

  /**
   * @param tracker its userfaultfd; belongs to this from now on, as does the pagemap
   */
  Memory(Kernel kernel, Pages pages, PageStore store, int process, int tracker, int pagemap)
      throws GoneException {
    this.kernel = kernel;
    this.pages = pages;
    this.store = store;
    this.process = process;
    this.tracker = tracker;
    this.pagemap = pagemap;
    try (Arena brief = Arena.ofConfined()) {
      MemorySegment api = brief.allocate(24, 8);
      api.set(JAVA_LONG, 0, UFFD_API);
      api.set(JAVA_LONG, 8, FEATURES);
      kernel.control(tracker, API, api, "userfaultfd");
    }
    this.maps = kernel.open("/proc/" + process + "/maps");
    this.contents = kernel.open("/proc/" + process + "/mem");
  }

  /** Of the stopped process; why there can be no snapshot, if there can be none. */
  Optional<String> save(Tracee tracee, Tracee.Registers from, Arena arena) throws GoneException {
    breakThen = tracee.make(from, BRK, 0);
    then = kernel.string(maps);
    MemorySegment told = kernel.text(maps);
    bytesThen = arena.allocate(told.byteSize()).copyFrom(told);
    for (Mapping mapping : Mapping.parse(then)) {
      if (mapping.isCodeOfTheKernel()) {
        kernelCode = mapping;
        kernelCodeThen = readKernelCode();
      }
      if (mapping.isOfTheKernel()) {
        continue;
      }
      if (!mapping.isPrivate()) {
        if (mapping.isWritable()) {
          return Optional.of("memory is shared");
        }
        continue;
      }
      if (!track(mapping.start(), mapping.end())) {
        return Optional.of("memory cannot be tracked");
      }
      if (mapping.isWritable()) {
        Region region = new Region(mapping, kernel, pages, store);
        regions.add(region);
        region.save(contents, pagemap);
      } else {
        addConstant(mapping);
        pages.own(pagemap, mapping.start(), mapping.end(), own::add);
        pages.protect(pagemap, mapping.start(), mapping.end());
      }
    }
    return Optional.empty();
  }

  /** That the snapshot holds. */
  long bytes() {
    return regions.stream().mapToLong(Region::bytes).sum();
  }

  private byte[] readKernelCode() throws GoneException {
    Mapping code = kernelCode;
    if (code == null) {
      return new byte[0];
    }
    try (Arena brief = Arena.ofConfined()) {
      MemorySegment read = brief.allocate(code.bytes());
      kernel.piece(0, read.address(), code.start(), code.bytes());
      kernel.readPieces(process, 1, code.bytes());
      return read.toArray(JAVA_BYTE);
    }
  }

  /** False of memory that the kernel may drop by itself, for example. */
  private boolean track(long start, long end) {
    try (Arena brief = Arena.ofConfined()) {
      MemorySegment register = brief.allocate(32, 8);
      register.set(JAVA_LONG, 0, start);
      register.set(JAVA_LONG, 8, end - start);
      register.set(JAVA_LONG, 16, WRITE_PROTECTION);
      return kernel.controlled(tracker, REGISTER, register) >= 0;
    }
  }

  /** Neighbours are looked at together. */
  private void addConstant(Mapping mapping) {
    if (!constant.isEmpty() && constant.getLast().end() == mapping.start()) {
      Mapping last = constant.removeLast();
      constant.add(
          new Mapping(last.start(), mapping.end(), last.rights(), last.name(), last.line()));
    } else {
      constant.add(mapping);
    }
  }

  /** Why it cannot be put back; else it is, and {@code written} counts the pages. */
  Optional<String> restore(Tracee tracee, Tracee.Registers from, long[] written)
      throws GoneException {
    if (!mapsAreAsThen()) {
      putBackBreak(tracee, from);
      unmapWhatIsNew(tracee, from);
      mapWhatIsGone(tracee, from);
      if (!mapsAreAsThen()) {
        return Optional.of("mappings");
      }
    }
    boolean[] changed = {!Arrays.equals(readKernelCode(), kernelCodeThen)};
    for (Mapping mapping : constant) {
      pages.changed(
          pagemap,
          mapping.start(),
          mapping.end(),
          true,
          (start, end, isWritten) -> {
            changed[0] |= isWritten;
            own.common(start, end, (_, _) -> changed[0] = true);
          });
    }
    if (changed[0]) {
      return Optional.of("memory that cannot be written");
    }
    for (Region region : regions) {
      written[0] += region.restore(process, pagemap);
    }
    return Optional.empty();
  }

  private boolean mapsAreAsThen() throws GoneException {
    return kernel.text(maps).mismatch(bytesThen) < 0;
  }

  /** The C library gives memory at its end back when much of it is free. */
  private void putBackBreak(Tracee tracee, Tracee.Registers from) throws GoneException {
    long now = tracee.make(from, BRK, 0);
    if (now != breakThen && tracee.make(from, BRK, breakThen) == breakThen && now < breakThen) {
      var _ = track(pageFrom(now), pageFrom(breakThen)); // else it looks like another mapping
    }
  }

  private static long pageFrom(long address) {
    return address + Kernel.PAGE - 1 & -Kernel.PAGE;
  }

  /**
   * Memory of no file that was unmapped, as programs do when they free it. It is found dropped
   * then. Where something else was mapped instead, it is not tracked, and so looks like another
   * mapping.
   */
  private void mapWhatIsGone(Tracee tracee, Tracee.Registers from) throws GoneException {
    List<Mapping> now = Mapping.parse(kernel.string(maps));
    for (Region region : regions) {
      long at = region.start();
      for (Mapping mapping : now) {
        if (region.isPlain() && region.overlaps(mapping.start(), mapping.end())) {
          map(at, mapping.start(), region, tracee, from);
          at = mapping.end();
        }
      }
      if (region.isPlain()) {
        map(at, region.end(), region, tracee, from);
      }
    }
  }

  private void map(long start, long end, Region like, Tracee tracee, Tracee.Registers from)
      throws GoneException {
    if (start < end
        && tracee.make(from, MAP, start, end - start, like.rights(), NEW_PRIVATE, -1, 0) == start) {
      var _ = track(start, end);
    }
  }

  private void unmapWhatIsNew(Tracee tracee, Tracee.Registers from) throws GoneException {
    Set<String> known = new HashSet<>(then.lines().toList());
    for (Mapping mapping : Mapping.parse(kernel.string(maps))) {
      if (!known.contains(mapping.line()) && !mapping.isOfTheKernel()) {
        unmapAround(mapping, tracee, from);
      }
    }
  }

  /** What belonged to the snapshot stays. */
  private void unmapAround(Mapping mapping, Tracee tracee, Tracee.Registers from)
      throws GoneException {
    long at = mapping.start();
    for (Region region : regions) {
      if (region.overlaps(mapping.start(), mapping.end())) {
        unmap(at, region.start(), tracee, from);
        at = Math.max(at, region.end());
      }
    }
    unmap(at, mapping.end(), tracee, from);
  }

  private static void unmap(long start, long end, Tracee tracee, Tracee.Registers from)
      throws GoneException {
    if (start < end) {
      var _ = tracee.make(from, UNMAP, start, end - start);
    }
  }

  void close() {
    regions.forEach(Region::close);
    kernel.close(maps);
    kernel.close(contents);
    kernel.close(tracker);
    kernel.close(pagemap);
  }
}
