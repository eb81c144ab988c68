package io.patchbay.server;

import io.patchbay.executor.box.Identity;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the data folder and all in it its owner's only. What is made since is made so; here what an
 * older release or the operator's copying has left open is closed. Links are not followed.
 */
final class DataFolder {
  /** Of what the examples' services keep. */
  static final String SERVICES = "services";

  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

  /** Of package sets, which the user of the box reads. Its own keeper closes it. */
  private static final String PACKAGES = "packages";

  /** How the names of our files begin. */
  private static final List<String> FILES =
      List.of("patchbay.", "variables.key", "admin-token", "examples.json", DefaultSetRecord.FILE);

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private final Path data;
  private int closed;
  private Optional<Path> foreign = Optional.empty();

  private DataFolder(Path data) {
    this.data = data;
  }

  /**
   * @param passes user of the box, which must get through to the package sets
   */
  static void close(Path data, Optional<Identity> passes) throws IOException {
    if (data.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // Whoever names a folder by a link means the folder.
      new DataFolder(data.toRealPath()).close(passes);
    }
  }

  private void close(Optional<Identity> passes) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(data)) {
      for (Path entry : entries) {
        closeEntry(entry);
      }
    }
    boolean shut = !isOpen(data) || passes.map(user -> user.alonePasses(data)).orElse(false);
    if (!shut && foreign.isPresent()) {
      LOG.warn(
          "the data folder {} holds other things as well, such as {}, and stays open to other"
              + " users; give Patchbay a folder of its own (--data)",
          data,
          foreign.get().getFileName());
      return;
    }
    if (!shut) {
      close(data);
    }
    if (passes.isPresent()) {
      passes.get().letThrough(data);
    }
    if (closed > 0) {
      LOG.warn("other users could use {} files and folders of {}, and cannot now", closed, data);
    }
  }

  private void closeEntry(Path entry) throws IOException {
    String name = String.valueOf(entry.getFileName());
    if (name.equals(SERVICES)) {
      Files.walkFileTree(entry, new Closer());
    } else if (FILES.stream().anyMatch(name::startsWith)
        && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
      close(entry);
    } else if (!name.equals(PACKAGES)) {
      foreign = Optional.of(entry);
    }
  }

  private static boolean isOpen(Path path) throws IOException {
    return Files.getPosixFilePermissions(path).stream().anyMatch(OF_OTHERS::contains);
  }

  private void close(Path path) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (permissions.removeAll(OF_OTHERS)) {
      Files.setPosixFilePermissions(path, permissions);
      closed++;
    }
  }

  private final class Closer extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      close(folder);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile()) {
        close(file);
      }
      return FileVisitResult.CONTINUE;
    }

    /** A service's own file may go at any time. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }
}
