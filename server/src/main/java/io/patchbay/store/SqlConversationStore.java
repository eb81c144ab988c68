package io.patchbay.store;

import static io.patchbay.store.Tables.BOT;
import static io.patchbay.store.Tables.BOT_ID;
import static io.patchbay.store.Tables.BOT_NAME;
import static io.patchbay.store.Tables.INVOCATION;
import static io.patchbay.store.Tables.INVOCATION_AUTH;
import static io.patchbay.store.Tables.INVOCATION_BOT;
import static io.patchbay.store.Tables.INVOCATION_ENVIRONMENT;
import static io.patchbay.store.Tables.INVOCATION_ID;
import static io.patchbay.store.Tables.INVOCATION_MESSAGE;
import static io.patchbay.store.Tables.INVOCATION_SEQ;
import static io.patchbay.store.Tables.INVOCATION_STATE;
import static io.patchbay.store.Tables.TURN;
import static io.patchbay.store.Tables.TURN_AT;
import static io.patchbay.store.Tables.TURN_CONVERSATION;
import static io.patchbay.store.Tables.TURN_HASH;
import static io.patchbay.store.Tables.TURN_ID;
import static io.patchbay.store.Tables.TURN_LINES;
import static io.patchbay.store.Tables.TURN_LINE_COUNT;
import static io.patchbay.store.Tables.TURN_MESSAGE;
import static io.patchbay.store.Tables.TURN_RESPONSE;
import static io.patchbay.store.Tables.TURN_SEQ;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import io.patchbay.conversation.ConversationStore;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.InvocationRecord.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Field;

/** Conversations, users and transcripts, in SQL. Safe for use by many threads. */
public final class SqlConversationStore implements ConversationStore {
  private static final List<Field<?>> TURN_COLUMNS =
      List.of(
          TURN_CONVERSATION,
          TURN_ID,
          TURN_MESSAGE,
          TURN_HASH,
          TURN_AT,
          TURN_LINE_COUNT,
          TURN_LINES,
          TURN_RESPONSE);

  private final Database database;
  private final ConversationSql conversations;
  private final UserSql users;
  private final InvocationSql invocations;
  private final String insertTurn;
  private final String answeredTurn;
  private final String newestLines;
  private final String interruptedId;
  private final SqlInvocationLog log;

  public SqlConversationStore(Database database) {
    var ids = new BotIds(database);
    SqlText sql = database.sql();
    this.database = database;
    this.conversations = new ConversationSql(database, ids);
    this.users = new UserSql(database);
    this.invocations = new InvocationSql(database, ids);
    this.log = new SqlInvocationLog(database);
    this.insertTurn = sql.insertUnlessThere(TURN, TURN_COLUMNS);
    this.answeredTurn =
        sql.render(
            select(TURN_HASH, TURN_RESPONSE)
                .from(TURN)
                .where(TURN_CONVERSATION.eq(0L), TURN_MESSAGE.eq("")));
    this.newestLines =
        sql.render(
            select(TURN_LINES)
                .from(TURN)
                .where(TURN_CONVERSATION.eq(0L), TURN_LINE_COUNT.gt(inline(0)))
                .orderBy(TURN_SEQ.desc()));
    this.interruptedId =
        sql.render(
            select(INVOCATION_ID)
                .from(INVOCATION)
                .join(BOT)
                .on(BOT_ID.eq(INVOCATION_BOT))
                .where(BOT_NAME.eq(""), INVOCATION_ENVIRONMENT.eq(""), INVOCATION_AUTH.eq(""))
                .and(INVOCATION_MESSAGE.eq(""))
                .and(
                    INVOCATION_STATE.in(
                        inline(State.INTERRUPTED.wire()), inline(State.STARTED.wire())))
                .orderBy(INVOCATION_SEQ.desc()));
  }

  @Override
  public Optional<Saved> conversation(Key key) {
    Texts.check(key);
    return database.read(session -> conversations.find(session, key));
  }

  @Override
  public Optional<User> user(Key key) {
    Texts.check(key);
    return database.read(session -> users.find(session, key));
  }

  @Override
  public Optional<AnsweredTurn> answered(Key key, String messageId) {
    Texts.check(key);
    Texts.check("message_id", messageId);
    return database.read(session -> answered(session, key, messageId));
  }

  @Override
  public Optional<InvocationRecord> interrupted(Key key, String messageId) {
    Texts.check(key);
    Texts.check("message_id", messageId);
    return database
        .read(session ->
            answered(session, key, messageId).isPresent()
                ? Optional.<String>empty()
                : session
                    .on(interruptedId)
                    .set(key.bot())
                    .set(key.environment().wire())
                    .set(key.authId())
                    .set(messageId)
                    .first(row -> row.getString(1)))
        .flatMap(log::find);
  }

  /**
   * @throws Refusal the message id was answered before, or the bot is gone; nothing was kept
   */
  @Override
  public void commit(Turn turn) {
    Texts.check(turn.key());
    turn.messageId().ifPresent(id -> Texts.check("message_id", id));
    String lines = EventJson.writeLines(turn.lines());
    String response = JsonText.write(turn.response());
    List<InvocationSql.Written> finished =
        turn.invocations().stream().map(InvocationSql.Written::finished).toList();
    database.write(session -> {
      long conversation = conversations.put(session, turn.key(), turn.conversation());
      insert(session, conversation, turn, lines, response);
      users.put(session, turn.key(), turn.user());
      finished.forEach(invocation -> invocations.finish(session, invocation));
      return conversation;
    });
  }

  @Override
  public void put(Key key, Saved conversation, User user) {
    Texts.check(key);
    database.write(session -> {
      users.put(session, key, user);
      return conversations.put(session, key, conversation);
    });
  }

  @Override
  public List<TranscriptLine> transcript(Key key, int limit) {
    Texts.check(key);
    List<String> newestFirst =
        database.read(session ->
            conversations
                .id(session, key)
                .map(id -> newestTurns(session, id, limit))
                .orElse(List.of()));
    var lines = new ArrayList<TranscriptLine>();
    newestFirst.reversed().forEach(turn -> lines.addAll(EventJson.readLines(turn)));
    return List.copyOf(lines.subList(Math.max(0, lines.size() - limit), lines.size()));
  }

  /** The statements that read during a turn. */
  List<String> reads() {
    return Stream.of(
            conversations.reads(), users.reads(), List.of(answeredTurn, newestLines, interruptedId))
        .flatMap(List::stream)
        .toList();
  }

  private Optional<AnsweredTurn> answered(Session session, Key key, String messageId) {
    return conversations
        .id(session, key)
        .flatMap(conversation ->
            session
                .on(answeredTurn)
                .set(conversation)
                .set(messageId)
                .first(row ->
                    new AnsweredTurn(row.getString(1), JsonText.readObject(row.getString(2)))));
  }

  private void insert(
      Session session, long conversation, Turn turn, String lines, String response) {
    int inserted =
        session
            .on(insertTurn)
            .set(conversation)
            .set(turn.turnId())
            .setText(turn.messageId())
            .set(turn.messageHash())
            .set(turn.at())
            .set(turn.lines().size())
            .set(lines)
            .set(response)
            .execute();
    if (inserted == 0) {
      throw new Refusal(
          ErrorCode.MESSAGE_ID_REUSED,
          "The message id " + turn.messageId().orElse("") + " was answered before");
    }
  }

  /** Each of these turns has at least one line, so {@code limit} of them are always enough. */
  private List<String> newestTurns(Session session, long conversation, int limit) {
    return session.on(newestLines).set(conversation).fetch(limit, row -> row.getString(1));
  }
}
