package io.patchbay.store;

import java.nio.file.Path;

final class SqliteConversationStoreTest extends ConversationStoreContract {
  @Override
  Stores open(Path folder) {
    return Stores.open(folder);
  }
}
