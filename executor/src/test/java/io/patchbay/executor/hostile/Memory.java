package io.patchbay.executor.hostile;

import java.lang.management.ManagementFactory;
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
  private static final long LIVE_MAY_GROW = 12 << 10;
  private static final long BESIDE_MAY_GROW = 64 << 10; // compiled code, among others
  private static final long LAUNCHERS_MAY_GROW = 4 << 10;

  static Memory now() {
    long live = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      live = Math.min(live, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    return new Memory(
        live >> 10,
        Math.max(0, BoxProcesses.ownResidentKib() - (heap >> 10)),
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
