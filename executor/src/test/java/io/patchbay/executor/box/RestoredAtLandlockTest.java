package io.patchbay.executor.box;

/** The same where Landlock takes the place of namespaces. */
class RestoredAtLandlockTest extends RestoredTest {
  @Override
  Containment containment() {
    return Containment.LANDLOCK;
  }
}
