package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty users talk while the server is killed twenty times. Another run: {@code
 * -Dpatchbay.kills.seed=42}; more kills: {@code -Dpatchbay.kills=200}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RandomKillsTest {
  private static final int USERS = 20;
  private static final int KILLS = Integer.getInteger("patchbay.kills", 20);
  private static final long SEED =
      Long.getLong("patchbay.kills.seed", new Random().nextLong(1_000_000));

  /** Longest time that the server serves, or starts, before it is killed. */
  private static final int LONGEST_MILLIS = 1500;

  /** Longest time that a user thinks between two messages. */
  private static final int THINKING_MILLIS = 150;

  @TempDir Path data;

  @Test
  void nothing_acknowledged_is_lost_and_nothing_runs_twice_however_often_the_server_is_killed()
      throws Exception {
    System.out.println("RandomKillsTest: -Dpatchbay.kills.seed=" + SEED);
    Random random = new Random(SEED);
    try (CountingBot bot = CountingBot.start(new Random(random.nextLong()));
        KilledServer server = KilledServer.start(data)) {
      bot.deploy(server.now());
      List<Talker> talkers =
          IntStream.range(0, USERS)
              .mapToObj(i -> new Talker("u" + i, new Random(random.nextLong()), server))
              .toList();
      talkWhileKilled(talkers, server, random);
      assertThat(server.left(Duration.ofSeconds(10))).as("processes of killed servers").isEmpty();

      Program program = server.now();
      for (Future<?> verified : inParallel(talkers.stream().map(t -> () -> t.verify(program)))) {
        verified.get();
      }
      assertRanOnce(program, bot, talkers);
    }
  }

  private static void talkWhileKilled(List<Talker> talkers, KilledServer server, Random random)
      throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> talks = new ArrayList<>();
      talkers.forEach(talker -> talks.add(threads.submit(() -> talk(talker, server))));
      try {
        for (int kill = 0; kill < KILLS; kill++) {
          // Every fifth hits a server that starts.
          server.kill(random.nextInt(LONGEST_MILLIS), kill % 5 == 4);
          failEarly(talks);
        }
      } finally {
        server.end();
      }
      for (Future<?> talk : talks) {
        talk.get(2, TimeUnit.MINUTES);
      }
    }
  }

  private static void talk(Talker talker, KilledServer server) {
    try {
      while (!server.ended()) {
        assertThat(talker.turn()).isTrue();
        talker.think(THINKING_MILLIS);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void failEarly(List<Future<?>> talks)
      throws ExecutionException, InterruptedException {
    for (Future<?> talk : talks) {
      if (talk.isDone()) {
        talk.get();
      }
    }
  }

  private static void assertRanOnce(Program program, CountingBot bot, List<Talker> talkers) {
    for (String node : List.of("CODE", "API")) {
      String word = node.toLowerCase(java.util.Locale.ROOT);
      int interrupted = Talker.sum(talkers, word, true);
      assertThat(interrupted).as("turns that a kill hit at %s", node).isPositive();
      assertThat(CountingBot.outcomes(program, node))
          .as("one invocation for each message")
          .isEqualTo(
              Map.of("succeeded", Talker.sum(talkers, word, false), "interrupted", interrupted));
    }
    int answered = Talker.sum(talkers, "api", false);
    assertThat(bot.calls().values()).as("calls under one key").allMatch(times -> times == 1);
    assertThat(bot.calls()).doesNotContainKey("null");
    assertThat(bot.calls().size()).isBetween(answered, answered + Talker.sum(talkers, "api", true));
    System.out.printf(
        "RandomKillsTest: %d kills, %d turns, of which %d were interrupted; the API was called %d times%n",
        KILLS,
        talkers.stream().mapToInt(Talker::turns).sum(),
        Talker.sum(talkers, "api", true) + Talker.sum(talkers, "code", true),
        bot.calls().size());
  }

  private static List<Future<?>> inParallel(Stream<Runnable> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      work.forEach(task -> all.add(threads.submit(task)));
      return all;
    }
  }
}
