package io.patchbay.store;

import java.util.List;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;

/** Units and queries that go wrong, and a look at what they left. */
final class Odd {
  private static final String INSERT =
      "insert into bot (name, title, revision, updated_at) values (?, ?, 1, 1)";

  private Odd() {}

  static List<Supplier<Throwable>> failures() {
    return List.of(
        () -> new IllegalStateException("a bug"),
        () -> new OutOfMemoryError("of the test"),
        StackOverflowError::new,
        () -> new DataAccessException("of the test"),
        () -> new AssertionError("of the test"));
  }

  static int put(Session session, String name, String title) {
    return session.on(INSERT).set(name).set(title).execute();
  }

  /** Fails while the rows of a statement are being read, and leaves another one open. */
  static int fetchAndFail(Session session, Throwable failure) {
    var _ = session.dsl().fetchLazy("select 1 union select 2").fetchNext();
    return session.on("select 1 union all select 2").fetch(9, _ -> fail(failure)).size();
  }

  static int fail(Throwable failure) {
    if (failure instanceof Error e) {
      throw e;
    }
    throw (RuntimeException) failure;
  }

  static int bug(Session session) {
    return fetchAndFail(session, new IllegalStateException("a bug"));
  }

  static int count(Session session, String name) {
    return session
        .on("select count(*) from bot where name like ?")
        .set(name)
        .first(row -> row.getInt(1))
        .orElseThrow();
  }
}
