package io.patchbay.executor.box;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What the machine has. */
final class Machine {
  private Machine() {}

  /** Bytes of memory; what the control groups around this program leave it, where that is less. */
  static long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
