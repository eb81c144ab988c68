package io.patchbay.executor.box;

/** HostileConnectTest where Landlock takes the place of namespaces. */
class HostileConnectAtLandlockTest extends HostileConnectTest {
  @Override
  Containment containment() {
    return Containment.LANDLOCK;
  }
}
