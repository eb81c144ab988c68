package io.patchbay.store;

import static io.patchbay.store.Samples.NOON;
import static io.patchbay.store.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.conversation.ConversationStore.TranscriptLine;
import io.patchbay.integration.InvocationRecord.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left after a process died or its disk was full. */
@Timeout(120)
final class DurabilityTest {
  private static final int ACKNOWLEDGED = 150;

  @RepeatedTest(2)
  void a_killed_process_loses_no_acknowledged_turn_and_leaves_no_half_one(@TempDir Path folder)
      throws Exception {
    Map<String, Integer> acknowledged = talkAndKill(folder);
    assertThat(acknowledged).isNotEmpty();

    try (Stores stores = Stores.open(folder)) {
      stores.invocations().interruptLeftovers(NOON.plusSeconds(1));
      for (var user : acknowledged.entrySet()) {
        assertWhole(stores, user.getKey(), user.getValue());
      }
      assertThat(stores.invocations().find("inv_left").orElseThrow().state())
          .isEqualTo(State.INTERRUPTED);
    }
  }

  @Test
  void a_full_disk_fails_the_write_clearly_and_room_makes_the_next_one_work(@TempDir Path folder)
      throws Exception {
    List<String> said = onSmallDisk("fill", folder);

    assertThat(said).contains("failed FULL", "works true");
    assertThat(number(said, "kept ")).isEqualTo(number(said, "acknowledged ")).isPositive();
  }

  @Test
  void a_start_on_a_full_disk_is_refused_clearly_and_room_makes_the_next_one_work(
      @TempDir Path folder) throws Exception {
    List<String> said = onSmallDisk("start", folder);

    assertThat(said.getFirst()).startsWith("new refused FULL The disk").contains("make room");
    assertThat(said.get(1)).isEqualTo("new made");
    assertThat(said.get(2)).startsWith("used refused FULL The disk").contains("make room");
    assertThat(said.subList(3, said.size())).containsExactly("used has acme true");
  }

  private static List<String> onSmallDisk(String mode, Path folder) throws Exception {
    List<String> smallDisk =
        List.of(
            "unshare",
            "-rm",
            "sh",
            "-c",
            "mount -t tmpfs -o size=8m none \"$0\" && exec \"$@\"",
            folder.toString());
    assumeTrue(canMount(smallDisk), "this machine lets no test mount a small disk");
    return readAll(StoreChild.start(smallDisk, mode, folder));
  }

  /** Returns the last turn that each user was told is kept. */
  private static Map<String, Integer> talkAndKill(Path folder) throws Exception {
    var acknowledged = new HashMap<String, Integer>();
    Process child = StoreChild.start(List.of(), "turns", folder);
    try (BufferedReader said = child.inputReader()) {
      assertThat(StoreChild.next(said)).contains("started inv_left");
      for (int turns = 0; turns < ACKNOWLEDGED; turns++) {
        note(acknowledged, StoreChild.next(said).orElseThrow());
      }
      // Through its handle, which leaves the stream open.
      child.toHandle().destroyForcibly();
      // What it still said before it died counts too; a last line may be cut short.
      Optional<String> line = StoreChild.next(said);
      while (line.isPresent()) {
        Optional<String> next = StoreChild.next(said);
        if (next.isPresent()) {
          note(acknowledged, line.get());
        }
        line = next;
      }
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    return acknowledged;
  }

  private static void note(Map<String, Integer> acknowledged, String line) {
    String[] words = line.split(" ", -1);
    acknowledged.merge(words[1], Integer.parseInt(words[2]), Math::max);
  }

  private static void assertWhole(Stores stores, String user, int acknowledged) {
    var conversation = stores.conversations().conversation(key("acme", user)).orElseThrow();
    int last = conversation.number();
    assertThat(last).isBetween(acknowledged, acknowledged + 1);

    List<TranscriptLine> lines = stores.conversations().transcript(key("acme", user), 100_000);
    assertThat(lines).hasSize(2 * last);
    for (int number = 1; number <= last; number++) {
      String id = user + "-" + number;
      assertThat(stores.conversations().answered(key("acme", user), "msg-" + id)).isPresent();
      assertThat(stores.invocations().find(id).orElseThrow().state()).isEqualTo(State.SUCCEEDED);
    }
    assertThat(stores.conversations().answered(key("acme", user), "msg-" + user + "-" + (last + 1)))
        .isEmpty();
    stores
        .invocations()
        .find(user + "-" + (last + 1))
        .ifPresent(next -> assertThat(next.state()).isEqualTo(State.INTERRUPTED));
  }

  private static boolean canMount(List<String> smallDisk) throws Exception {
    var command = new ArrayList<>(smallDisk);
    command.add("true");
    try {
      Process process = new ProcessBuilder(command).start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> readAll(Process child) throws Exception {
    try (BufferedReader said = child.inputReader()) {
      var lines = new ArrayList<String>();
      for (var line = StoreChild.next(said); line.isPresent(); line = StoreChild.next(said)) {
        lines.add(line.get());
      }
      return lines;
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static int number(List<String> said, String prefix) {
    return said.stream()
        .filter(line -> line.startsWith(prefix))
        .mapToInt(line -> Integer.parseInt(line.substring(prefix.length())))
        .findFirst()
        .orElse(-1);
  }
}
