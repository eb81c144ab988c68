package io.patchbay.executor.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out whose thread it is, in words of the kernel that the process cannot choose. */
final class Processes {
  /** Ours, the box's and the call's own pid namespace. */
  private static final int NAMESPACES = 3;

  /** Where calls have no namespaces of their own, the launcher counts processes as we do. */
  private static final int NO_NAMESPACES = 1;

  private Processes() {}

  /**
   * @param process id of the thread's process, as this process sees it
   * @param inBox its id as the launcher sees it
   */
  record Caller(int process, int inBox) {}

  /**
   * Empty if the thread is gone or not one of a call. What comes of it counts only if the thread is
   * found waiting afterwards: otherwise its number may have been given to another.
   */
  static Optional<Caller> of(int thread) {
    try {
      String status = status(thread);
      int process = Integer.parseInt(value(status, "\nTgid:"));
      String ids = value(process == thread ? status : status(process), "\nNSpid:");
      String[] byNamespace = ids.split("\t", -1);
      if (byNamespace.length == NO_NAMESPACES) {
        return Optional.of(new Caller(process, Integer.parseInt(byNamespace[0])));
      }
      boolean isCall = byNamespace.length == NAMESPACES && byNamespace[2].equals("1");
      return isCall
          ? Optional.of(new Caller(process, Integer.parseInt(byNamespace[1])))
          : Optional.empty();
    } catch (IOException | NumberFormatException gone) {
      return Optional.empty();
    }
  }

  private static String status(int id) throws IOException {
    return new String(Files.readAllBytes(Path.of("/proc/" + id + "/status")), US_ASCII);
  }

  /** A line's value. No process name can forge one: the kernel escapes its line breaks. */
  private static String value(String status, String key) {
    int start = status.indexOf(key) + key.length();
    int end = status.indexOf('\n', start);
    return start < key.length() || end < 0 ? "" : status.substring(start, end).strip();
  }
}
