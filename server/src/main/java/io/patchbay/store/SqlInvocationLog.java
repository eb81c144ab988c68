package io.patchbay.store;

import static io.patchbay.store.Tables.BOT;
import static io.patchbay.store.Tables.BOT_ID;
import static io.patchbay.store.Tables.INVOCATION;
import static io.patchbay.store.Tables.INVOCATION_BOT;
import static io.patchbay.store.Tables.INVOCATION_DURATION;
import static io.patchbay.store.Tables.INVOCATION_ENVIRONMENT;
import static io.patchbay.store.Tables.INVOCATION_FAILURE;
import static io.patchbay.store.Tables.INVOCATION_ID;
import static io.patchbay.store.Tables.INVOCATION_NODE;
import static io.patchbay.store.Tables.INVOCATION_ORIGIN;
import static io.patchbay.store.Tables.INVOCATION_REASON;
import static io.patchbay.store.Tables.INVOCATION_SEQ;
import static io.patchbay.store.Tables.INVOCATION_STARTED;
import static io.patchbay.store.Tables.INVOCATION_STATE;
import static io.patchbay.store.Tables.INVOCATION_VERSION;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import io.patchbay.bot.Environment;
import io.patchbay.executor.work.Budget;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationLog;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.InvocationRecord.Origin;
import io.patchbay.integration.InvocationRecord.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;

/** Invocations, in SQL. Safe for use by many threads. */
public final class SqlInvocationLog implements InvocationLog {
  private static final String LIST = "i";

  /** Characters of a row of a list, about. */
  private static final int ROW = 512;

  private static final String INTERRUPTED =
      "The server stopped while this was running; it was not run again";

  private final Database database;
  private final InvocationSql rows;
  private final BotIds ids;

  public SqlInvocationLog(Database database) {
    this.database = database;
    this.ids = new BotIds(database);
    this.rows = new InvocationSql(database, ids);
  }

  /**
   * @throws io.patchbay.base.Refusal there is no such bot
   */
  @Override
  public void start(InvocationRecord started) {
    var written = InvocationSql.Written.started(started);
    database.writeForProcess(
        written.addTo(Load.of(started.bot())),
        session -> {
          rows.insert(session, written);
          return true;
        });
  }

  /**
   * @throws io.patchbay.base.Refusal the bot is gone, and with it the row
   */
  @Override
  public void finish(InvocationRecord finished) {
    var written = InvocationSql.Written.finished(finished);
    database.write(
        written.addTo(Load.of(finished.bot())),
        session -> {
          rows.finish(session, written);
          return true;
        });
  }

  @Override
  public Optional<InvocationRecord> find(String invocationId) {
    return database.readLarge(
        session ->
            Sizes.of(select(session.dsl(), List.of(Sizes.sum(InvocationSql.BULKY)), invocationId)),
        session ->
            select(session.dsl(), InvocationSql.COLUMNS, invocationId)
                .fetchOptional(InvocationSql::read));
  }

  private static Select<Record> select(
      DSLContext dsl, List<? extends SelectFieldOrAsterisk> columns, String invocationId) {
    return dsl.select(columns)
        .from(INVOCATION)
        .join(BOT)
        .on(BOT_ID.eq(INVOCATION_BOT))
        .where(INVOCATION_ID.eq(invocationId));
  }

  @Override
  public Page list(Filter filter, Optional<String> cursor, int limit) {
    Optional<long[]> after = Cursor.place(LIST, cursor, 2);
    boolean search = InvocationScan.isNeeded(filter);
    long steps = search ? InvocationScan.CHARACTERS : (long) limit * ROW;
    try (Budget.Part _ = Budget.part()) {
      Budget.hold(search ? InvocationScan.HELD : 0);
      return Budget.spend(
          steps,
          () ->
              database.read(session ->
                  ids.find(session, filter.bot())
                      .map(bot ->
                          search
                              ? search(session.dsl(), bot, filter, after, limit)
                              : page(session.dsl(), bot, filter, after, limit))
                      .orElse(new Page(List.of(), Optional.empty(), Optional.empty()))));
    }
  }

  @Override
  public int interruptLeftovers(Instant now) {
    return database.write(session -> {
      // An earlier release may have kept more than is written now.
      session.limit(Integer.MAX_VALUE);
      try {
        return interruptLeftovers(session.dsl(), now);
      } finally {
        session.limit(SqliteFile.LONGEST);
      }
    });
  }

  private static int interruptLeftovers(DSLContext dsl, Instant now) {
    return dsl.update(INVOCATION)
        .set(INVOCATION_STATE, State.INTERRUPTED.wire())
        .set(INVOCATION_REASON, FailureReason.INTERRUPTED.wire())
        .set(INVOCATION_FAILURE, INTERRUPTED)
        .set(INVOCATION_DURATION, greatest(val(Micros.of(now)).minus(INVOCATION_STARTED), val(0L)))
        .where(INVOCATION_STATE.eq(inline(State.STARTED.wire())))
        .execute();
  }

