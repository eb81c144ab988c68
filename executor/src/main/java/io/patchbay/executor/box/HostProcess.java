package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** Finds a call process among those below a launcher, by the id that the launcher told. */
final class HostProcess {
  private static final String IDS = "\nNSpid:\t";
  private static final String PARENT = "\nPPid:\t";

  /** Ours, the box's and the call's own pid namespace. */
  private static final int NAMESPACES = 3;

  /** Where calls have none of their own, the launcher counts processes as we do. */
  private static final int NO_NAMESPACES = 1;

  // Of /proc/PID/stat, behind the name.
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private static final int LOOKS = 3;

  /** The kernel tells programs of a hundred ticks a second on every processor that we know. */
  private static final Duration TICK = Duration.ofMillis(10);

  private HostProcess() {}

  /**
   * Its id as this process sees it; empty if it has ended.
   *
   * @param root the process that was started as the launcher
   * @param inBox its id as the launcher sees it
   */
  static OptionalInt find(long root, int inBox) {
    OptionalInt found = OptionalInt.empty();
    // The kernel leaves some children out while others end.
    for (int i = 0; i < LOOKS && found.isEmpty(); i++) {
      found = look(root, inBox);
    }
    return found;
  }

  private static OptionalInt look(long root, int inBox) {
    try {
      if (isChildWithoutNamespaces(root, inBox)) {
        return OptionalInt.of(inBox);
      }
      String children = read("/proc/" + root + "/task/" + root + "/children");
      String[] ids = children.isBlank() ? new String[0] : children.strip().split(" ");
      // The newest comes last.
      for (int i = ids.length - 1; i >= 0; i--) {
        int child = Integer.parseInt(ids[i]);
        String[] known = ids(child);
        if (known.length == NAMESPACES) {
          if (known[1].equals(Integer.toString(inBox)) && known[2].equals("1")) {
            return OptionalInt.of(child);
          }
          continue;
        }
        OptionalInt below = look(child, inBox);
        if (below.isPresent()) {
          return below;
        }
      }
    } catch (IOException | NumberFormatException gone) {
      // Nothing is found below it.
    }
    return OptionalInt.empty();
  }

  /** Of all threads of a process, as exact as the kernel's clock tick; zero where it has ended. */
  static Duration processorTime(int process) {
    try {
      String stat = read("/proc/" + process + "/stat");
      String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 15);
      long ticks = Long.parseLong(behindName[USER]) + Long.parseLong(behindName[SYSTEM]);
      return TICK.multipliedBy(ticks);
    } catch (IOException | RuntimeException gone) {
      return Duration.ZERO;
    }
  }

  private static boolean isChildWithoutNamespaces(long root, int process) throws IOException {
    if (!Files.exists(Path.of("/proc/" + process))) {
      return false;
    }
    String status = read("/proc/" + process + "/status");
    return value(status, IDS).split("\t", -1).length == NO_NAMESPACES
        && value(status, PARENT).equals(Long.toString(root));
  }

  /** None of a process that has ended since it was listed. */
  private static String[] ids(long process) {
    try {
      String ids = value(read("/proc/" + process + "/status"), IDS);
      return ids.isEmpty() ? new String[0] : ids.split("\t", -1);
    } catch (IOException ended) {
      return new String[0];
    }
  }

  private static String value(String status, String key) {
    int start = status.indexOf(key) + key.length();
    int end = status.indexOf('\n', start);
    return start < key.length() || end < 0 ? "" : status.substring(start, end);
  }

  private static String read(String path) throws IOException {
    return new String(Files.readAllBytes(Path.of(path)), US_ASCII);
  }
}
