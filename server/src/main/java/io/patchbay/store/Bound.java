package io.patchbay.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.exception.DataAccessException;

/** A prepared statement whose parameters are given in the order of their {@code ?}, then run. */
final class Bound {
  private final String sql;
  private final PreparedStatement statement;
  private int bound;

  Bound(String sql, PreparedStatement statement) {
    this.sql = sql;
    this.statement = statement;
  }

  Bound set(String value) {
    return set(() -> statement.setString(++bound, value));
  }

  Bound set(long value) {
    return set(() -> statement.setLong(++bound, value));
  }

  Bound set(Instant value) {
    return set(Micros.of(value));
  }

  Bound setText(Optional<String> value) {
    return value.isPresent() ? set(value.get()) : setNull(Types.VARCHAR);
  }

  Bound setNumber(Optional<? extends Number> value) {
    return value.isPresent() ? set(value.get().longValue()) : setNull(Types.BIGINT);
  }

  Bound setTime(Optional<Instant> value) {
    return setNumber(value.map(Micros::of));
  }

  /** Runs a statement that changes rows; returns how many. */
  int execute() {
    try {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new DataAccessException(sql, e);
    }
  }

  <T> Optional<T> first(Row<T> row) {
    List<T> rows = fetch(1, row);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
  }

  /** Reads at most {@code limit} rows. */
  <T> List<T> fetch(int limit, Row<T> row) {
    try (ResultSet results = statement.executeQuery()) {
      var rows = new ArrayList<T>();
      while (rows.size() < limit && results.next()) {
        rows.add(row.read(results));
      }
      return rows;
    } catch (SQLException e) {
      throw new DataAccessException(sql, e);
    }
  }

  private Bound setNull(int type) {
    return set(() -> statement.setNull(++bound, type));
  }

  private Bound set(Setting setting) {
    try {
      setting.set();
      return this;
    } catch (SQLException e) {
      throw new DataAccessException(sql, e);
    }
  }

  /** Reads the current row; columns count from 1. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private interface Setting {
    void set() throws SQLException;
  }
}
