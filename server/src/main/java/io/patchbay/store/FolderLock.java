package io.patchbay.store;

import io.patchbay.store.StoreFailure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps every other server away from a data folder, until it is closed or its process dies. */
final class FolderLock implements AutoCloseable {
  private static final String FILE = "patchbay.lock";

  private static final int KIBIBYTE = 1024;

  /** Bytes of disk below which no server starts; a new database with the examples takes a third. */
  private static final int LEAST_ROOM = 1024 * KIBIBYTE;

  /**
   * Folders that this process has. POSIX drops a process's lock on a file as soon as the process
   * closes any descriptor of that file, so the lock file must not be opened twice.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel file;

  private FolderLock(Path folder, FileChannel file) {
    this.folder = folder;
    this.file = file;
  }

  /** Makes the folder, for this user alone, where it does not exist. */
  static FolderLock take(Path wanted) {
    Path folder = make(wanted);
    if (!HELD.add(folder)) {
      throw inUse(folder, "this process");
    }
    try {
      return new FolderLock(folder, lock(folder));
    } catch (IOException e) {
      HELD.remove(folder);
      throw unwritable(folder, e);
    } catch (StoreFailure e) {
      HELD.remove(folder);
      throw e;
    }
  }

  /** The folder's real path. */
  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new StoreFailure(Kind.IO, "The data folder " + folder + " could not be unlocked", e);
    } finally {
      HELD.remove(folder);
    }
  }

  private static Path make(Path wanted) {
    try {
      if (Files.isRegularFile(wanted)) {
        throw new StoreFailure(
            Kind.FOLDER, "The data folder " + wanted + " is a file; name another");
      }
      if (!Files.isDirectory(wanted)) {
        OwnerOnly.createFolder(wanted);
      }
      return wanted.toRealPath();
    } catch (IOException e) {
      throw unwritable(wanted, e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    Path path = folder.resolve(FILE);
    FileChannel file =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OwnerOnly.ofFile(path));
    try {
      if (file.tryLock() == null) {
        throw inUse(folder, "process " + owner(file));
      }
      requireRoom(folder);
      file.truncate(0);
      byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
      file.write(ByteBuffer.wrap(pid), 0);
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static String owner(FileChannel file) throws IOException {
    var pid = ByteBuffer.allocate(20);
    file.read(pid, 0);
    return new String(pid.array(), 0, pid.position(), StandardCharsets.UTF_8);
  }

  /**
   * SQLite and the migrations fail in unclear ways where they meet the end of the disk half-way.
   * File systems that cannot tell their size are let through.
   */
  private static void requireRoom(Path folder) throws IOException {
    FileStore disk = Files.getFileStore(folder);
    long room = disk.getUsableSpace();
    if (disk.getTotalSpace() > 0 && room < LEAST_ROOM) {
      throw new StoreFailure(
          Kind.FULL,
          """
          The disk of the data folder %s is full: %d KiB are free, and a start needs %d. \
          Nothing was changed; make room and start again\
          """
              .formatted(folder, room / KIBIBYTE, LEAST_ROOM / KIBIBYTE));
    }
  }

  private static StoreFailure inUse(Path folder, String by) {
    return new StoreFailure(
        Kind.IN_USE,
        "The data folder " + folder + " is in use by another Patchbay server (" + by + ")");
  }

  private static StoreFailure unwritable(Path folder, IOException e) {
    return new StoreFailure(
        Kind.FOLDER, "The data folder " + folder + " cannot be written to: " + e, e);
  }
}
