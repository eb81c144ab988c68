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

/**
 * One connection, used by one thread at a time. SQL errors come out as {@link DataAccessException}.
 */
final class Session implements AutoCloseable {
  static {
    // jOOQ would print a banner into the log.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

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

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new DataAccessException("close", e);
    }
  }
}
