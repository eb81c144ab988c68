package io.patchbay.executor.box;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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
    boolean known = Files.exists(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS);
    return known ? again(folder) : claimed(folder, FolderClaim::newLock);
  }

  /** On one that was claimed before; never makes a file. */
  private static FolderClaim again(Path folder) throws IOException {
    return claimed(folder, it -> locked(it, it.resolve(LOCK), StandardOpenOption.WRITE));
  }

  private static FolderClaim claimed(Path folder, Locking locking) throws IOException {
    Path known = folder.toAbsolutePath().normalize();
    if (!OURS.add(known)) {
      throw new IOException(folder + " is in use");
    }
    try {
      return new FolderClaim(known, locking.lock(folder));
    } catch (IOException | RuntimeException e) {
      OURS.remove(known);
      throw e;
    }
  }

  private interface Locking {
    FileChannel lock(Path folder) throws IOException;
  }

  /** It is locked before it has its name: nobody ever finds it without its lock. */
  private static FileChannel newLock(Path folder) throws IOException {
    Path file = folder.resolve(LOCK + "-" + ProcessHandle.current().pid());
    FileChannel channel = locked(folder, file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      Files.move(file, folder.resolve(LOCK));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel locked(Path folder, Path file, OpenOption... options)
      throws IOException {
    FileChannel channel = FileChannel.open(file, options);
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
        if (wasClaimed(folder)) {
          removeIfAbandoned(folder);
        }
      }
    }
  }

  /** A folder without a lock file may be one that is just being made, or removed. */
  private static boolean wasClaimed(Path folder) {
    return Files.isRegularFile(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)
        && !Files.isSymbolicLink(folder);
  }

  /** Under a claim of our own, so that nobody else removes it at the same time. */
  private static void removeIfAbandoned(Path folder) throws IOException {
    FolderClaim ours;
    try {
      ours = again(folder);
    } catch (IOException inUseOrGone) {
      return;
    }
    try (ours) {
      remove(folder);
    }
  }

  /**
   * Removes a folder and all in it; links are not followed. What others remove meanwhile may go.
   */
  static void remove(Path folder) {
    try {
      Files.walkFileTree(folder, new Removal());
    } catch (IOException left) {
      throw new UncheckedIOException("cannot remove " + folder, left);
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
      return goneOrThrow(failed);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
        throws IOException {
      if (failed != null) {
        return goneOrThrow(failed);
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }

    private static FileVisitResult goneOrThrow(IOException failed) throws IOException {
      if (failed instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failed;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    OURS.remove(folder);
  }
}
