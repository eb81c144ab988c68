package io.patchbay.executor.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.ExecutorConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All cases, at every level, in every isolation that must hold, for both kinds of user. */
@EnabledIfSystemProperty(
    named = "patchbay.all",
    matches = "true",
    disabledReason = "it takes minutes; ./test --all runs it")
class HostileMatrixTest {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  static List<Arguments> combinations() {
    return Stream.of(BoxLevel.values())
        .flatMap(level ->
            Stream.of(Isolation.PROCESS, Isolation.RESTORED)
                .map(isolation -> Arguments.of(level, isolation)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void all_cases_are_contained_for_the_user_that_runs_the_tests(BoxLevel level, Isolation isolation)
      throws Exception {
    List<String> wrong = new ArrayList<>();
    try (TrialRoom room = TrialRoom.open(level, isolation)) {
      room.whyNot().ifPresent(why -> Assumptions.abort("no box on this machine: " + why));
      for (HostileCase hostile : HostileCases.all()) {
        room.trial()
            .problems(hostile)
            .forEach(problem -> wrong.add(hostile.name() + ": " + problem));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void all_cases_are_contained_for_an_ordinary_user(BoxLevel level, Isolation isolation)
      throws Exception {
    boolean root = ExecutorConfig.standard(Clock.systemUTC()).becomes().isPresent();
    Assumptions.assumeTrue(root, "the tests run as an ordinary user already");
    try (OrdinaryUser user = OrdinaryUser.create()) {
      Assumptions.assumeTrue(user.hasJava(), "java is out of the ordinary user's reach");
      OrdinaryUser.Result result = user.run(LIMIT, "hostile", level.name(), isolation.name());
      Assumptions.assumeTrue(
          result.code() != HostileMain.NO_BOX, "no box on this machine: " + result.printed());
      assertThat(result.code()).as(result.printed()).isZero();
    }
  }
}
