package io.patchbay.store;

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
import io.patchbay.conversation.ConversationStore.Turn;
import io.patchbay.executor.work.Budget;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;

/** Rows of answered turns: their lines of the transcript, and their answers. */
final class TurnSql {
  private static final List<Field<?>> COLUMNS =
      List.of(
          TURN_CONVERSATION,
          TURN_ID,
          TURN_MESSAGE,
          TURN_HASH,
          TURN_AT,
          TURN_LINE_COUNT,
          TURN_LINES,
          TURN_RESPONSE);

  /** What may be large. */
  static final List<Field<?>> BULKY = List.of(TURN_LINES, TURN_RESPONSE);

  private final String insert;
  private final String answered;
  private final String response;
  private final String sizesOfLines;
  private final String lines;

  TurnSql(Database database) {
    SqlText sql = database.sql();
    this.insert = sql.insertUnlessThere(TURN, COLUMNS);
    this.answered =
        sql.render(
            select(
                    TURN_SEQ,
                    TURN_HASH,
                    Sizes.of(TURN_RESPONSE),
                    Sizes.upTo(Budget.SMALL, TURN_RESPONSE))
                .from(TURN)
                .where(TURN_CONVERSATION.eq(0L), TURN_MESSAGE.eq("")));
    this.response = sql.render(select(TURN_RESPONSE).from(TURN).where(TURN_SEQ.eq(0L)));
    this.sizesOfLines =
        sql.render(
            select(TURN_SEQ, Sizes.of(TURN_LINES))
                .from(TURN)
                .where(TURN_CONVERSATION.eq(0L), TURN_LINE_COUNT.gt(inline(0)))
                .orderBy(TURN_SEQ.desc()));
    this.lines =
        sql.render(
            select(TURN_LINES)
                .from(TURN)
                .where(TURN_CONVERSATION.eq(0L), TURN_LINE_COUNT.gt(inline(0)))
                .and(TURN_SEQ.between(0L, 0L))
                .orderBy(TURN_SEQ.desc()));
  }

  /**
   * @throws Refusal the message id was answered before
   */
  void insert(Session session, long conversation, Written written) {
    Turn turn = written.turn;
    int inserted =
        session
            .on(insert)
            .set(conversation)
            .set(turn.turnId())
            .setText(turn.messageId())
            .set(turn.messageHash())
            .set(turn.at())
            .set(turn.lines().size())
            .set(written.lines)
            .set(written.response)
            .execute();
    if (inserted == 0) {
      throw new Refusal(
          ErrorCode.MESSAGE_ID_REUSED,
          "The message id " + turn.messageId().orElse("") + " was answered before");
    }
  }

  Optional<Answered> answered(Session session, long conversation, String messageId) {
    return session
        .on(answered)
        .set(conversation)
        .set(messageId)
        .first(row ->
            new Answered(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                Optional.ofNullable(row.getString(4))));
  }

  String response(Session session, Answered turn) {
    return session.on(response).set(turn.seq).first(row -> row.getString(1)).orElse("{}");
  }

  /**
   * The newest turns that have lines: so many, and no more than have so many bytes together. Each
   * has at least one line, so a limit of lines is always enough.
   */
  Newest newest(Session session, long conversation, int limit, long bytes) {
    List<long[]> sizes =
        session
            .on(sizesOfLines)
            .set(conversation)
            .fetch(limit, row -> new long[] {row.getLong(1), row.getLong(2)});
    Newest newest = Newest.NONE;
    for (long[] turn : sizes) {
      if (newest.bytes + turn[1] > bytes) {
        return newest;
      }
      long last = newest.equals(Newest.NONE) ? turn[0] : newest.last;
      newest = new Newest(conversation, turn[0], last, newest.bytes + turn[1]);
    }
    return newest;
  }

  /** Lines of these turns, as they were written, newest turn first. */
  List<String> lines(Session session, Newest turns) {
    return session
        .on(lines)
        .set(turns.conversation)
        .set(turns.first)
        .set(turns.last)
        .fetch(Integer.MAX_VALUE, row -> row.getString(1));
  }

  /** The statements that read. */
  List<String> reads() {
    return List.of(answered, response, sizesOfLines, lines);
  }

  /**
   * A turn as it is looked for by its message.
   *
   * @param bytes of its response
   * @param response empty where it is large, to be read by itself
   */
  record Answered(long seq, String hash, long bytes, Optional<String> response) {}

  /**
   * Turns of a conversation that follow each other.
   *
   * @param bytes of their lines
   */
  record Newest(long conversation, long first, long last, long bytes) {
    static final Newest NONE = new Newest(0, 0, -1, 0);
  }

  /** A turn and its texts, made before the writer thread gets to it. */
  record Written(Turn turn, String lines, String response) {
    static Written of(Turn turn) {
      return new Written(
          turn, EventJson.writeLines(turn.lines()), JsonText.write("the reply", turn.response()));
    }

    Load addTo(Load load) {
      return load.with("the transcript of the turn", lines).with("the reply", response);
    }
  }
}
