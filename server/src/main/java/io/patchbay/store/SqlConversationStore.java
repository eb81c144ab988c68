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
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import io.patchbay.conversation.ConversationStore;
import io.patchbay.executor.work.Budget;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.InvocationRecord.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Conversations, users and transcripts, in SQL. Safe for use by many threads. */
public final class SqlConversationStore implements ConversationStore {
  /** Bytes of a transcript that are read: its newest turns, as many as have no more. */
  static final long TRANSCRIPT_BYTES = 4L * 1024 * 1024;

  private final Database database;
  private final ConversationSql conversations;
  private final UserSql users;
  private final InvocationSql invocations;
  private final TurnSql turns;
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
    this.turns = new TurnSql(database);
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
    return database
        .read(session -> conversations.find(session, key))
        .map(ConversationSql.Stored::read);
  }

  @Override
  public Optional<User> user(Key key) {
    Texts.check(key);
    return database.read(session -> users.find(session, key)).map(UserSql.Stored::read);
  }

  @Override
  public Optional<AnsweredTurn> answered(Key key, String messageId) {
    Texts.check(key);
    Texts.check("message_id", messageId);
    return database
        .read(session -> answered(session, key, messageId))
        .map(turn ->
            new AnsweredTurn(
                turn.hash(),
                JsonText.readObject(turn.response().orElseGet(() -> largeResponse(turn)))));
  }

  private String largeResponse(TurnSql.Answered turn) {
    return database.readLarge(turn.bytes(), session -> turns.response(session, turn));
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
   * @throws io.patchbay.base.Refusal the message id was answered before, the bot is gone, or a text
   *     is too long; nothing was kept
   */
  @Override
  public void commit(Turn turn) {
    Texts.check(turn.key());
    turn.messageId().ifPresent(id -> Texts.check("message_id", id));
    var saved = ConversationSql.Stored.of(turn.conversation());
    var user = UserSql.Stored.of(turn.user());
    var answered = TurnSql.Written.of(turn);
    List<InvocationSql.Written> finished =
        turn.invocations().stream().map(InvocationSql.Written::finished).toList();
    Load load = answered.addTo(user.addTo(saved.addTo(Load.of(turn.key().bot()))));
    for (InvocationSql.Written invocation : finished) {
      load = invocation.addTo(load);
    }
    database.write(
        load,
        session -> {
          long conversation = conversations.put(session, turn.key(), saved);
          turns.insert(session, conversation, answered);
          users.put(session, turn.key(), user);
          finished.forEach(invocation -> invocations.finish(session, invocation));
          return conversation;
        });
  }

  @Override
  public void put(Key key, Saved conversation, User user) {
    Texts.check(key);
    var saved = ConversationSql.Stored.of(conversation);
    var changed = UserSql.Stored.of(user);
    database.write(
        changed.addTo(saved.addTo(Load.of(key.bot()))),
        session -> {
          users.put(session, key, changed);
          return conversations.put(session, key, saved);
        });
  }

  @Override
  public List<TranscriptLine> transcript(Key key, int limit) {
    Texts.check(key);
    TurnSql.Newest newest =
        database.read(session ->
            conversations
                .id(session, key)
                .map(id -> turns.newest(session, id, limit, TRANSCRIPT_BYTES))
                .orElse(TurnSql.Newest.NONE));
    List<String> newestFirst =
        database.readLarge(newest.bytes(), session -> turns.lines(session, newest));
    return Budget.spend(newest.bytes(), () -> lines(newestFirst, limit));
  }

  private static List<TranscriptLine> lines(List<String> newestFirst, int limit) {
    var lines = new ArrayList<TranscriptLine>();
    newestFirst.reversed().forEach(turn -> lines.addAll(EventJson.readLines(turn)));
    return List.copyOf(lines.subList(Math.max(0, lines.size() - limit), lines.size()));
  }

  /** The statements that read during a turn. */
  List<String> reads() {
    return Stream.of(conversations.reads(), users.reads(), turns.reads(), List.of(interruptedId))
        .flatMap(List::stream)
        .toList();
  }

  private Optional<TurnSql.Answered> answered(Session session, Key key, String messageId) {
    return conversations
        .id(session, key)
        .flatMap(conversation -> turns.answered(session, conversation, messageId));
  }
}
