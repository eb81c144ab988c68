package io.patchbay.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes files and folders that only their owner may use, where the file system knows owners. */
public final class OwnerOnly {
  private OwnerOnly() {}

  /** Makes the folder with its parents; the parents get the usual permissions. */
  public static void createFolder(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectory(folder, attributes(folder, "rwx------"));
  }

  /**
   * @throws java.nio.file.FileAlreadyExistsException when it is there already
   */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, ofFile(file));
    flushFolderOf(file);
  }

  /** Returns once the file's name is on the disk. */
  static void flushFolderOf(Path file) throws IOException {
    try (var folder = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** Empty on a file system without such permissions. */
  static Set<PosixFilePermission> permissions(Path file) throws IOException {
    return knowsOwners(file) ? Files.getPosixFilePermissions(file) : Set.of();
  }

  /** Of a new file, where the file system knows owners. */
  static FileAttribute<?>[] ofFile(Path file) {
    return attributes(file, "rw-------");
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    return knowsOwners(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean knowsOwners(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
