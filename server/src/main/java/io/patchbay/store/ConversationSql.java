package io.patchbay.store;

import static io.patchbay.store.Tables.BOT;
import static io.patchbay.store.Tables.BOT_ID;
import static io.patchbay.store.Tables.BOT_NAME;
import static io.patchbay.store.Tables.CONVERSATION;
import static io.patchbay.store.Tables.CONVERSATION_ASKED;
import static io.patchbay.store.Tables.CONVERSATION_AUTH;
import static io.patchbay.store.Tables.CONVERSATION_BOT;
import static io.patchbay.store.Tables.CONVERSATION_DETAILS;
import static io.patchbay.store.Tables.CONVERSATION_DETAILS_AT;
import static io.patchbay.store.Tables.CONVERSATION_ENTITIES;
import static io.patchbay.store.Tables.CONVERSATION_ENVIRONMENT;
import static io.patchbay.store.Tables.CONVERSATION_ID;
import static io.patchbay.store.Tables.CONVERSATION_LAST_MESSAGE;
import static io.patchbay.store.Tables.CONVERSATION_NO;
import static io.patchbay.store.Tables.CONVERSATION_NODE;
import static io.patchbay.store.Tables.CONVERSATION_STATE;
import static org.jooq.impl.DSL.select;

import io.patchbay.conversation.ConversationStore;
import io.patchbay.conversation.ConversationStore.Details;
import io.patchbay.conversation.ConversationStore.Saved;
import io.patchbay.executor.work.Budget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;

/** Rows of conversations. */
final class ConversationSql {
  private static final List<Field<?>> KEY =
      List.of(CONVERSATION_BOT, CONVERSATION_ENVIRONMENT, CONVERSATION_AUTH);
  private static final List<Field<?>> CONTENT =
      List.of(
          CONVERSATION_NO,
          CONVERSATION_STATE,
          CONVERSATION_NODE,
          CONVERSATION_ASKED,
          CONVERSATION_LAST_MESSAGE,
          CONVERSATION_DETAILS_AT,
          CONVERSATION_DETAILS,
          CONVERSATION_ENTITIES);

  /** What may be large. */
  static final List<Field<?>> BULKY = List.of(CONVERSATION_DETAILS, CONVERSATION_ENTITIES);

  private final BotIds ids;
  private final String byKey;
  private final String idOf;
  private final String upsert;

  ConversationSql(Database database, BotIds ids) {
    this.ids = ids;
    SqlText sql = database.sql();
    Condition ofKey =
        BOT_NAME.eq("").and(CONVERSATION_ENVIRONMENT.eq("")).and(CONVERSATION_AUTH.eq(""));
    this.byKey =
        sql.render(
            select(CONTENT)
                .from(CONVERSATION)
                .join(BOT)
                .on(BOT_ID.eq(CONVERSATION_BOT))
                .where(ofKey));
    this.idOf =
        sql.render(
            select(CONVERSATION_ID)
                .from(CONVERSATION)
                .join(BOT)
                .on(BOT_ID.eq(CONVERSATION_BOT))
                .where(ofKey));
    this.upsert = sql.upsert(CONVERSATION, KEY, CONTENT);
  }

  Optional<Stored> find(Session session, ConversationStore.Key key) {
    return set(session.on(byKey), key).first(ConversationSql::read);
  }

  /** The number under which the conversation's turns are kept. */
  Optional<Long> id(Session session, ConversationStore.Key key) {
    return set(session.on(idOf), key).first(row -> row.getLong(1));
  }

  /**
   * Writes the conversation, and returns the number under which its turns are kept.
   *
   * @throws io.patchbay.base.Refusal there is no such bot
   */
  long put(Session session, ConversationStore.Key key, Stored conversation) {
    session
        .on(upsert)
        .set(ids.require(session, key.bot()))
        .set(key.environment().wire())
        .set(key.authId())
        .set(conversation.number)
        .set(conversation.state)
        .setText(conversation.node)
        .setText(conversation.asked)
        .set(conversation.lastMessageAt)
        .setTime(conversation.detailsAt)
        .set(conversation.details)
        .set(conversation.entities)
        .execute();
    return id(session, key).orElseThrow();
  }

  /** The statements that read. */
  List<String> reads() {
    return List.of(byKey, idOf);
  }

  private static Bound set(Bound statement, ConversationStore.Key key) {
    return statement.set(key.bot()).set(key.environment().wire()).set(key.authId());
  }

  private static Stored read(ResultSet row) throws SQLException {
    return new Stored(
        row.getInt(1),
        row.getString(2),
        Optional.ofNullable(row.getString(3)),
        Optional.ofNullable(row.getString(4)),
        Micros.instant(row.getLong(5)),
        time(row, 6),
        row.getString(7),
        row.getString(8));
  }

  static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Micros.instant(micros));
  }

  /**
   * A conversation with its texts as they stand in the row: no session waits while they are made or
   * read.
   */
  record Stored(
      int number,
      String state,
      Optional<String> node,
      Optional<String> asked,
      Instant lastMessageAt,
      Optional<Instant> detailsAt,
      String details,
      String entities) {
    static Stored of(Saved saved) {
      return new Stored(
          saved.number(),
          saved.state(),
          saved.node(),
          saved.asked(),
          saved.lastMessageAt(),
          saved.details().writtenAt(),
          JsonText.write("the conversation's details", saved.details().value()),
          JsonText.writeValues("what was collected", saved.entities()));
    }

    Saved read() {
      Budget.hold(details.length() + entities.length());
      return new Saved(
          number,
          state,
          node,
          asked,
          JsonText.readValues(entities),
          new Details(JsonText.readObject(details), detailsAt),
          lastMessageAt);
    }

    Load addTo(Load load) {
      return load.with("the conversation's details", details).with("what was collected", entities);
    }
  }
}
