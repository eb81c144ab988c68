package io.patchbay.executor.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.BoxedExecutor;
import io.patchbay.executor.box.ExecutorConfig;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import io.patchbay.executor.hostile.Soak.Load;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Good and hostile calls for a long time: nothing grows, and the last ones are as fast as the
 * first: one after the other with a process each, and at 100 concurrent restored, of one bot and of
 * fifty. 500 calls, 100 000 with {@code ./test --all}, or {@code -Dpatchbay.soak.calls=N}.
 */
class SoakTest {
  private static final int PARTS = 10;

  /** Of each part, so that a pause of the machine is not taken for a trend. */
  private static final int BLOCKS = 10;

  /** From so many on there are enough of each part to compare their slowest. */
  private static final int ENOUGH_TO_COMPARE = 20_000;

  private static final double SLOWER_AT_MOST = 1.2;

  private static final boolean ALL = Boolean.getBoolean("patchbay.all");

  private final Clock clock = Clock.systemUTC();

  static List<Load> loads() {
    return List.of(
        new Load(Isolation.PROCESS, 4, 1),
        new Load(Isolation.RESTORED, 100, 1),
        new Load(Isolation.RESTORED, 100, 50));
  }

  @ParameterizedTest
  @MethodSource("loads")
  void nothing_grows_and_nothing_slows_down(Load load) throws Exception {
    int calls = Integer.getInteger("patchbay.soak.calls", ALL ? 100_000 : 500);
    Path work = TrialRoom.workFolder();
    try (Executor executor = BoxedExecutor.start(config(load, work));
        Surroundings surroundings = Surroundings.in(work)) {
      Assumptions.assumeTrue(executor.status().available(), executor.status().description());
      assumeRestores(executor, load);
      Soak soak = new Soak(executor, load, surroundings, clock);
      var _ = soak.run(Math.max(500, calls / PARTS)); // warms up
      soak.forgetBots();
      Footprint footprint = Footprint.settled(executor, work);
      Memory memory = Memory.now();
      List<Double> slowest = new ArrayList<>();
      for (int part = 1; part <= PARTS; part++) {
        slowest.add(run(soak, calls / PARTS, part));
      }
      System.out.printf("soak: %s; %s%n", load, executor.restores());
      assertThat(soak.problems()).isEmpty();
      assertThat(surroundings.reached()).isZero();
      soak.forgetBots();
      assertThat(Footprint.leftAtLast(footprint, executor, work)).isEmpty();
      assertThat(Memory.now().grownSince(memory)).isEmpty();
      // Where there are more callers than processors, the times tell of them.
      if (calls >= ENOUGH_TO_COMPARE && load.isolation() == Isolation.PROCESS) {
        assertThat(slowest.getLast()).isLessThan(slowest.getFirst() * SLOWER_AT_MOST);
      }
    }
    Files.delete(work);
  }

  /** With all that the executor keeps ready where there is time to wait for its end. */
  private ExecutorConfig config(Load load, Path work) {
    BoxLevel level = BoxLevel.NAMESPACES;
    return ALL
        ? level.config(work, Capacity.standard(), clock)
        : level.config(work, load.isolation(), clock);
  }

  private void assumeRestores(Executor executor, Load load) throws InterruptedException {
    if (load.isolation() == Isolation.RESTORED) {
      String state = RestoreProven.on(executor, clock);
      Assumptions.assumeTrue(state.equals("restored"), "nothing is restored here: " + state);
    }
  }

  /** The 99th percentile of the good calls' milliseconds: the median of that of ten blocks. */
  private double run(Soak soak, int calls, int part) throws InterruptedException {
    Instant start = clock.instant();
    List<Long> micros = soak.run(calls);
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    List<Long> ofBlocks = new ArrayList<>();
    int length = micros.size() / BLOCKS;
    for (int block = 0; block < BLOCKS; block++) {
      ofBlocks.add(percentile(micros.subList(block * length, (block + 1) * length), 99));
    }
    double typical = percentile(ofBlocks, 50) / 1000.0;
    System.out.printf(
        "soak: part %d of %d, %d calls in %.1f s; good calls p50 %.2f ms, p99 %.2f ms, p99 of blocks"
            + " %.2f ms; %s%n",
        part,
        PARTS,
        calls,
        seconds,
        percentile(micros, 50) / 1000.0,
        percentile(micros, 99) / 1000.0,
        typical,
        Memory.now());
    return typical;
  }

  private static long percentile(List<Long> values, int percent) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get((sorted.size() - 1) * percent / 100);
  }
}
