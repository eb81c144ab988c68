package io.patchbay.store;

import static io.patchbay.store.Tables.BOT;
import static io.patchbay.store.Tables.BOT_ID;
import static io.patchbay.store.Tables.BOT_NAME;
import static io.patchbay.store.Tables.VERSION;
import static io.patchbay.store.Tables.VERSION_BOT;
import static io.patchbay.store.Tables.VERSION_CODE;
import static io.patchbay.store.Tables.VERSION_CREATED_AT;
import static io.patchbay.store.Tables.VERSION_DEFINITION;
import static io.patchbay.store.Tables.VERSION_ID;
import static io.patchbay.store.Tables.VERSION_LOCK;
import static io.patchbay.store.Tables.VERSION_NAME;
import static io.patchbay.store.Tables.VERSION_REQUIREMENTS;
import static org.jooq.impl.DSL.noCondition;

import io.patchbay.bot.BotStore.Page;
import io.patchbay.bot.BotStore.Version;
import io.patchbay.bot.BotStore.VersionSummary;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;

/** Bot versions: written once, never changed. */
final class Versions {
  /** What {@link #read} needs. */
  static final List<Field<?>> COLUMNS =
      List.of(
          BOT_NAME,
          VERSION_NAME,
          VERSION_DEFINITION,
          VERSION_CODE,
          VERSION_REQUIREMENTS,
          VERSION_LOCK,
          VERSION_CREATED_AT);

  /** Of these, what may be large. */
  static final List<Field<?>> BULKY =
      List.of(VERSION_DEFINITION, VERSION_CODE, VERSION_REQUIREMENTS, VERSION_LOCK);

  private static final String LIST = "v";

  private final Database database;
  private final BotIds ids;

  Versions(Database database, BotIds ids) {
    this.database = database;
    this.ids = ids;
  }

  void add(Version version) {
    String definition = JsonText.write("the definition", version.definition());
    String code = JsonText.writeTexts("the code", version.code());
    Load load =
        Load.of(version.bot())
            .with("the definition", definition)
            .with("the code", code)
            .with("the requirements", version.requirements())
            .with("the lock of the packages", version.lock());
    database.write(
        load,
        session ->
            session
                .dsl()
                .insertInto(VERSION)
                .set(VERSION_BOT, ids.require(session, version.bot()))
                .set(VERSION_NAME, version.version())
                .set(VERSION_CREATED_AT, Micros.of(version.createdAt()))
                .set(VERSION_DEFINITION, definition)
                .set(VERSION_CODE, code)
                .set(VERSION_REQUIREMENTS, version.requirements())
                .set(VERSION_LOCK, version.lock())
                .onConflictDoNothing()
                .execute());
  }

  Optional<Version> version(String bot, String version) {
    Condition which = BOT_NAME.eq(bot).and(VERSION_NAME.eq(version));
    return database.readLarge(
        session -> Sizes.of(select(session.dsl(), List.of(Sizes.sum(BULKY)), which)),
        session -> select(session.dsl(), COLUMNS, which).fetchOptional(Versions::read));
  }

  private static Select<Record> select(
      DSLContext dsl, List<? extends SelectFieldOrAsterisk> columns, Condition which) {
    return dsl.select(columns).from(VERSION).join(BOT).on(BOT_ID.eq(VERSION_BOT)).where(which);
  }

  /** The version that was made last comes first. */
  Page<VersionSummary> versions(String bot, Optional<String> cursor, int limit) {
    Optional<long[]> after = Cursor.place(LIST, cursor, 1);
    List<Record> rows =
        database.read(session ->
            session
                .dsl()
                .select(VERSION_ID, VERSION_NAME, VERSION_CREATED_AT)
                .from(VERSION)
                .join(BOT)
                .on(BOT_ID.eq(VERSION_BOT))
                .where(BOT_NAME.eq(bot))
                .and(after.map(place -> VERSION_ID.lt(place[0])).orElse(noCondition()))
                .orderBy(VERSION_ID.desc())
                .limit(limit + 1)
                .fetch(row -> row));
    var page = Cursor.Cut.of(rows, limit, row -> Cursor.of(LIST, row.get(VERSION_ID)));
    return new Page<>(page.rows().stream().map(Versions::summary).toList(), page.next());
  }

  /** From a row with {@link #COLUMNS}. */
  static Version read(Record row) {
    return new Version(
        row.get(BOT_NAME),
        row.get(VERSION_NAME),
        JsonText.readObject(row.get(VERSION_DEFINITION)),
        JsonText.readTexts(row.get(VERSION_CODE)),
        row.get(VERSION_REQUIREMENTS),
        row.get(VERSION_LOCK),
        Micros.instant(row.get(VERSION_CREATED_AT)));
  }

  private static VersionSummary summary(Record row) {
    return new VersionSummary(row.get(VERSION_NAME), Micros.instant(row.get(VERSION_CREATED_AT)));
  }

  /** Characters of its texts. */
  static long size(Version version) {
    long code = version.code().values().stream().mapToLong(String::length).sum();
    return code
        + version.requirements().length()
        + JsonText.size(version.definition(), RecentReads.MAX_CHARACTERS);
  }
}
