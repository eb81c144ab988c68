package io.patchbay.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.server.PatchbayServer;
import io.patchbay.server.TestConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a definition, an output and a message are together, no turn costs the server much, and
 * the next one is right. It climbs: what cost most is changed a little. Some {@value #STEPS} pairs,
 * as many as ten minutes allow with {@code ./test --all}, or {@code -Dpatchbay.pairs.seconds=N};
 * {@code -Dpatchbay.pairs.seed=N} for others. A find comes with the genes that replay it alone:
 * {@code -Dpatchbay.pairs.genes=SAY_TIMES:99,...}; the step would not do, since it climbs by
 * measured times. {@code -Dpatchbay.pairs.held=RULES:0,...} leaves dials where they are, to look
 * past a known find.
 */
class PairsFuzzTest {
  private static final String TOKEN = "token-of-this-test";
  private static final long STEPS = 20;
  private static final Duration BOUND = Duration.ofMillis(200);

  /** What is over the bound counts if it is so each time, when all that it runs is compiled. */
  private static final int REPEATS = 3;

  private static final int BEST = 8;
  private static final int MOST_FINDS = 10;

  @TempDir private Path data;
  private final long seed = Long.getLong("patchbay.pairs.seed", 1);
  private final Genes held = Genes.of(System.getProperty("patchbay.pairs.held", ""));
  private final List<Climber> best = new ArrayList<>();
  private final List<String> finds = new ArrayList<>();
  private PairEndpoint endpoint;
  private PatchbayServer server;
  private PairWorld world;
  private int longest;
  private int refused;

  private record Climber(Genes genes, Duration cost) {}

  @BeforeEach
  void start() throws IOException {
    endpoint = PairEndpoint.start();
    server = PatchbayServer.start(TestConfig.of(data, TOKEN));
    world = new PairWorld(server.port(), TOKEN, endpoint);
    assertThat(world.play(new PairGrammar(Genes.of("TURNS:1"), endpoint.url(), 1)).broken())
        .as("the least of all pairs")
        .isEmpty();
    longest = world.longestMessage();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    endpoint.close();
  }

  @Test
  void no_turn_costs_much_whatever_is_put_together() throws IOException {
    String genes = System.getProperty("patchbay.pairs.genes", "");
    long seconds =
        Long.getLong("patchbay.pairs.seconds", Boolean.getBoolean("patchbay.all") ? 600 : 0);
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    LongPredicate wanted = step -> seconds == 0 ? step < STEPS : System.nanoTime() < end;
    long step = 0;
    if (genes.isEmpty()) {
      for (; wanted.test(step) && finds.size() < MOST_FINDS; step++) {
        step(step, next(new Dice(seed, step)));
      }
    } else {
      step(0, Genes.of(genes));
    }
    System.out.printf(
        "pairs: seed %d, %d pairs, %d refused, the dearest turn %s%n",
        seed, step, refused, best.isEmpty() ? "none" : best.getFirst().cost);
    assertThat(finds).as("seed %d", seed).isEmpty();
  }

  private Genes next(Dice dice) {
    Genes next =
        best.size() < BEST || dice.oneIn(4)
            ? Genes.random(dice)
            : dice.of(best).genes.mutated(dice);
    return next.with(held);
  }

  private void step(long step, Genes genes) throws IOException {
    PairGrammar grammar = new PairGrammar(genes, endpoint.url(), longest);
    PairWorld.Played played = world.play(grammar);
    refused += played.refused() ? 1 : 0;
    Duration cost = played.most();
    List<String> broken = new ArrayList<>(played.broken());
    for (int i = 0; i < REPEATS && broken.isEmpty() && cost.compareTo(BOUND) > 0; i++) {
      PairWorld.Played again = world.play(grammar);
      broken.addAll(again.broken());
      cost = again.most().compareTo(cost) < 0 ? again.most() : cost;
    }
    if (!broken.isEmpty() || cost.compareTo(BOUND) > 0) {
      found(step, genes, grammar, cost, broken);
    } else if (!played.refused()) {
      keep(new Climber(genes, cost));
    }
  }

  private void keep(Climber climber) {
    best.add(climber);
    best.sort(Comparator.comparing(Climber::cost).reversed());
    if (best.size() > BEST) {
      best.removeLast();
    }
  }

  private void found(
      long step, Genes genes, PairGrammar grammar, Duration cost, List<String> broken) {
    String find =
        "step %d of seed %d: %d ms of processor time%n  %s%n  %s%n  replay: -Dpatchbay.pairs.genes=%s"
            .formatted(step, seed, cost.toMillis(), grammar.pair(), broken, genes);
    finds.add(find);
    System.out.println("pairs: " + find);
  }
}
