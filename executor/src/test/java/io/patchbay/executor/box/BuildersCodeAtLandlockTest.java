package io.patchbay.executor.box;

import org.junit.jupiter.api.TestInstance;

/** BuildersCodeTest where Landlock takes the place of namespaces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuildersCodeAtLandlockTest extends BuildersCodeTest {
  @Override
  Containment containment() {
    return Containment.LANDLOCK;
  }
}
