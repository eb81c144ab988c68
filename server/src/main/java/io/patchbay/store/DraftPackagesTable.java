package io.patchbay.store;

import static io.patchbay.store.Tables.BOT;
import static io.patchbay.store.Tables.BOT_ID;
import static io.patchbay.store.Tables.BOT_NAME;
import static io.patchbay.store.Tables.DRAFT;
import static io.patchbay.store.Tables.DRAFT_BOT;
import static io.patchbay.store.Tables.DRAFT_REQUIREMENTS;
import static io.patchbay.store.Tables.PACKAGES;
import static io.patchbay.store.Tables.PACKAGES_AT;
import static io.patchbay.store.Tables.PACKAGES_BOT;
import static io.patchbay.store.Tables.PACKAGES_LOCK;
import static io.patchbay.store.Tables.PACKAGES_REQUIREMENTS;
import static io.patchbay.store.Tables.VERSION;
import static io.patchbay.store.Tables.VERSION_LOCK;

import io.patchbay.bot.BotStore.DraftPackages;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which packages drafts have, and which are named at all. */
final class DraftPackagesTable {
  private final Database database;
  private final BotIds ids;

  DraftPackagesTable(Database database, BotIds ids) {
    this.database = database;
    this.ids = ids;
  }

  Optional<DraftPackages> find(String bot) {
    return database.read(session ->
        session
            .dsl()
            .select(PACKAGES_REQUIREMENTS, PACKAGES_LOCK, PACKAGES_AT)
            .from(PACKAGES)
            .join(BOT)
            .on(BOT_ID.eq(PACKAGES_BOT))
            .where(BOT_NAME.eq(bot))
            .fetchOptional(row ->
                new DraftPackages(
                    row.get(PACKAGES_REQUIREMENTS),
                    row.get(PACKAGES_LOCK),
                    Micros.instant(row.get(PACKAGES_AT)))));
  }

  void put(String bot, DraftPackages installed) {
    Load load =
        Load.of(bot)
            .with("the requirements", installed.requirements())
            .with("the lock of the packages", installed.lock());
    database.write(
        load,
        session -> {
          Optional<Long> id = ids.find(session, bot);
          id.ifPresent(found -> replace(session, found, installed));
          return id;
        });
  }

  private static void replace(Session session, long bot, DraftPackages installed) {
    session.dsl().deleteFrom(PACKAGES).where(PACKAGES_BOT.eq(bot)).execute();
    session
        .dsl()
        .insertInto(PACKAGES)
        .set(PACKAGES_BOT, bot)
        .set(PACKAGES_REQUIREMENTS, installed.requirements())
        .set(PACKAGES_LOCK, installed.lock())
        .set(PACKAGES_AT, Micros.of(installed.installedAt()))
        .execute();
  }

  Set<String> locks() {
    Set<String> locks = new HashSet<>();
    database.read(session -> {
      locks.addAll(session.dsl().selectDistinct(VERSION_LOCK).from(VERSION).fetch(VERSION_LOCK));
      return locks.addAll(
          session.dsl().selectDistinct(PACKAGES_LOCK).from(PACKAGES).fetch(PACKAGES_LOCK));
    });
    locks.remove("");
    return locks;
  }

  List<String> withRequirements() {
    return database.read(session ->
        session
            .dsl()
            .select(BOT_NAME)
            .from(DRAFT)
            .join(BOT)
            .on(BOT_ID.eq(DRAFT_BOT))
            .where(DRAFT_REQUIREMENTS.ne(""))
            .fetch(BOT_NAME));
  }
}
