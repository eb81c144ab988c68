package io.patchbay.executor.box;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /**
   * The first folder on the way to this one, itself included, that others than its owner and group
   * cannot pass; empty if this user gets there.
   */
  public Optional<Path> blockedAt(Path folder) {
    for (Path part = folder.getRoot(); part != null; part = next(part, folder)) {
      try {
        if (!Files.getPosixFilePermissions(part).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return Optional.of(part);
        }
      } catch (IOException | UnsupportedOperationException unreadable) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  private static @Nullable Path next(Path part, Path folder) {
    int count = part.getNameCount();
    return count < folder.getNameCount() ? part.resolve(folder.getName(count)) : null;
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
