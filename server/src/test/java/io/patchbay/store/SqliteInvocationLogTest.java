package io.patchbay.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteInvocationLogTest extends InvocationLogContract {
  private Stores stores;

  @BeforeEach
  void open(@TempDir Path folder) {
    stores = Stores.open(folder);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Override
  Stores stores() {
    return stores;
  }
}
