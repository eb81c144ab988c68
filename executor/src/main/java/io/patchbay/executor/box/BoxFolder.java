package io.patchbay.executor.box;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * A folder of one executor: {@code app}, the launcher's files and the module for builders, and
 * {@code shipped}, modules that every call can import, both read-only in the box; {@code etc}; and
 * {@code run}, where launchers put their sockets. Only the sandbox user and we get into run.
 */
final class BoxFolder implements AutoCloseable {
  private static final List<String> APP =
      List.of(
          "install.py",
          "start.py",
          "patchbay/__init__.py",
          "patchbay/answer.py",
          "patchbay/hsl.py",
          "patchbay/payload.py",
          "patchbay_box/__init__.py",
          "patchbay_box/aarch64.py",
          "patchbay_box/assembler.py",
          "patchbay_box/call_folders.py",
          "patchbay_box/call_names.py",
          "patchbay_box/call_process.py",
          "patchbay_box/containment.py",
          "patchbay_box/dispatcher.py",
          "patchbay_box/enter_box.py",
          "patchbay_box/failure.py",
          "patchbay_box/frames.py",
          "patchbay_box/installer.py",
          "patchbay_box/landlock.py",
          "patchbay_box/landlock_rules.py",
          "patchbay_box/launcher.py",
          "patchbay_box/namespaces.py",
          "patchbay_box/measure.py",
          "patchbay_box/network.py",
          "patchbay_box/order.py",
          "patchbay_box/output.py",
          "patchbay_box/pip.py",
          "patchbay_box/randomness.py",
          "patchbay_box/reasons.py",
          "patchbay_box/processor.py",
          "patchbay_box/runner.py",
          "patchbay_box/seccomp.py",
          "patchbay_box/syscalls.py",
          "patchbay_box/wish.py",
          "patchbay_box/x86_64.py",
          "patchbay_box/zygote.py");
  private static final List<String> SHIPPED = List.of("MySQLdb.py", "unicodecsv.py");
  private static final int LONGEST_SOCKET_PATH = 100;

  static final List<String> ETC = List.of("group", "nsswitch.conf", "passwd", "resolv.conf");

  private static final String PREFIX = "patchbay-box-";

  private final Path root;
  private final FolderClaim claim;

  private BoxFolder(Path root, FolderClaim claim) {
    this.root = root;
    this.claim = claim;
  }

  static BoxFolder create(Path work, Optional<Identity> owner) throws IOException {
    FolderClaim.sweep(work, PREFIX);
    Path root = Files.createTempDirectory(work, PREFIX);
    BoxFolder folder = new BoxFolder(root, FolderClaim.on(root));
    try {
      folder.fill(owner);
      return folder;
    } catch (IOException | RuntimeException failed) {
      folder.close();
      throw failed;
    }
  }

  Path app() {
    return root.resolve("app");
  }

  Path shipped() {
    return root.resolve("shipped");
  }

  Path etc() {
    return root.resolve("etc");
  }

  Path run() {
    return root.resolve("run");
  }

  /** Whether sockets in {@link #run} have paths that are short enough. */
  boolean fitsSockets() {
    return run().resolve("launcher-" + Integer.MAX_VALUE).toString().length()
        <= LONGEST_SOCKET_PATH;
  }

  private void fill(Optional<Identity> owner) throws IOException {
    permit(root, "rwx--x--x");
    makeFolder(app());
    makeFolder(app().resolve("patchbay"));
    makeFolder(app().resolve("patchbay_box"));
    makeFolder(shipped());
    makeFolder(etc());
    for (String name : APP) {
      copy(name, app().resolve(name));
    }
    for (String name : SHIPPED) {
      copy("shipped/" + name, shipped().resolve(name));
    }
    for (String name : ETC) {
      copy("etc/" + name, etc().resolve(name));
    }
    Files.createDirectory(run());
    permit(run(), "rwx------");
    if (owner.isPresent()) {
      Files.setAttribute(run(), "unix:uid", owner.get().uid());
      Files.setAttribute(run(), "unix:gid", owner.get().gid());
    }
  }

  private static void copy(String name, Path target) throws IOException {
    try (InputStream in = BoxFolder.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException("missing from the program: " + name);
      }
      Files.copy(in, target);
      permit(target, "r--r--r--");
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    Files.createDirectory(folder);
    permit(folder, "rwxr-xr-x");
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  /** Removes the folder and all in it; idempotent. */
  @Override
  public void close() {
    if (!Files.exists(root)) {
      return;
    }
    FolderClaim.remove(root);
    try {
      claim.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot give up " + root, e);
    }
  }
}
