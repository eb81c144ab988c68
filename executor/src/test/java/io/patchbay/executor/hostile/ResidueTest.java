package io.patchbay.executor.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.BoxedExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that try to leave something for the next call of the same code: nothing is found. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResidueTest {
  static final boolean ALL = Boolean.getBoolean("patchbay.all");

  private final Clock clock = Clock.systemUTC();
  private @Nullable Path work;
  private Executor executor;

  @BeforeAll
  void start() throws Exception {
    work = TrialRoom.workFolder();
    executor = BoxedExecutor.start(level().config(work, ResidueTrial.CAPACITY, clock));
    Assumptions.assumeTrue(executor.status().available(), executor.status().description());
    String state = RestoreProven.on(executor, clock);
    Assumptions.assumeTrue(state.equals("restored"), "nothing is restored here: " + state);
  }

  @AfterAll
  void close() throws IOException {
    if (executor != null) {
      executor.close();
    }
    if (work != null) {
      Files.delete(work); // fails if anything was left in it
    }
  }

  /** Another level's test is this one with other answers. */
  BoxLevel level() {
    return BoxLevel.NAMESPACES;
  }

  static List<ResidueCase> restored() {
    return ResidueCases.all();
  }

  static List<ResidueCase> fresh() {
    return ALL ? ResidueCases.all() : ResidueCases.sample();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("restored")
  void nothing_is_left_where_processes_are_put_back(ResidueCase residue) {
    assertThat(problems(residue, Isolation.RESTORED)).as(residue.about()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fresh")
  void nothing_is_left_where_each_call_has_a_process(ResidueCase residue) {
    assertThat(problems(residue, Isolation.PROCESS)).as(residue.about()).isEmpty();
  }

  private List<String> problems(ResidueCase residue, Isolation isolation) {
    return new ResidueTrial(executor, level(), isolation, clock).problems(residue);
  }
}
