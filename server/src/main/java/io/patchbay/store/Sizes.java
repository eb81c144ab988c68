package io.patchbay.store;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;
import static org.jooq.impl.SQLDataType.BIGINT;

import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;

/** How many bytes columns hold. The database knows that without reading them. */
final class Sizes {
  private Sizes() {}

  /** Bytes of all these columns of a row together. */
  static Field<Long> sum(List<? extends Field<?>> columns) {
    return columns.stream().map(Sizes::of).reduce(Field::plus).orElse(inline(0L));
  }

  static Field<Long> of(Field<?> column) {
    return coalesce(field("octet_length({0})", BIGINT, column), inline(0L));
  }

  /** The text where it has at most so many bytes, and null where it has more. */
  static Field<String> upTo(long bytes, Field<String> column) {
    return when(of(column).le(inline(bytes)), column);
  }

  /** Of a query of one number, such as {@link #sum}; 0 where it finds no row. */
  static long of(Select<? extends Record> query) {
    return query.fetchOptional(row -> row.get(0, Long.class)).orElse(0L);
  }
}
