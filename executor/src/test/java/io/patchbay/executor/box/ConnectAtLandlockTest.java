package io.patchbay.executor.box;

import org.junit.jupiter.api.TestInstance;

/** ConnectTest where Landlock takes the place of namespaces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectAtLandlockTest extends ConnectTest {
  @Override
  Containment containment() {
    return Containment.LANDLOCK;
  }
}
