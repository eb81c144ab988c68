package io.patchbay.executor.hostile;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory that stays in use, in KiB.
 *
 * @param live objects of this process
 * @param beside of this process: what it has beside the heap
 * @param launchers of the box
 */
record Memory(long live, long beside, long launchers) {
  private static final int LOOKS = 5;
  private static final long LIVE_MAY_GROW = 12 << 10;
  private static final long BESIDE_MAY_GROW = 64 << 10; // compiled code, among others
  private static final long LAUNCHERS_MAY_GROW = 4 << 10;

  /** The least of a few looks: the heap gives memory back some time after it was collected. */
  static Memory now() throws InterruptedException {
    Memory least = look();
    for (int i = 0; i < LOOKS; i++) {
      Thread.sleep(50);
      Memory next = look();
      least =
          new Memory(
              Math.min(least.live, next.live),
              Math.min(least.beside, next.beside),
              Math.min(least.launchers, next.launchers));
    }
    return least;
  }

  private static Memory look() {
    System.gc();
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return new Memory(
        heap.getUsed() >> 10,
        Math.max(0, BoxProcesses.ownResidentKib() - (heap.getCommitted() >> 10)),
        BoxProcesses.residentKib(BoxProcesses.launchers()));
  }

  /** What has grown by more than chance. */
  List<String> grownSince(Memory before) {
    List<String> grown = new ArrayList<>();
    compare("objects of the server", before.live, live, LIVE_MAY_GROW, grown);
    compare("the server beside its heap", before.beside, beside, BESIDE_MAY_GROW, grown);
    compare("launchers", before.launchers, launchers, LAUNCHERS_MAY_GROW, grown);
    return grown;
  }

  private static void compare(
      String what, long before, long now, long mayGrow, List<String> grown) {
    if (now - before > mayGrow) {
      grown.add("%s: %d KiB, not %d".formatted(what, now, before));
    }
  }
}
