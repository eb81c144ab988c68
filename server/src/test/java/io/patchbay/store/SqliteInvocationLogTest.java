package io.patchbay.store;

import java.nio.file.Path;

final class SqliteInvocationLogTest extends InvocationLogContract {
  @Override
  Stores open(Path folder) {
    return Stores.open(folder);
  }
}
