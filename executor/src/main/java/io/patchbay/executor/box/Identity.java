package io.patchbay.executor.box;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A user and group by number. Neither may be root's, and neither needs to have a name. */
public record Identity(int uid, int gid) {
  /** Used by nothing else: between the numbers of people and those that systemd hands out. */
  private static final int DEDICATED = 60_931;

  public Identity {
    if (uid <= 0 || gid <= 0) {
      throw new IllegalArgumentException("not an unprivileged user: " + uid + ":" + gid);
    }
  }

  public static Identity dedicated() {
    return new Identity(DEDICATED, DEDICATED);
  }

  /** Whether this program runs as root. */
  static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException noProc) {
      return false;
    }
  }
}
