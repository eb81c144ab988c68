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
 * Twenty users talk while the server is killed eight times, with {@code ./test --all} twenty times.
 * Another run: {@code -Dpatchbay.stream.seed=42}; more kills: {@code -Dpatchbay.stream.kills=200}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledServerTest {
  private static final int USERS = 20;
  private static final int KILLS =
      Integer.getInteger("patchbay.stream.kills", Boolean.getBoolean("patchbay.all") ? 20 : 8);
  private static final long SEED =
      Long.getLong("patchbay.stream.seed", new Random().nextLong(1_000_000));

  /** A server is killed after fewer turns than this, and some milliseconds more. */
  private static final int MOST_TURNS = 100;

  private static final int LONGEST_MILLIS = 300;

  /** A server that starts is killed before as many milliseconds. */
  private static final int START_MILLIS = 2000;

  /** Longest time that a user thinks between two messages. */
  private static final int THINKING_MILLIS = 100;

  @TempDir Path data;
  @TempDir Path noExamples;

  @Test
  void nothing_acknowledged_is_lost_and_nothing_runs_twice_however_often_the_server_is_killed()
      throws Exception {
    System.out.println("KilledServerTest: -Dpatchbay.stream.seed=" + SEED);
    Random random = new Random(SEED);
    try (CountingBot bot = CountingBot.start(new Random(random.nextLong()));
        KilledServer server = new KilledServer(data, noExamples)) {
      // The very first start is killed too, at whatever it makes then.
      server.killStarting(random.nextInt(START_MILLIS));
      server.restart();
      bot.deploy(server.now());
      List<Talker> talkers =
          IntStream.range(0, USERS)
              .mapToObj(i -> new Talker("u" + i, new Random(random.nextLong()), server))
              .toList();
      talkWhileKilled(talkers, server, random);
      assertThat(server.left(Duration.ofSeconds(30))).as("processes of killed servers").isEmpty();

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
        while (server.kills() < KILLS) {
          await(talkers, random.nextInt(MOST_TURNS));
          TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MILLIS));
          server.kill();
          if (server.kills() % 5 == 4) {
            server.killStarting(random.nextInt(START_MILLIS));
          }
          server.restart();
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

  /** Waits for some more turns, for three seconds at most. */
  private static void await(List<Talker> talkers, int turns) throws InterruptedException {
    int before = turns(talkers);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    while (turns(talkers) < before + turns && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static int turns(List<Talker> talkers) {
    return talkers.stream().mapToInt(Talker::turns).sum();
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
        "KilledServerTest: %d kills, %d turns, of which %d were interrupted; the API was called %d times%n",
        KILLS,
        turns(talkers),
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
