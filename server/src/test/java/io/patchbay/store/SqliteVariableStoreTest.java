package io.patchbay.store;

import java.nio.file.Path;

final class SqliteVariableStoreTest extends VariableStoreContract {
  @Override
  Stores open(Path folder) {
    return Stores.open(folder);
  }
}
