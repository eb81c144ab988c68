package io.patchbay.store;

import static io.patchbay.store.Tables.BOT;
import static io.patchbay.store.Tables.BOT_ID;
import static io.patchbay.store.Tables.BOT_NAME;
import static io.patchbay.store.Tables.BOT_REVISION;
import static io.patchbay.store.Tables.BOT_TITLE;
import static io.patchbay.store.Tables.BOT_UPDATED_AT;
import static io.patchbay.store.Tables.DEPLOYMENT;
import static io.patchbay.store.Tables.DEPLOYMENT_BOT;
import static io.patchbay.store.Tables.DEPLOYMENT_ENVIRONMENT;
import static io.patchbay.store.Tables.DEPLOYMENT_SEQ;
import static io.patchbay.store.Tables.DEPLOYMENT_VERSION;
import static io.patchbay.store.Tables.DRAFT;
import static io.patchbay.store.Tables.DRAFT_BOT;
import static io.patchbay.store.Tables.DRAFT_CODE;
import static io.patchbay.store.Tables.DRAFT_DEFINITION;
import static io.patchbay.store.Tables.DRAFT_REQUIREMENTS;
import static io.patchbay.store.Tables.DRAFT_SAMPLES;
import static io.patchbay.store.Tables.VERSION;
import static io.patchbay.store.Tables.VERSION_ID;
import static io.patchbay.store.Tables.VERSION_NAME;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import io.patchbay.base.Json;
import io.patchbay.bot.BotStore.BotSummary;
import io.patchbay.bot.BotStore.Draft;
import io.patchbay.bot.BotStore.Page;
import io.patchbay.bot.Environment;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bots and their drafts. */
final class Drafts {
  private static final String LIST = "b";

  private static final List<Field<?>> BULKY =
      List.of(DRAFT_DEFINITION, DRAFT_CODE, DRAFT_SAMPLES, DRAFT_REQUIREMENTS);
  private static final List<Field<?>> COLUMNS =
      Stream.of(List.of(BOT_ID, BOT_NAME, BOT_REVISION, BOT_UPDATED_AT), BULKY)
          .<Field<?>>flatMap(List::stream)
          .toList();

  private final Database database;
  private final BotIds ids;
  private final RecentReads<String, Draft> drafts = new RecentReads<>(Drafts::size);

  Drafts(Database database, BotIds ids) {
    this.database = database;
    this.ids = ids;
  }

  boolean exists(String bot) {
    return database.read(session -> ids.find(session, bot)).isPresent();
  }

  /** The bot that was made last comes first. */
  Page<BotSummary> bots(Optional<String> cursor, int limit) {
    Optional<long[]> after = Cursor.place(LIST, cursor, 1);
    return database.read(session -> {
      List<Record> rows =
          session
              .dsl()
              .select(BOT_ID, BOT_NAME, BOT_TITLE, BOT_UPDATED_AT)
              .from(BOT)
              .where(after.map(place -> BOT_ID.lt(place[0])).orElse(noCondition()))
              .orderBy(BOT_ID.desc())
              .limit(limit + 1)
              .fetch(row -> row);
      var page = Cursor.Cut.of(rows, limit, row -> Cursor.of(LIST, row.get(BOT_ID)));
      Map<Long, Map<Environment, String>> live =
          live(session, page.rows().stream().map(row -> row.get(BOT_ID)).toList());
      return new Page<>(
          page.rows().stream()
              .map(row -> summary(row, live.getOrDefault(row.get(BOT_ID), Map.of())))
              .toList(),
          page.next());
    });
  }

  Optional<Draft> draft(String bot) {
    return drafts.get(bot, () -> readDraft(bot));
  }

  /** The bot is no longer what it was. */
  void forget(String bot) {
    drafts.forget(bot);
  }

  private Optional<Draft> readDraft(String bot) {
    return database.readLarge(
        session -> Sizes.of(rows(session.dsl(), List.of(Sizes.sum(BULKY)), bot)),
        session -> rows(session.dsl(), COLUMNS, bot).fetchOptional(Drafts::draft));
  }

