package io.patchbay.executor.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.ExecutorConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is left where an ordinary user starts the box; a sample, unless all is asked for. */
class ResidueOfOrdinaryUserTest {
  private static final Duration LIMIT = Duration.ofMinutes(8);

  private OrdinaryUser user;

  @BeforeEach
  void create() throws IOException, InterruptedException {
    boolean root = ExecutorConfig.standard(Clock.systemUTC()).becomes().isPresent();
    Assumptions.assumeTrue(root, "all other tests run as an ordinary user already");
    user = OrdinaryUser.create();
    Assumptions.assumeTrue(user.hasJava(), "java is out of the ordinary user's reach");
  }

  @AfterEach
  void remove() throws IOException {
    if (user != null) {
      user.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_left_where_processes_are_put_back(BoxLevel level) throws Exception {
    nothingIsLeft(level, Isolation.RESTORED);
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_left_where_each_call_has_a_process(BoxLevel level) throws Exception {
    Assumptions.assumeTrue(ResidueTest.ALL, "it takes minutes; ./test --all runs it");
    nothingIsLeft(level, Isolation.PROCESS);
  }

  private void nothingIsLeft(BoxLevel level, Isolation isolation) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("residue", level.name(), isolation.name()));
    if (!ResidueTest.ALL) {
      ResidueCases.sample().forEach(residue -> arguments.add(residue.name()));
    }
    OrdinaryUser.Result result = user.run(LIMIT, arguments.toArray(String[]::new));
    Assumptions.assumeTrue(
        result.code() != HostileMain.NO_BOX, "nothing is restored here: " + result.printed());
    assertThat(result.code()).as(result.printed()).isZero();
    assertThat(result.printed()).contains(" cases, 0 wrong");
  }
}
