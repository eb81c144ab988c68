package io.patchbay.executor.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.ExecutorConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Root becomes a user of its own for boxes; an ordinary user starts them directly. Both hold. */
class OrdinaryUserTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private OrdinaryUser user;

  @BeforeEach
  void create() throws IOException {
    boolean root = ExecutorConfig.standard(Clock.systemUTC()).becomes().isPresent();
    Assumptions.assumeTrue(root, "all other tests run as an ordinary user already");
    user = OrdinaryUser.create();
  }

  @AfterEach
  void remove() throws IOException {
    if (user != null) {
      user.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PROCESS", "RESTORED"})
  void the_box_holds_when_an_ordinary_user_starts_it(Isolation isolation) throws Exception {
    Assumptions.assumeTrue(user.hasJava(), "java is out of the ordinary user's reach");
    OrdinaryUser.Result result =
        user.run(
            LIMIT,
            "hostile",
            BoxLevel.NAMESPACES.name(),
            isolation.name(),
            "fork_bomb",
            "kill_all_numbers",
            "kill_the_server",
            "read_other_processes",
            "trace_other_processes",
            "connect_to_a_loopback_service",
            "connect_with_wrong_pointers",
            "sleep_with_signals_blocked",
            "write_outside_tmp");
    Assumptions.assumeTrue(
        result.code() != HostileMain.NO_BOX, "no box on this machine: " + result.printed());
    assertThat(result.code()).as(result.printed()).isZero();
    assertThat(result.printed()).contains("9 cases, 0 wrong");
  }

  @Test
  void what_an_ordinary_user_starts_is_put_back_between_calls() throws Exception {
    Assumptions.assumeTrue(user.hasJava(), "java is out of the ordinary user's reach");
    assertThat(user.run(LIMIT, "connect").printed()).contains("between calls: restored");
  }

  @Test
  void without_the_right_to_look_into_the_box_nothing_is_connected_and_calls_run()
      throws Exception {
    assertThat(user.runWithoutTracing(LIMIT, "connect").printed())
        .contains("; no connections: ")
        .contains("RETURNED [38]")
        .contains("between calls: a process for each call: ");
  }
}
