package io.patchbay.executor.restore;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of {@code /proc/PID/maps}.
 *
 * @param start first byte
 * @param end behind the last byte
 * @param rights such as {@code rw-p}
 * @param name a path, a name in brackets, or empty
 * @param line all of it
 */
record Mapping(long start, long end, String rights, String name, String line) {
  static List<Mapping> parse(String maps) {
    List<Mapping> parsed = new ArrayList<>();
    for (String line : maps.lines().toList()) {
      int dash = line.indexOf('-');
      int space = line.indexOf(' ');
      long start = Long.parseUnsignedLong(line, 0, dash, 16);
      long end = Long.parseUnsignedLong(line, dash + 1, space, 16);
      int path = line.indexOf('/');
      int bracket = line.indexOf('[');
      int name = path < 0 || (bracket >= 0 && bracket < path) ? bracket : path;
      parsed.add(
          new Mapping(
              start,
              end,
              line.substring(space + 1, space + 5),
              name < 0 ? "" : line.substring(name),
              line));
    }
    return parsed;
  }

  /** As mmap wants them. */
  long rightsOfMap() {
    return (rights.charAt(0) == 'r' ? 1 : 0)
        | (rights.charAt(1) == 'w' ? 2 : 0)
        | (rights.charAt(2) == 'x' ? 4 : 0);
  }

  boolean isWritable() {
    return rights.charAt(1) == 'w';
  }

  boolean isPrivate() {
    return rights.charAt(3) == 'p';
  }

  boolean isAnonymous() {
    return name.isEmpty() || name.equals("[heap]") || name.equals("[stack]");
  }

  /** What the kernel shows of itself: the clock's pages, and calls into it. */
  boolean isOfTheKernel() {
    return name.startsWith("[v");
  }

  /** Its code for reading the clock, which the process may write to and which nobody tracks. */
  boolean isCodeOfTheKernel() {
    return name.equals("[vdso]");
  }

  long bytes() {
    return end - start;
  }
}
