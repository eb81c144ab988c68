package io.patchbay.store;

import java.nio.file.Path;

final class SqliteBotStoreTest extends BotStoreContract {
  @Override
  Stores open(Path folder) {
    return Stores.open(folder);
  }
}
