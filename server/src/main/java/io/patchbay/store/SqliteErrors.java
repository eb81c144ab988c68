package io.patchbay.store;

import io.patchbay.store.StoreFailure.Kind;
import java.sql.SQLException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells what an SQLite error means to the operator. */
final class SqliteErrors {
  private SqliteErrors() {}

  static StoreFailure failure(DataAccessException e) {
    return failure(e, e.getCause(SQLException.class));
  }

  static StoreFailure failure(Throwable e, @Nullable SQLException cause) {
    SQLiteErrorCode code =
        cause instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    Kind kind = kind(code);
    String detail = cause == null ? String.valueOf(e.getMessage()) : cause.getMessage();
    return new StoreFailure(kind, sentence(kind) + " (" + detail + ")", e);
  }

  private static Kind kind(SQLiteErrorCode code) {
    // The low byte of an extended code is the primary one.
    int primary = code.code & 0xff;
    if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
      return Kind.FULL;
    }
    if (primary == SQLiteErrorCode.SQLITE_IOERR.code
        || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code
        || primary == SQLiteErrorCode.SQLITE_READONLY.code) {
      return Kind.IO;
    }
    if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return Kind.DAMAGED;
    }
    if (primary == SQLiteErrorCode.SQLITE_BUSY.code
        || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return Kind.BUSY;
    }
    return primary == SQLiteErrorCode.SQLITE_TOOBIG.code ? Kind.TOO_LARGE : Kind.STATEMENT;
  }

  private static String sentence(Kind kind) {
    return switch (kind) {
      case FULL -> "The disk that holds the data folder is full; nothing was kept";
      case IO -> "The data folder's disk failed; nothing was kept";
      case DAMAGED -> "The database file is damaged or is not a database; restore it from a backup";
      case BUSY -> "The database is locked by another program";
      case TOO_LARGE -> "A text is longer than the database takes; nothing was kept";
      case FOLDER, IN_USE, KEY, MIGRATION, UNKNOWN, CLOSED, STATEMENT ->
          "The database refused a statement";
    };
  }
}
