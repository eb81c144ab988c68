package io.patchbay.executor.hostile;

import io.patchbay.executor.Isolation;
import java.util.List;
import org.junit.jupiter.api.TestInstance;

/** The same where processes are put back between calls; a sample, {@code ./test --all} runs all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoredHostileCodeTest extends HostileCodeTest {
  @Override
  Isolation isolation() {
    return Isolation.RESTORED;
  }

  @Override
  List<HostileCase> cases() {
    return HostileCases.sample();
  }
}
