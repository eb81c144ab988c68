package io.patchbay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * One connection, used by one thread at a time. SQL errors come out as {@link DataAccessException}.
 */
final class Session implements AutoCloseable {
  static {
    // jOOQ would print a banner into the log.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final Connection connection;
  private final DSLContext dsl;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Session(Connection connection) {
    this.connection = connection;
    // The dialect comes from the connection's URL.
    this.dsl = DSL.using(connection);
  }

  /** For statements that are made anew each time. */
  DSLContext dsl() {
    return dsl;
  }

  /**
   * For statements of every turn: the connection keeps it prepared, so the text must be one of a
   * fixed set.
   */
  Bound on(String sql) {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      try {
        statement = connection.prepareStatement(sql);
      } catch (SQLException e) {
        throw new DataAccessException(sql, e);
      }
      prepared.put(sql, statement);
    }
    return new Bound(sql, statement);
  }

  /** Runs a statement once, without parameters. */
  void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new DataAccessException(sql, e);
    }
  }

  /**
   * Bounds what a text, or a row, may have in it from now on: what is longer is neither read nor
   * written.
   */
  void limit(int bytes) {
    try {
      connection.unwrap(SQLiteConnection.class).setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, bytes);
    } catch (SQLException e) {
      throw new DataAccessException("limit", e);
    }
  }

  /** Closes what may be broken; that it cannot be closed is of no interest to the caller. */
  void drop() {
    try {
      close();
    } catch (RuntimeException | Error e) {
      LOG.warn("A connection of the store could not be closed", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new DataAccessException("close", e);
    }
  }
}
