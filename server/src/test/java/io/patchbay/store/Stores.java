package io.patchbay.store;

import io.patchbay.bot.BotStore;
import io.patchbay.conversation.ConversationStore;
import io.patchbay.integration.InvocationLog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/** The three ports over one database, as a contract sees them. */
record Stores(
    Database database, BotStore bots, ConversationStore conversations, InvocationLog invocations)
    implements AutoCloseable {
  static Stores open(Path folder) {
    Database database = Database.open(folder);
    try {
      return new Stores(
          database,
          SqlBotStore.open(database, Optional.empty(), new SecureRandom()),
          new SqlConversationStore(database),
          new SqlInvocationLog(database));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
