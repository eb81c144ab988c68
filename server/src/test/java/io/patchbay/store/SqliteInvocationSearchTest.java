package io.patchbay.store;

import java.nio.file.Path;

final class SqliteInvocationSearchTest extends InvocationSearchContract {
  @Override
  Stores open(Path folder) {
    return Stores.open(folder);
  }
}
