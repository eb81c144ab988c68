package io.patchbay.store;

import io.patchbay.store.StoreFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The database file of a data folder: makes it, brings it to this release's form, opens sessions on
 * it. All that only SQLite needs to be told stands here.
 */
final class SqliteFile {
  private static final String NAME = "patchbay.db";

  /** Pages of 4 KiB that the log may hold before they move into the database file. */
  private static final int CHECKPOINT_PAGES = 4000;

  /** Bytes that the log file keeps after a checkpoint. */
  private static final int LOG_BYTES = 64 * 1024 * 1024;

  /** Milliseconds to wait for another program, such as a backup, that holds the file. */
  private static final int BUSY_MILLIS = 5000;

  /**
   * Bytes of a text or a row that is written. More than {@link Load} lets pass; readers have no
   * such bound, since an earlier release may have kept more.
   */
  static final int LONGEST = 64 * 1024 * 1024;

  /** After so many the number begins anew. */
  private static final int TOUCHES = 1_000_000;

  /** SQLite begins anew where a database file is shorter. */
  private static final int HEADER_BYTES = 100;

  /** How a log begins; the last bit tells the order of the bytes in its checksums. */
  private static final int LOG_MAGIC = 0x377f0682;

  private final Path path;

  private SqliteFile(Path path) {
    this.path = path;
  }

  /** Makes the file where it does not exist, and migrates it. The folder's lock must be held. */
  static SqliteFile open(Path folder) {
    if (folder.toString().contains("?")) {
      // The driver would take what follows for settings, and open another file.
      throw new StoreFailure(Kind.FOLDER, "The data folder " + folder + " must have no ? in it");
    }
    var file = new SqliteFile(folder.resolve(NAME));
    file.create();
    file.probe();
    file.migrate();
    return file;
  }

  /** A session that writes, of which there is one at a time. */
  Session writer() {
    var session = new Session(writerConnection());
    session.limit(LONGEST);
    return session;
  }

  Connection writerConnection() {
    return connection(pragmas(32));
  }

  /** A session that cannot write. */
  Session reader() {
    var session = new Session(connection(pragmas(8)));
    session.run("pragma query_only = on");
    return session;
  }

  /**
   * Sets what a commit waits for. Must be called outside a transaction.
   *
   * @param powerLoss whether a commit is on the disk when it returns; otherwise it survives the
   *     death of the process only
   */
  static void setDurability(Session writer, boolean powerLoss) {
    writer.run(powerLoss ? "pragma synchronous = full" : "pragma synchronous = normal");
  }

  /** Takes the write lock at once, so that a transaction never fails half-way for want of it. */
  static void begin(Session writer) {
    writer.on("begin immediate").execute();
  }

  /** Writes a number into the file's header that means nothing to anybody. */
  static boolean touch(Session writer) {
    int next = (number(writer) + 1) % TOUCHES;
    writer.run("pragma user_version = " + next);
    return true;
  }

  /** Reads a row, if there is one. */
  static boolean look(Session reader) {
    return reader.on("select id from bot limit 1").first(row -> row.getLong(1)).isPresent();
  }

  private static int number(Session session) {
    return session.on("pragma user_version").first(row -> row.getInt(1)).orElse(0);
  }

  private void create() {
    try {
      if (!Files.exists(path)) {
        if (holdsWrites()) {
          throw lost("is missing, though " + path.getFileName() + "-wal is there");
        }
        // The log and its index, which SQLite makes beside it, get the same permissions.
        OwnerOnly.createFile(path);
      } else if (!Files.isRegularFile(path)) {
        throw new StoreFailure(Kind.DAMAGED, path + " is not a file");
      } else if (!Files.isReadable(path) || !Files.isWritable(path)) {
        throw new StoreFailure(
            Kind.FOLDER, "The database file " + path + " must be readable and writable");
      } else if (Files.size(path) < HEADER_BYTES
          && Files.exists(path.resolveSibling(KeyFile.NAME))) {
        // The key is made after the first tables, so these are gone.
        throw lost("has lost its content");
      }
      if (!isLog()) {
        throw lost("has a file " + path.getFileName() + "-wal beside it that is no log of SQLite");
      }
    } catch (IOException e) {
      throw new StoreFailure(Kind.FOLDER, "The database file " + path + " cannot be made: " + e, e);
    }
  }

