package io.patchbay.executor.box;

/** TlsTest where Landlock takes the place of namespaces. */
class TlsAtLandlockTest extends TlsTest {
  @Override
  Containment containment() {
    return Containment.LANDLOCK;
  }
}
