package io.patchbay.executor.hostile;

import org.junit.jupiter.api.TestInstance;

/** The same where Landlock takes the place of namespaces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResidueAtLandlockTest extends ResidueTest {
  @Override
  BoxLevel level() {
    return BoxLevel.LANDLOCK;
  }
}
