package io.patchbay.executor.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Isolation;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case: contained, by its deadline, nobody disturbed, next call healthy, nothing left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCodeTest {
  private TrialRoom room;

  @BeforeAll
  void start() throws Exception {
    room = TrialRoom.open(level(), isolation());
    room.whyNot().ifPresent(why -> Assumptions.abort("no box on this machine: " + why));
  }

  @AfterAll
  void close() throws Exception {
    if (room != null) {
      room.close();
    }
  }

  /** Another level's test is this one with another answer. */
  BoxLevel level() {
    return BoxLevel.NAMESPACES;
  }

  Isolation isolation() {
    return Isolation.PROCESS;
  }

  List<HostileCase> cases() {
    return HostileCases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void is_contained_disturbs_nobody_and_leaves_nothing(HostileCase hostile) throws Exception {
    assertThat(room.trial().problems(hostile)).as(hostile.about()).isEmpty();
  }
}
