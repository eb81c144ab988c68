package io.patchbay.store;

import io.patchbay.executor.work.Budget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToLongFunction;
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
      Readers readers = Readers.open(file::reader, readerCount());
      try {
        return new Database(
            lock, GroupCommit.start(file::writer, GroupCommit.Bounds.DEFAULT), readers);
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

  /** Writes a little, for good, to see whether that can be done. */
  public void tryWrite(Duration patience) {
    writer.write(SqliteFile::touch, patience);
  }

  /** Reads a little to see whether that can be done. */
  public void tryRead(Duration patience) {
    readers.read(SqliteFile::look, patience);
  }

  /** Runs a small query on a snapshot per statement; never waits for a write. */
  <T> T read(Function<Session, T> query) {
    return readers.read(query);
  }

  /**
   * As {@link #read}, for what may be large: the thread that carries the caller is free for others
   * meanwhile, and the bytes count as JSON until the request ends.
   *
   * @param bytes finds out how many the query is going to read
   */
  <T> T readLarge(ToLongFunction<Session> bytes, Function<Session, T> query) {
    return readLarge(readers.<Long>read(bytes::applyAsLong), query);
  }

  /**
   * @param bytes that the query is going to read
   */
  <T> T readLarge(long bytes, Function<Session, T> query) {
    Budget.hold(bytes);
    return Budget.spend(bytes, () -> readers.read(query));
  }

  /**
   * Runs a unit of writes, all or nothing; on the disk when it returns.
   *
   * @param load whose it is, and its size
   * @param unit touches nothing but its session; may be run twice
   */
  <T> T write(Load load, Function<Session, T> unit) {
    return writer.write(load, unit, true);
  }

  /** As {@link #write}, of nobody, for a unit of no size to speak of. */
  <T> T write(Function<Session, T> unit) {
    return write(Load.NONE, unit);
  }

  /** As {@link #write}, but survives only the death of the process, not the loss of power. */
  <T> T writeForProcess(Load load, Function<Session, T> unit) {
    return writer.write(load, unit, false);
  }

  /** Makes the statements for {@link Session#on}. */
  SqlText sql() {
    return new SqlText(SQLDialect.SQLITE);
  }

  private static int readerCount() {
    return Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
  }
}
