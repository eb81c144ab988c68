package io.patchbay.executor.box;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Says that a folder is in use for as long as its process lives, however that ends, so that a later
 * process can tell what was left behind and remove it.
 */
final class FolderClaim implements AutoCloseable {
  private static final String LOCK = "in-use";

  /**
   * Claimed by this process. Its lock files must not even be opened again: closing one of them
   * gives up the lock of the whole process.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderClaim(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * @throws IOException when somebody else uses the folder, or it cannot be written
   */
  static FolderClaim on(Path folder) throws IOException {
    Path known = folder.toAbsolutePath().normalize();
    if (!OURS.add(known)) {
      throw new IOException(folder + " is in use");
    }
    try {
      return new FolderClaim(known, locked(folder));
    } catch (IOException | RuntimeException e) {
      OURS.remove(known);
      throw e;
    }
  }

  private static FileChannel locked(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IOException(folder + " is in use");
  }

  /** Removes folders of that name that once were claimed and are no longer. */
  static void sweep(Path work, String prefix) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(work, prefix + "*")) {
      for (Path folder : folders) {
        if (isAbandoned(folder)) {
          remove(folder);
        }
      }
    }
  }

  /** A folder without a lock file may be one that is just being made. */
  private static boolean isAbandoned(Path folder) {
    if (!Files.isRegularFile(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)
        || Files.isSymbolicLink(folder)) {
      return false;
    }
    try {
      on(folder).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Removes a folder and all in it; links are not followed. */
  static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException left) {
      throw new UncheckedIOException("cannot remove " + folder, left);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    OURS.remove(folder);
  }
}
