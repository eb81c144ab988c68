package io.patchbay.executor.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.BoxedExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever dies under load, every call has an outcome in time and the executor heals by itself. */
class RandomKillsTest {
  private static final int CALLERS = 8;

  /** Where the machine is idle otherwise; a slow one gets thrice what a start takes on it. */
  private static final Duration HEALED = Duration.ofSeconds(1);

  private static final int TRIES = 3;

  @ParameterizedTest
  @EnumSource(names = {"PROCESS", "RESTORED"})
  void calls_end_and_the_executor_heals_whatever_dies(Isolation isolation) throws Exception {
    killFor(Duration.ofSeconds(8), seed(), isolation);
  }

  @ParameterizedTest
  @EnumSource(names = {"PROCESS", "RESTORED"})
  @EnabledIfSystemProperty(
      named = "patchbay.all",
      matches = "true",
      disabledReason = "it takes minutes; ./test --all runs it")
  void calls_end_and_the_executor_heals_whatever_dies_for_minutes(Isolation isolation)
      throws Exception {
    for (int round = 0; round < 10; round++) {
      killFor(Duration.ofSeconds(30), seed() + round, isolation);
    }
  }

  /** {@code -Dpatchbay.kills.seed=N} does the same again, as far as the machine does. */
  private static long seed() {
    return Long.getLong("patchbay.kills.seed", new Random().nextInt(1_000_000));
  }

  private void killFor(Duration duration, long seed, Isolation isolation) throws Exception {
    System.out.println("random kills: seed " + seed);
    Path work = TrialRoom.workFolder();
    Killer killer = new Killer(seed, isolation == Isolation.RESTORED);
    Clock clock = killer.clock();
    Instant start = clock.instant();
    try (Executor executor =
            BoxedExecutor.start(BoxLevel.NAMESPACES.config(work, isolation, clock));
        Surroundings surroundings = Surroundings.in(work)) {
      Assumptions.assumeTrue(executor.status().available(), executor.status().description());
      Duration startTook = Duration.between(start, clock.instant());
      CallersUnderKills callers = new CallersUnderKills(executor, isolation, surroundings, clock);
      assumeRestores(executor, isolation, clock);
      callers.warmUp();
      Footprint before = Footprint.settled(executor, work);
      callers.start(CALLERS);
      killer.killFor(duration, () -> executor.status().available());
      Duration healed = healed(killer, executor, callers);
      callers.stop();
      killer.killBox(() -> executor.status().available());
      Duration alone = callers.timeUntilHealthy();
      System.out.printf(
          "random kills: %s; %s; %s; loss of the box felt for %d ms under load, %d ms alone%n",
          killer.killed(),
          callers.outcomes(),
          executor.restores(),
          healed.toMillis(),
          alone.toMillis());

      assertThat(callers.problems()).as("seed " + seed).isEmpty();
      assertThat(surroundings.reached()).isZero();
      assertThat(killer.killed())
          .containsKeys(Killer.Victim.CALL, Killer.Victim.SUPERVISOR, Killer.Victim.BOX);
      assertThat(healed).isLessThan(longer(HEALED, longer(startTook, alone).multipliedBy(3)));
      assertThat(executor.status().description()).endsWith("supervised connections");
      assertThat(BoxProcesses.leftStopped()).isEmpty();
      if (isolation == Isolation.RESTORED) {
        assertThat(killer.killed()).containsKeys(Killer.Victim.RESTORED, Killer.Victim.RESTORER);
        assertThat(executor.restores().restored()).isGreaterThan(CALLERS);
      }
      assertThat(Footprint.leftSince(before, executor, work)).isEmpty();
    }
    Files.delete(work);
  }

  private static void assumeRestores(Executor executor, Isolation isolation, Clock clock)
      throws InterruptedException {
    if (isolation == Isolation.RESTORED) {
      String state = RestoreProven.on(executor, clock);
      Assumptions.assumeTrue(state.equals("restored"), "nothing is restored here: " + state);
    }
  }

  /** The shortest of a few times, since the machine may have paused in one. */
  private static Duration healed(Killer killer, Executor executor, CallersUnderKills callers)
      throws InterruptedException {
    Duration shortest = HEALED;
    for (int i = 0; i < TRIES && shortest.compareTo(HEALED) >= 0; i++) {
      killer.killBox(() -> executor.status().available());
      Duration took = callers.timeUntilHealthy();
      shortest = i == 0 || took.compareTo(shortest) < 0 ? took : shortest;
    }
    return shortest;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
