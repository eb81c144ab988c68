package io.patchbay.store;

import static io.patchbay.store.Tables.INVOCATION_STARTED;
import static io.patchbay.store.Tables.INVOCATION_VERSION;

import io.patchbay.integration.InvocationLog.Filter;
import io.patchbay.integration.InvocationRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;

/**
 * One page of what no index finds: looks at rows one by one, newest first, and stops at a bound. An
 * index over versions or words would cost every turn a write.
 */
final class InvocationScan {
  /** Rows that a page looks at, at most; with a text, whose rows come with their bulk, fewer. */
  static final int ROWS = 10_000;

  static final int ROWS_OF_TEXT = 2_000;

  /** Characters that a page looks at; the row with which they are passed is the last. */
  static final long CHARACTERS = 32L * 1024 * 1024;

  /** Bytes that a page has in memory at once, as JSON counts: of the row at which it looks. */
  static final long HELD = 1024L * 1024;

  private final Optional<String> version;
  private final Optional<RowSearch> text;
  private final long since;
  private final int limit;

  private final List<InvocationRecord> found = new ArrayList<>();
  private Optional<Record> last = Optional.empty();
  private boolean atEnd = true;
  private int searched;
  private long characters;

  /**
   * @param limit rows to find
   */
  InvocationScan(Filter filter, int limit) {
    this.version = version(filter);
    this.text = filter.text().map(RowSearch::new);
    this.since = filter.since().map(Micros::of).orElse(Long.MIN_VALUE);
    this.limit = limit;
  }

  static boolean isNeeded(Filter filter) {
    return filter.text().isPresent() || version(filter).isPresent();
  }

  private static Optional<String> version(Filter filter) {
    return filter.version().filter(name -> !name.equals(Filter.DRAFT));
  }

  /** How many rows it looks at, at most. One more tells whether there are more. */
  int rows() {
    return text.isPresent() ? ROWS_OF_TEXT : ROWS;
  }

  /** Once only. */
  void run(Iterator<Record> newestFirst) {
    while (newestFirst.hasNext()) {
      Record row = newestFirst.next();
      if (row.get(INVOCATION_STARTED) < since) {
        return;
      }
      if (found.size() == limit || searched == rows() || characters > CHARACTERS) {
        atEnd = false;
        return;
      }
      look(row);
    }
  }

  private void look(Record row) {
    searched++;
    last = Optional.of(row);
    characters += text.map(_ -> RowSearch.size(row)).orElse(0L);
    if (version.filter(name -> !name.equals(row.get(INVOCATION_VERSION))).isEmpty()
        && text.filter(one -> !one.isIn(row)).isEmpty()) {
      found.add(InvocationSql.readSummary(row));
    }
  }

  List<InvocationRecord> found() {
    return found;
  }

  int searched() {
    return searched;
  }

  /** The last row that was looked at; empty where none is left behind it. */
  Optional<Record> goesOnAfter() {
    return atEnd ? Optional.empty() : last;
  }
}
