package io.patchbay.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Renders statements for {@link Session#on}, once for each store: every value in them becomes a
 * {@code ?}, to be set in the order in which the columns are given here.
 */
final class SqlText {
  private final SQLDialect dialect;

  SqlText(SQLDialect dialect) {
    this.dialect = dialect;
  }

  String render(Query query) {
    return DSL.using(dialect).render(query);
  }

  String insert(Table<Record> table, List<Field<?>> columns) {
    return render(
        DSL.insertInto(table).columns(columns).values(Collections.nCopies(columns.size(), null)));
  }

  /** Leaves the row that is there as it is, and then counts no row. */
  String insertUnlessThere(Table<Record> table, List<Field<?>> columns) {
    return render(
        DSL.insertInto(table)
            .columns(columns)
            .values(Collections.nCopies(columns.size(), null))
            .onConflictDoNothing());
  }

  /**
   * @param key columns whose values tell which row it is
   * @param others what is replaced where the row is there already
   */
  String upsert(Table<Record> table, List<Field<?>> key, List<Field<?>> others) {
    var columns = new ArrayList<Field<?>>(key);
    columns.addAll(others);
    Map<Field<?>, Object> changes = new LinkedHashMap<>();
    others.forEach(column -> changes.put(column, DSL.excluded(column)));
    return render(
        DSL.insertInto(table)
            .columns(columns)
            .values(Collections.nCopies(columns.size(), null))
            .onConflict(key)
            .doUpdate()
            .set(changes));
  }

  /** The values of {@code which} come after those of the columns. */
  String update(Table<Record> table, List<Field<?>> columns, Condition which) {
    Map<Field<?>, @Nullable Object> changes = new LinkedHashMap<>();
    columns.forEach(column -> changes.put(column, null));
    return render(DSL.update(table).set(changes).where(which));
  }
}
