package io.patchbay.executor.box;

import org.junit.jupiter.api.TestInstance;

/** NetworkTest where Landlock takes the place of namespaces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkAtLandlockTest extends NetworkTest {
  @Override
  Containment containment() {
    return Containment.LANDLOCK;
  }
}
