package io.patchbay.store;

import java.nio.file.Path;
import java.util.function.Function;
import org.jooq.SQLDialect;

/** The database in a data folder: one writer, several readers. Safe for use by many threads. */
public final class Database implements AutoCloseable {
  private final FolderLock lock;
  private final GroupCommit writer;
  private final Readers readers;

  private Database(FolderLock lock, GroupCommit writer, Readers readers) {
    this.lock = lock;
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * Opens the data folder for this process alone, making and migrating what is needed.
   *
   * @throws StoreFailure why it cannot be opened; what is there was left as it was
   */
  public static Database open(Path folder) {
    FolderLock lock = FolderLock.take(folder);
    try {
      SqliteFile file = SqliteFile.open(lock.folder());
      Readers readers = Readers.open(file, readerCount());
      try {
        return new Database(lock, GroupCommit.start(file, GroupCommit.Bounds.DEFAULT), readers);
      } catch (RuntimeException e) {
        readers.close();
        throw e;
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Transactions committed since the start: with many writers, far fewer than their writes. */
  public long commits() {
    return writer.commits();
  }

  /** Units of writes in those transactions. */
  public long written() {
    return writer.written();
  }

  /** Units of writes that wait for a transaction now. */
  public int waiting() {
    return writer.waiting();
  }

  /** Refuses new writes, ends those that were accepted, and gives the folder free. */
  @Override
  public void close() {
    // The connection that is closed last moves the log into the database file; no reader may.
    readers.close();
    writer.close();
    lock.close();
  }

  /** The data folder's real path. */
  Path folder() {
    return lock.folder();
  }

  /** Runs a query on a snapshot per statement; never waits for a write. */
  <T> T read(Function<Session, T> query) {
    return readers.read(query);
  }

  /**
   * Runs a unit of writes, all or nothing; on the disk when it returns.
   *
   * @param unit touches nothing but its session; may be run twice
   */
  <T> T write(Function<Session, T> unit) {
    return writer.write(unit, true);
  }

  /** As {@link #write}, but survives only the death of the process, not the loss of power. */
  <T> T writeForProcess(Function<Session, T> unit) {
    return writer.write(unit, false);
  }

  /** Makes the statements for {@link Session#on}. */
  SqlText sql() {
    return new SqlText(SQLDialect.SQLITE);
  }

  private static int readerCount() {
    return Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
  }
}
