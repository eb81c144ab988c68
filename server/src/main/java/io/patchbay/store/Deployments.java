package io.patchbay.store;

import static io.patchbay.store.Tables.BOT;
import static io.patchbay.store.Tables.BOT_ID;
import static io.patchbay.store.Tables.BOT_NAME;
import static io.patchbay.store.Tables.DEPLOYMENT;
import static io.patchbay.store.Tables.DEPLOYMENT_AT;
import static io.patchbay.store.Tables.DEPLOYMENT_BOT;
import static io.patchbay.store.Tables.DEPLOYMENT_BY;
import static io.patchbay.store.Tables.DEPLOYMENT_ENVIRONMENT;
import static io.patchbay.store.Tables.DEPLOYMENT_ID;
import static io.patchbay.store.Tables.DEPLOYMENT_SEQ;
import static io.patchbay.store.Tables.DEPLOYMENT_VERSION;
import static io.patchbay.store.Tables.VERSION;
import static io.patchbay.store.Tables.VERSION_BOT;
import static io.patchbay.store.Tables.VERSION_ID;
import static io.patchbay.store.Tables.VERSION_NAME;
import static org.jooq.impl.DSL.noCondition;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import io.patchbay.bot.BotStore.Deployment;
import io.patchbay.bot.BotStore.Page;
import io.patchbay.bot.BotStore.Version;
import io.patchbay.bot.Environment;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;

/** What was deployed where, and so what is live. */
final class Deployments {
  private static final String LIST = "d";

  private final Database database;
  private final BotIds ids;
  private final RecentReads<Place, Version> live = new RecentReads<>(Versions::size);

  Deployments(Database database, BotIds ids) {
    this.database = database;
    this.ids = ids;
  }

  Optional<Version> live(String bot, Environment environment) {
    return live.get(new Place(bot, environment), () -> readLive(bot, environment));
  }

  /** The bot is no longer what it was. */
  void forget(String bot) {
    for (Environment environment : Environment.values()) {
      live.forget(new Place(bot, environment));
    }
  }

  void deploy(Deployment deployment) {
    try {
      database.write(Load.of(deployment.bot()), session -> insert(session, deployment));
    } finally {
      // Also where it is not known whether the write was kept.
      live.forget(new Place(deployment.bot(), deployment.environment()));
    }
  }

  /** The deployment that was made last comes first. */
  Page<Deployment> deployments(
      String bot, Optional<Environment> environment, Optional<String> cursor, int limit) {
    Optional<long[]> after = Cursor.place(LIST, cursor, 1);
    List<Record> rows =
        database.read(session ->
            session
                .dsl()
                .select(
                    DEPLOYMENT_SEQ,
                    DEPLOYMENT_ID,
                    BOT_NAME,
                    VERSION_NAME,
                    DEPLOYMENT_ENVIRONMENT,
                    DEPLOYMENT_BY,
                    DEPLOYMENT_AT)
                .from(DEPLOYMENT)
                .join(VERSION)
                .on(VERSION_ID.eq(DEPLOYMENT_VERSION))
                .join(BOT)
                .on(BOT_ID.eq(DEPLOYMENT_BOT))
                .where(BOT_NAME.eq(bot))
                .and(
                    environment.map(e -> DEPLOYMENT_ENVIRONMENT.eq(e.wire())).orElse(noCondition()))
                .and(after.map(place -> DEPLOYMENT_SEQ.lt(place[0])).orElse(noCondition()))
                .orderBy(DEPLOYMENT_SEQ.desc())
                .limit(limit + 1)
                .fetch(row -> row));
    var page = Cursor.Cut.of(rows, limit, row -> Cursor.of(LIST, row.get(DEPLOYMENT_SEQ)));
    return new Page<>(page.rows().stream().map(Deployments::read).toList(), page.next());
  }

  private int insert(Session session, Deployment deployment) {
    long bot = ids.require(session, deployment.bot());
    long version =
        session
            .dsl()
            .select(VERSION_ID)
            .from(VERSION)
            .where(VERSION_BOT.eq(bot), VERSION_NAME.eq(deployment.version()))
            .fetchOptional(VERSION_ID)
            .orElseThrow(() ->
                new Refusal(
                    ErrorCode.UNKNOWN_VERSION,
                    "Bot " + deployment.bot() + " has no version " + deployment.version()));
    return session
        .dsl()
        .insertInto(DEPLOYMENT)
        .set(DEPLOYMENT_ID, deployment.id())
        .set(DEPLOYMENT_BOT, bot)
        .set(DEPLOYMENT_ENVIRONMENT, deployment.environment().wire())
        .set(DEPLOYMENT_VERSION, version)
        .set(DEPLOYMENT_BY, deployment.by())
        .set(DEPLOYMENT_AT, Micros.of(deployment.at()))
        .execute();
  }

  private Optional<Version> readLive(String bot, Environment environment) {
    return database.readLarge(
        session ->
            Sizes.of(live(session.dsl(), List.of(Sizes.sum(Versions.BULKY)), bot, environment)),
        session ->
            live(session.dsl(), Versions.COLUMNS, bot, environment).fetchOptional(Versions::read));
  }

  private static Select<Record> live(
      DSLContext dsl,
      List<? extends SelectFieldOrAsterisk> columns,
      String bot,
      Environment environment) {
    return dsl.select(columns)
        .from(DEPLOYMENT)
        .join(VERSION)
        .on(VERSION_ID.eq(DEPLOYMENT_VERSION))
        .join(BOT)
        .on(BOT_ID.eq(DEPLOYMENT_BOT))
        .where(BOT_NAME.eq(bot), DEPLOYMENT_ENVIRONMENT.eq(environment.wire()))
        .orderBy(DEPLOYMENT_SEQ.desc())
        .limit(1);
  }

  private static Deployment read(Record row) {
    return new Deployment(
        row.get(DEPLOYMENT_ID),
        row.get(BOT_NAME),
        row.get(VERSION_NAME),
        Environment.of(row.get(DEPLOYMENT_ENVIRONMENT)).orElseThrow(),
        row.get(DEPLOYMENT_BY),
        Micros.instant(row.get(DEPLOYMENT_AT)));
  }

  private record Place(String bot, Environment environment) {}
}
