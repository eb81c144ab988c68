package io.patchbay.executor.box;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
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
   * The first folder on the way to this one, itself included, that this user cannot pass; empty if
   * it gets there.
   */
  public Optional<Path> blockedAt(Path folder) {
    for (Path part = folder.getRoot(); part != null; part = next(part, folder)) {
      if (!passes(part)) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  /** As the kernel decides: the first that fits of owner, group and others counts. */
  private boolean passes(Path folder) {
    try {
      Map<String, Object> of = Files.readAttributes(folder, "unix:uid,gid,mode");
      int who =
          Integer.valueOf(uid).equals(of.get("uid"))
              ? 6
              : Integer.valueOf(gid).equals(of.get("gid")) ? 3 : 0;
      return of.get("mode") instanceof Integer mode && (mode >> who & 1) == 1;
    } catch (IOException | UnsupportedOperationException unreadable) {
      return false;
    }
  }

  /** Whether nobody else passes but the owner. */
  public boolean alonePasses(Path folder) {
    try {
      Map<String, Object> of = Files.readAttributes(folder, "unix:gid,mode");
      return Integer.valueOf(gid).equals(of.get("gid"))
          && of.get("mode") instanceof Integer mode
          && (mode & 0x3f) == 0x08;
    } catch (IOException | UnsupportedOperationException unreadable) {
      return false;
    }
  }

  /**
   * Lets this user pass a folder, and nobody else but its owner: its group is this user's from now
   * on. Where that cannot be given the folder is closed to all but its owner.
   */
  public void letThrough(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    try {
      Files.setAttribute(folder, "unix:gid", gid);
    } catch (FileSystemException notPermitted) {
      return;
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x---"));
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