  private static Select<Record> rows(
      DSLContext dsl, List<? extends SelectFieldOrAsterisk> columns, String bot) {
    return dsl.select(columns)
        .from(DRAFT)
        .join(BOT)
        .on(BOT_ID.eq(DRAFT_BOT))
        .where(BOT_NAME.eq(bot));
  }

  /** Empty where {@code ifRevision} is stale, which it also is where there is no such bot. */
  Optional<Draft> save(Draft draft, Optional<String> ifRevision) {
    var written = new Written(draft);
    try {
      return database
          .write(written.load(), session -> save(session, written, ifRevision))
          .map(revision -> withRevision(draft, revision));
    } finally {
      // Also where it is not known whether the write was kept.
      forget(draft.bot());
    }
  }

  /** Writes a bot that is new, as part of a commit; empty where there is one of its name. */
  static Creation creation(Draft draft) {
    var written = new Written(draft);
    return new Creation(
        written.load(),
        session ->
            session.dsl().fetchExists(BOT, BOT_NAME.eq(draft.bot()))
                ? Optional.empty()
                : Optional.of(withRevision(draft, insert(session, written))));
  }

  /** The writing of a new bot, and its size. */
  record Creation(Load load, Function<Session, Optional<Draft>> unit) {}

  private static Optional<String> save(
      Session session, Written draft, Optional<String> ifRevision) {
    Optional<Stored> stored =
        session
            .dsl()
            .select(BOT_ID, BOT_REVISION)
            .from(BOT)
            .where(BOT_NAME.eq(draft.bot))
            .fetchOptional(row -> new Stored(row.get(BOT_ID), row.get(BOT_REVISION)));
    if (ifRevision.isPresent() && !ifRevision.equals(stored.map(Stored::revision))) {
      return Optional.empty();
    }
    return Optional.of(
        stored
            .map(before -> update(session, before.next(), draft))
            .orElseGet(() -> insert(session, draft)));
  }

  private static String insert(Session session, Written draft) {
    long id =
        session
            .dsl()
            .insertInto(BOT)
            .set(BOT_NAME, draft.bot)
            .set(BOT_TITLE, draft.title)
            .set(BOT_REVISION, 1L)
            .set(BOT_UPDATED_AT, draft.updatedAt)
            .returningResult(BOT_ID)
            .fetchOptional(BOT_ID)
            .orElseThrow();
    session
        .dsl()
        .insertInto(DRAFT)
        .set(DRAFT_BOT, id)
        .set(DRAFT_DEFINITION, draft.definition)
        .set(DRAFT_CODE, draft.code)
        .set(DRAFT_SAMPLES, draft.samples)
        .set(DRAFT_REQUIREMENTS, draft.requirements)
        .execute();
    return new Stored(id, 1).revision();
  }

  private static String update(Session session, Stored bot, Written draft) {
    session
        .dsl()
        .update(BOT)
        .set(BOT_TITLE, draft.title)
        .set(BOT_REVISION, bot.count)
        .set(BOT_UPDATED_AT, draft.updatedAt)
        .where(BOT_ID.eq(bot.id))
        .execute();
    session
        .dsl()
        .update(DRAFT)
        .set(DRAFT_DEFINITION, draft.definition)
        .set(DRAFT_CODE, draft.code)
        .set(DRAFT_SAMPLES, draft.samples)
        .set(DRAFT_REQUIREMENTS, draft.requirements)
        .where(DRAFT_BOT.eq(bot.id))
        .execute();
    return bot.revision();
  }

