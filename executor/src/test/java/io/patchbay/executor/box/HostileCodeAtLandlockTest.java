package io.patchbay.executor.box;

import org.junit.jupiter.api.TestInstance;

/** HostileCodeTest where Landlock takes the place of namespaces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCodeAtLandlockTest extends HostileCodeTest {
  @Override
  Containment containment() {
    return Containment.LANDLOCK;
  }
}
