package io.patchbay.store;

import static io.patchbay.store.Tables.BOT;
import static io.patchbay.store.Tables.BOT_ID;
import static io.patchbay.store.Tables.BOT_NAME;
import static org.jooq.impl.DSL.select;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import java.util.Optional;

/** Finds the number under which everything of a bot is kept. */
final class BotIds {
  private final String byName;

  BotIds(Database database) {
    this.byName = database.sql().render(select(BOT_ID).from(BOT).where(BOT_NAME.eq("")));
  }

  Optional<Long> find(Session session, String bot) {
    return session.on(byName).set(bot).first(row -> row.getLong(1));
  }

  /**
   * @throws Refusal there is no such bot
   */
  long require(Session session, String bot) {
    return find(session, bot).orElseThrow(() -> unknown(bot));
  }

  static Refusal unknown(String bot) {
    return new Refusal(ErrorCode.UNKNOWN_BOT, "There is no bot " + bot);
  }
}