  private static Map<Long, Map<Environment, String>> live(Session session, Collection<Long> bots) {
    var live = new HashMap<Long, Map<Environment, String>>();
    session
        .dsl()
        .select(DEPLOYMENT_BOT, DEPLOYMENT_ENVIRONMENT, VERSION_NAME)
        .from(DEPLOYMENT)
        .join(VERSION)
        .on(VERSION_ID.eq(DEPLOYMENT_VERSION))
        .where(
            DEPLOYMENT_SEQ.in(
                select(max(DEPLOYMENT_SEQ))
                    .from(DEPLOYMENT)
                    .where(DEPLOYMENT_BOT.in(bots))
                    .groupBy(DEPLOYMENT_BOT, DEPLOYMENT_ENVIRONMENT)))
        .forEach(row ->
            live.computeIfAbsent(row.get(DEPLOYMENT_BOT), _ -> new EnumMap<>(Environment.class))
                .put(
                    Environment.of(row.get(DEPLOYMENT_ENVIRONMENT)).orElseThrow(),
                    row.get(VERSION_NAME)));
    return live;
  }

  private static BotSummary summary(Record row, Map<Environment, String> live) {
    return new BotSummary(
        row.get(BOT_NAME), row.get(BOT_TITLE), Micros.instant(row.get(BOT_UPDATED_AT)), live);
  }

  private static Draft draft(Record row) {
    return new Draft(
        row.get(BOT_NAME),
        JsonText.readObject(row.get(DRAFT_DEFINITION)),
        JsonText.readTexts(row.get(DRAFT_CODE)),
        readSamples(row.get(DRAFT_SAMPLES)),
        row.get(DRAFT_REQUIREMENTS),
        new Stored(row.get(BOT_ID), row.get(BOT_REVISION)).revision(),
        Micros.instant(row.get(BOT_UPDATED_AT)));
  }

  private static Draft withRevision(Draft draft, String revision) {
    return new Draft(
        draft.bot(),
        draft.definition(),
        draft.code(),
        draft.samples(),
        draft.requirements(),
        revision,
        Micros.instant(Micros.of(draft.updatedAt())));
  }

  private static String writeSamples(Map<String, Map<String, JsonNode>> samples) {
    ObjectNode byNode = Json.object();
    samples.forEach((node, byName) -> byName.forEach(byNode.putObject(node)::set));
    return JsonText.write("the sample inputs", byNode);
  }

  private static Map<String, Map<String, JsonNode>> readSamples(String text) {
    var byNode = new LinkedHashMap<String, Map<String, JsonNode>>();
    JsonText.readObject(text)
        .forEachEntry((node, byName) -> {
          var payloads = new LinkedHashMap<String, JsonNode>();
          byName.forEachEntry(payloads::put);
          byNode.put(node, payloads);
        });
    return byNode;
  }

  private static long size(Draft draft) {
    long code = draft.code().values().stream().mapToLong(String::length).sum();
    long samples =
        draft.samples().values().stream()
            .flatMap(byName -> byName.values().stream())
            .mapToLong(sample -> JsonText.size(sample, RecentReads.MAX_CHARACTERS))
            .sum();
    return code
        + samples
        + draft.requirements().length()
        + JsonText.size(draft.definition(), RecentReads.MAX_CHARACTERS);
  }

  /**
   * A bot's row.
   *
   * @param count writes so far
   */
  private record Stored(long id, long count) {
    /** Bot ids are never used twice, so a revision of a deleted bot is stale for good. */
    String revision() {
      return id + "-" + count;
    }

    Stored next() {
      return new Stored(id, count + 1);
    }
  }

  /** A draft as columns, made before the writer thread gets to it. */
  private record Written(
      String bot,
      String title,
      long updatedAt,
      String definition,
      String code,
      String samples,
      String requirements) {
    Written(Draft draft) {
      this(
          draft.bot(),
          draft.definition().path("name").asString(draft.bot()),
          Micros.of(draft.updatedAt()),
          JsonText.write("the definition", draft.definition()),
          JsonText.writeTexts("the code", draft.code()),
          writeSamples(draft.samples()),
          draft.requirements());
    }

    Load load() {
      return Load.of(bot)
          .with("the definition", definition)
          .with("the code", code)
          .with("the sample inputs", samples)
          .with("the requirements", requirements);
    }
  }
}
