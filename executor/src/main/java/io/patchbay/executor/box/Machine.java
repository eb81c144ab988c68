package io.patchbay.executor.box;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the machine has. */
final class Machine {
  private static final Pattern TOTAL = Pattern.compile("^MemTotal:\\s+(\\d+) kB");

  private Machine() {}

  /** Bytes of memory; 4 GiB where the kernel does not say. */
  static long memory() {
    try {
      Matcher total = TOTAL.matcher(Files.readString(Path.of("/proc/meminfo")));
      return total.find() ? Long.parseLong(total.group(1)) << 10 : 4L << 30;
    } catch (IOException unreadable) {
      return 4L << 30;
    }
  }
}