  private StoreFailure lost(String how) {
    return new StoreFailure(
        Kind.DAMAGED, path + " " + how + "; restore the data folder from a backup");
  }

  private boolean holdsWrites() throws IOException {
    return Files.exists(log()) && Files.size(log()) > 0;
  }

  /** The log of writes that are not in the database file yet. */
  private Path log() {
    return path.resolveSibling(NAME + "-wal");
  }

  /**
   * SQLite would take a log that it does not know for an empty one, and write over it. A log that
   * begins with zeros is one whose first write the loss of power cut short.
   */
  private boolean isLog() throws IOException {
    if (!holdsWrites()) {
      return true;
    }
    try (InputStream log = Files.newInputStream(log())) {
      byte[] first = log.readNBytes(Integer.BYTES);
      int magic = first.length < Integer.BYTES ? 0 : ByteBuffer.wrap(first).getInt();
      return magic == 0 || (magic & ~1) == LOG_MAGIC;
    }
  }

  /** Notices a file that is no database before the migrations give a less clear message. */
  private void probe() {
    try (Connection connection = source(pragmas(8)).getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeQuery("select count(*) from sqlite_master").close();
    } catch (SQLException e) {
      StoreFailure failure = SqliteErrors.failure(e, e);
      throw new StoreFailure(failure.kind(), path + ": " + failure.getMessage(), e);
    }
  }

  private void migrate() {
    try {
      Flyway flyway = Migrations.of(source(pragmas(8)), "integer primary key autoincrement");
      refuseNewer(flyway);
      flyway.migrate();
    } catch (FlywayException e) {
      StoreFailure cause = causeOf(e);
      if (cause.kind() == Kind.DAMAGED || cause.kind() == Kind.FULL || cause.kind() == Kind.IO) {
        throw new StoreFailure(cause.kind(), path + ": " + cause.getMessage(), e);
      }
      throw new StoreFailure(
          Kind.MIGRATION,
          "The database "
              + path
              + " cannot be brought to the form that this release needs: "
              + e.getMessage(),
          e);
    }
  }

  private static StoreFailure causeOf(FlywayException e) {
    Throwable cause = e;
    while (cause != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    return SqliteErrors.failure(e, (SQLException) cause);
  }

  private void refuseNewer(Flyway flyway) {
    for (MigrationInfo applied : flyway.info().applied()) {
      if (applied.getState() == MigrationState.FUTURE_SUCCESS) {
        throw new StoreFailure(
            Kind.MIGRATION,
            "The database "
                + path
                + " was used by a newer release of Patchbay; start that release, or restore a"
                + " backup of the data folder from before");
      }
    }
  }

  private Connection connection(SQLiteConfig pragmas) {
    try {
      return source(pragmas).getConnection();
    } catch (SQLException e) {
      throw SqliteErrors.failure(e, e);
    }
  }

  private DataSource source(SQLiteConfig pragmas) {
    var source = new SQLiteDataSource(pragmas);
    source.setUrl("jdbc:sqlite:" + path);
    return source;
  }

  /** No memory map: the JVM would die of a disk error in one. */
  private static SQLiteConfig pragmas(int cacheMebibytes) {
    var pragmas = new SQLiteConfig();
    pragmas.setJournalMode(SQLiteConfig.JournalMode.WAL);
    pragmas.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    pragmas.setWalAutocheckpoint(CHECKPOINT_PAGES);
    pragmas.setJournalSizeLimit(LOG_BYTES);
    pragmas.setBusyTimeout(BUSY_MILLIS);
    pragmas.enforceForeignKeys(true);
    pragmas.setTempStore(SQLiteConfig.TempStore.MEMORY);
    pragmas.setCacheSize(-1024 * cacheMebibytes);
    return pragmas;
  }

  /** The migrations are written once for every dialect. */
  private static final class Migrations {
    static Flyway of(DataSource source, String identity) {
      return Flyway.configure()
          .dataSource(source)
          .locations("classpath:db/migration")
          .placeholders(java.util.Map.of("identity", identity))
          // A database of a newer release is refused, not used.
          .ignoreMigrationPatterns(new String[0])
          .load();
    }
  }
}
