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

  Optional<Saved> find(Session session, ConversationStore.Key key) {
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
  long put(Session session, ConversationStore.Key key, Saved conversation) {
    session
        .on(upsert)
        .set(ids.require(session, key.bot()))
        .set(key.environment().wire())
        .set(key.authId())
        .set(conversation.number())
        .set(conversation.state())
        .setText(conversation.node())
        .setText(conversation.asked())
        .set(conversation.lastMessageAt())
        .setTime(conversation.details().writtenAt())
        .set(JsonText.write(conversation.details().value()))
        .set(JsonText.writeValues(conversation.entities()))
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

  private static Saved read(ResultSet row) throws SQLException {
    return new Saved(
        row.getInt(1),
        row.getString(2),
        Optional.ofNullable(row.getString(3)),
        Optional.ofNullable(row.getString(4)),
        JsonText.readValues(row.getString(8)),
        details(row, 6),
        Micros.instant(row.getLong(5)));
  }

  /**
   * @param at column of the time of the last write; that of the value follows
   */
  static Details details(ResultSet row, int at) throws SQLException {
    long writtenAt = row.getLong(at);
    Optional<Instant> time =
        row.wasNull() ? Optional.empty() : Optional.of(Micros.instant(writtenAt));
    return new Details(JsonText.readObject(row.getString(at + 1)), time);
  }
}
