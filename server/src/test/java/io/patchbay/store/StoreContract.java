package io.patchbay.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Gives every test of a contract stores of its own. */
abstract class StoreContract {
  @SuppressWarnings("NullAway.Init") // set before each test
  private Stores stores;

  /**
   * Opens stores that are empty.
   *
   * @param folder empty, for backends that need one
   */
  abstract Stores open(Path folder);

  @BeforeEach
  final void openStores(@TempDir Path folder) {
    stores = open(folder);
    prepare(stores);
  }

  @AfterEach
  final void closeStores() {
    stores.close();
  }

  /** What all tests of the contract find there. */
  void prepare(Stores stores) {}

  final Stores stores() {
    return stores;
  }
}
