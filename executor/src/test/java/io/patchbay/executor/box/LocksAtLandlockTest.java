package io.patchbay.executor.box;

import org.junit.jupiter.api.TestInstance;

/** LocksTest where Landlock takes the place of namespaces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocksAtLandlockTest extends LocksTest {
  @Override
  Containment containment() {
    return Containment.LANDLOCK;
  }
}
