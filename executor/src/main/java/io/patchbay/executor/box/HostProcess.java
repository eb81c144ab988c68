package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Finds a call process among those below a launcher, by the id that the launcher told. */
final class HostProcess {
  private static final String IDS = "\nNSpid:\t";

  /** Ours, the box's and the call's own pid namespace. */
  private static final int NAMESPACES = 3;

  private HostProcess() {}

  /**
   * Its id as this process sees it; empty if it has ended, or has no namespaces of its own.
   *
   * @param root the process that was started as the launcher
   * @param inBox its id as the launcher sees it
   */
  static OptionalInt find(long root, int inBox) {
    try {
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
        OptionalInt below = find(child, inBox);
        if (below.isPresent()) {
          return below;
        }
      }
    } catch (IOException | NumberFormatException gone) {
      // Nothing is found below it.
    }
    return OptionalInt.empty();
  }

  private static String[] ids(int process) throws IOException {
    String status = read("/proc/" + process + "/status");
    int start = status.indexOf(IDS) + IDS.length();
    int end = status.indexOf('\n', start);
    return start < IDS.length() || end < 0
        ? new String[0]
        : status.substring(start, end).split("\t", -1);
  }

  private static String read(String path) throws IOException {
    return new String(Files.readAllBytes(Path.of(path)), US_ASCII);
  }
}
