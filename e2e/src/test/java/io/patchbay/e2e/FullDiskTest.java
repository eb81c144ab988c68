package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The disk of the data folder runs full while users talk, and has room again. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FullDiskTest {
  /** Turns of which one at least no longer fits. */
  private static final int MANY = 2000;

  @TempDir Path data;
  @TempDir Path noExamples;

  @Test
  void turns_are_refused_clearly_nothing_acknowledged_is_lost_and_room_lets_them_go_on()
      throws Exception {
    Random random = new Random(7);
    try (CountingBot bot = CountingBot.start(random);
        Program program = onSmallDisk()) {
      bot.deploy(program);
      List<Talker> talkers =
          IntStream.range(0, 5)
              .mapToObj(i -> new Talker("u" + i, new Random(random.nextLong()), only(program)))
              .toList();
      talkers.forEach(Talker::turn);
      fill(inside(program).resolve("ballast"));
      for (Talker talker : talkers) {
        talkUntilRefused(talker);
      }
      // What is kept can still be read, and the refused message is refused again.
      assertThat(program.get("/health/live").status()).isEqualTo(200);
      talkers.forEach(talker -> talker.verify(program));

      Files.delete(inside(program).resolve("ballast"));
      for (int i = 0; i < 5; i++) {
        assertThat(talkers).allMatch(Talker::turn);
      }
      talkers.forEach(talker -> talker.verify(program));
      assertRanOnce(program, bot, talkers);
    }
  }

  private static void talkUntilRefused(Talker talker) {
    for (int turns = 0; talker.refused.isEmpty() && turns < MANY; turns++) {
      talker.turn();
    }
    assertThat(talker.refused).isNotEmpty();
    Program.Answer refused = talker.refused.getFirst();
    JsonNode problem = refused.json();
    assertThat(problem.get("code").asString()).isEqualTo("storage_full");
    assertThat(problem.get("detail").asString())
        .contains("disk", "full", "same id")
        .doesNotContain("patchbay.db");
  }

  /** A turn that ran and could not be saved is broken when it is sent again; it ran once. */
  private static void assertRanOnce(Program program, CountingBot bot, List<Talker> talkers) {
    for (String node : List.of("CODE", "API")) {
      String word = node.toLowerCase(java.util.Locale.ROOT);
      var outcomes = CountingBot.outcomes(program, node);
      assertThat(outcomes.getOrDefault("succeeded", 0)).isEqualTo(Talker.sum(talkers, word, false));
      assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum())
          .isEqualTo(Talker.sum(talkers, word, false) + Talker.sum(talkers, word, true));
    }
    assertThat(bot.calls().values()).allMatch(times -> times == 1);
    assertThat(bot.calls())
        .hasSize(Talker.sum(talkers, "api", false) + Talker.sum(talkers, "api", true));
  }

  /** In a mount namespace of its own, which goes with the program. */
  private Program onSmallDisk() throws Exception {
    List<String> mount =
        List.of(
            "unshare",
            "-m",
            "sh",
            "-c",
            "mount -t tmpfs -o size=16m none \"$0\" && exec \"$@\"",
            data.toString());
    List<String> tried = new java.util.ArrayList<>(mount);
    tried.add("true");
    assumeTrue(succeeds(tried), "only root may mount a small disk");
    Program.Starting starting = Program.launch(mount, data, "--examples", noExamples.toString());
    return starting.ready(seen(starting.process()));
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Path inside(Program program) {
    return seen(program.process);
  }

  /** The data folder as the program sees it. */
  private Path seen(Process process) {
    return Path.of("/proc", Long.toString(process.pid()), "root" + data);
  }

  private static void fill(Path ballast) throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] kibibyte = new byte[1024];
      for (int i = 0; i < 64 * 1024; i++) {
        out.write(kibibyte);
      }
      throw new AssertionError("the disk is not small");
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
  }

  private static Talker.Servers only(Program program) {
    return new Talker.Servers() {
      @Override
      public Program now() {
        return program;
      }

      @Override
      public Program after(Program gone) {
        throw new AssertionError("the connection broke");
      }
    };
  }
}