  private static Page page(
      DSLContext dsl, long bot, Filter filter, Optional<long[]> after, int limit) {
    List<Record> found = query(dsl, bot, filter, after, limit + 1).fetch();
    var page = Cursor.Cut.of(notBefore(filter.since(), found), limit, SqlInvocationLog::cursor);
    return new Page(summaries(page.rows()), page.next(), Optional.empty());
  }

  private static Page search(
      DSLContext dsl, long bot, Filter filter, Optional<long[]> after, int limit) {
    var scan = new InvocationScan(filter, limit);
    try (var rows = query(dsl, bot, filter, after, scan.rows() + 1).fetchLazy()) {
      scan.run(rows.iterator());
    }
    Optional<String> next = scan.goesOnAfter().map(SqlInvocationLog::cursor);
    return new Page(scan.found(), next, Optional.of(scan.searched()));
  }

  private static List<InvocationRecord> summaries(List<Record> rows) {
    return rows.stream().map(InvocationSql::readSummary).toList();
  }

  /** At most so many rows, newest first, with all of the filter but what needs a look at each. */
  static Select<Record> query(
      DSLContext dsl, long bot, Filter filter, Optional<long[]> after, int rows) {
    Condition older =
        place(after, filter.until())
            .map(place -> row(INVOCATION_STARTED, INVOCATION_SEQ).lt(row(place[0], place[1])))
            .orElse(noCondition());
    return dsl.select(
            filter.text().isPresent()
                ? InvocationSql.SEARCHED_COLUMNS
                : InvocationSql.SUMMARY_COLUMNS)
        .select(INVOCATION_SEQ)
        .from(INVOCATION)
        .join(BOT)
        .on(BOT_ID.eq(INVOCATION_BOT))
        .where(INVOCATION_BOT.eq(bot), condition(filter), older)
        .orderBy(INVOCATION_STARTED.desc(), INVOCATION_SEQ.desc())
        .limit(rows);
  }

  /**
   * Where the rows begin: behind the cursor and before the time, whichever is older. One condition
   * for both, for the reason that {@link #notBefore} gives.
   */
  private static Optional<long[]> place(Optional<long[]> after, Optional<Instant> until) {
    Optional<long[]> end = until.map(time -> new long[] {Micros.of(time), Long.MIN_VALUE});
    return Stream.of(after, end).flatMap(Optional::stream).min(Arrays::compare);
  }

  /**
   * Cuts a page, newest first, where it gets too old. Not a condition of the query: beside the
   * cursor's it would tempt the planner away from the index of the other filters.
   */
  private static List<Record> notBefore(Optional<Instant> since, List<Record> rows) {
    long first = since.map(Micros::of).orElse(Long.MIN_VALUE);
    return rows.stream().takeWhile(row -> row.get(INVOCATION_STARTED) >= first).toList();
  }

  private static String cursor(Record row) {
    return Cursor.of(LIST, row.get(INVOCATION_STARTED), row.get(INVOCATION_SEQ));
  }

  /** All of the filter but its times and what {@link InvocationScan} looks for. */
  private static Condition condition(Filter filter) {
    Optional<String> reason = filter.reason().map(FailureReason::wire);
    return DSL.and(
        Stream.of(
                filter.node().map(INVOCATION_NODE::eq),
                filter.outcome().map(SqlInvocationLog::outcome),
                reason.map(INVOCATION_REASON::eq),
                filter.origin().map(SqlInvocationLog::origin),
                filter.environment().map(SqlInvocationLog::environment),
                filter.version().filter(Filter.DRAFT::equals).map(_ -> ofDraft()))
            .flatMap(Optional::stream)
            .toList());
  }

  /** Drafts run in tests only, and for those there is an index. */
  private static Condition ofDraft() {
    return origin(Origin.TEST).and(INVOCATION_VERSION.isNull());
  }

  /*
   * The three below repeat the condition of their partial index word for word: only then is it
   * used. What it leaves out is the common case, of which the index over times soon has a page.
   */

  private static Condition outcome(String outcome) {
    Condition equal = INVOCATION_STATE.eq(outcome);
    String common = State.SUCCEEDED.wire();
    return outcome.equals(common) ? equal : equal.and(INVOCATION_STATE.ne(inline(common)));
  }

  private static Condition origin(Origin origin) {
    Condition equal = INVOCATION_ORIGIN.eq(origin.name());
    return origin == Origin.CHAT
        ? equal
        : equal.and(INVOCATION_ORIGIN.ne(inline(Origin.CHAT.name())));
  }

  private static Condition environment(Environment environment) {
    Condition equal = INVOCATION_ENVIRONMENT.eq(environment.wire());
    return environment == Environment.PRODUCTION
        ? equal
        : equal.and(INVOCATION_ENVIRONMENT.ne(inline(Environment.PRODUCTION.wire())));
  }
}
