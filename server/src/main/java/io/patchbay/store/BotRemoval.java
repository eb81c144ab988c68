package io.patchbay.store;

import static io.patchbay.store.Tables.BOT;
import static io.patchbay.store.Tables.BOT_ID;
import static io.patchbay.store.Tables.CONVERSATION;
import static io.patchbay.store.Tables.CONVERSATION_BOT;
import static io.patchbay.store.Tables.CONVERSATION_ID;
import static io.patchbay.store.Tables.DEPLOYMENT;
import static io.patchbay.store.Tables.DEPLOYMENT_BOT;
import static io.patchbay.store.Tables.DOOMED_BOT;
import static io.patchbay.store.Tables.DOOMED_BOT_ID;
import static io.patchbay.store.Tables.DRAFT;
import static io.patchbay.store.Tables.DRAFT_BOT;
import static io.patchbay.store.Tables.INVOCATION;
import static io.patchbay.store.Tables.INVOCATION_BOT;
import static io.patchbay.store.Tables.INVOCATION_SEQ;
import static io.patchbay.store.Tables.PACKAGES;
import static io.patchbay.store.Tables.PACKAGES_BOT;
import static io.patchbay.store.Tables.TURN;
import static io.patchbay.store.Tables.TURN_CONVERSATION;
import static io.patchbay.store.Tables.TURN_SEQ;
import static io.patchbay.store.Tables.VALUE;
import static io.patchbay.store.Tables.VALUE_VARIABLE;
import static io.patchbay.store.Tables.VARIABLE;
import static io.patchbay.store.Tables.VARIABLE_BOT;
import static io.patchbay.store.Tables.VARIABLE_ID;
import static io.patchbay.store.Tables.VERSION;
import static io.patchbay.store.Tables.VERSION_BOT;
import static org.jooq.impl.DSL.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.Table;

/**
 * Removes bots. The first commit takes what was authored and the name, by which all else is found,
 * so the bot is gone at once. Its conversations and invocations, which may be millions, follow in
 * small commits between those of others; what a crash leaves is removed at the next start.
 */
final class BotRemoval {
  private static final int ROWS_PER_COMMIT = 500;

  /** A transaction of its own. */
  private static final Load SOME_ROWS = new Load("", WriteQueue.BYTES);

  private final Database database;
  private final BotIds ids;

  BotRemoval(Database database, BotIds ids) {
    this.database = database;
    this.ids = ids;
  }

  /** Removes the bot from sight; returns the number that {@link #removeHistory} needs. */
  Optional<Long> remove(String bot) {
    return database.write(session -> {
      Optional<Long> id = ids.find(session, bot);
      id.ifPresent(found -> removeAuthored(session.dsl(), found));
      return id;
    });
  }

  /** Removes what is left of a bot that was removed from sight. */
  void removeHistory(long bot) {
    removeRows(INVOCATION, INVOCATION_SEQ, INVOCATION_BOT.eq(bot), InvocationSql.BULKY);
    removeConversations(bot);
    database.write(
        session -> session.dsl().deleteFrom(DOOMED_BOT).where(DOOMED_BOT_ID.eq(bot)).execute());
  }

  /** Removes what earlier removals left. */
  void finish() {
    database
        .read(session -> session.dsl().select(DOOMED_BOT_ID).from(DOOMED_BOT).fetch(DOOMED_BOT_ID))
        .forEach(this::removeHistory);
  }

  private static void removeAuthored(DSLContext dsl, long bot) {
    dsl.insertInto(DOOMED_BOT).set(DOOMED_BOT_ID, bot).execute();
    dsl.deleteFrom(VALUE)
        .where(VALUE_VARIABLE.in(select(VARIABLE_ID).from(VARIABLE).where(VARIABLE_BOT.eq(bot))))
        .execute();
    dsl.deleteFrom(VARIABLE).where(VARIABLE_BOT.eq(bot)).execute();
    dsl.deleteFrom(DEPLOYMENT).where(DEPLOYMENT_BOT.eq(bot)).execute();
    dsl.deleteFrom(VERSION).where(VERSION_BOT.eq(bot)).execute();
    dsl.deleteFrom(PACKAGES).where(PACKAGES_BOT.eq(bot)).execute();
    dsl.deleteFrom(DRAFT).where(DRAFT_BOT.eq(bot)).execute();
    dsl.deleteFrom(BOT).where(BOT_ID.eq(bot)).execute();
  }

  private void removeConversations(long bot) {
    while (true) {
      List<Long> some =
          database.read(session ->
              session
                  .dsl()
                  .select(CONVERSATION_ID)
                  .from(CONVERSATION)
                  .where(CONVERSATION_BOT.eq(bot))
                  .limit(ROWS_PER_COMMIT)
                  .fetch(CONVERSATION_ID));
      if (some.isEmpty()) {
        return;
      }
      removeRows(TURN, TURN_SEQ, TURN_CONVERSATION.in(some), TurnSql.BULKY);
      removeRows(CONVERSATION, CONVERSATION_ID, CONVERSATION_ID.in(some), ConversationSql.BULKY);
    }
  }

  private void removeRows(
      Table<Record> table, Field<Long> key, Condition which, List<? extends Field<?>> bulky) {
    Function<Session, Integer> someRows =
        session -> {
          List<Long> some =
              cut(
                  session
                      .dsl()
                      .select(key, Sizes.sum(bulky))
                      .from(table)
                      .where(which)
                      .limit(ROWS_PER_COMMIT)
                      .fetch());
          return session.dsl().deleteFrom(table).where(key.in(some)).execute();
        };
    int removed;
    do {
      removed = database.write(SOME_ROWS, someRows);
    } while (removed > 0);
  }

  /** At least one, and no more than have so many bytes: the pages of each are looked at. */
  private static List<Long> cut(List<Record2<Long, Long>> rows) {
    var some = new ArrayList<Long>();
    long bytes = 0;
    for (Record2<Long, Long> row : rows) {
      bytes += row.value2();
      if (bytes > WriteQueue.BYTES && !some.isEmpty()) {
        return some;
      }
      some.add(row.value1());
    }
    return some;
  }
}
