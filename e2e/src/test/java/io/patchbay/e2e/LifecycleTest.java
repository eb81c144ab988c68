package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start, end, kill, start again: the program leaves nothing behind and loses nothing. */
class LifecycleTest {
  @TempDir Path data;

  @Test
  void ready_means_that_the_examples_answer_and_sigterm_ends_everything_within_ten_seconds()
      throws Exception {
    List<ProcessHandle> tree;
    try (Program program = Program.start(data)) {
      assertThat(program.get("/health/ready").status()).isEqualTo(200);
      assertThat(program.get("/health/live").status()).isEqualTo(200);
      assertThat(Files.getPosixFilePermissions(data.resolve("admin-token")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      program.say("order-status", "production", "u", "where is my order");
      program.say("order-status", "production", "u", "abc123");
      tree = program.tree();
      assertThat(tree).as("the program, its sandbox and a service").hasSizeGreaterThan(2);
      assertThat(program.terminate(Duration.ofSeconds(10))).isTrue();
    }
    assertThat(alive(tree)).isEmpty();
  }

  @Test
  void kill_dash_nine_leaves_no_process_and_loses_no_acknowledged_turn() throws Exception {
    List<ProcessHandle> tree;
    int number;
    try (Program program = Program.start(data)) {
      program.say("order-status", "production", "u", "where is my order");
      number =
          program.say("order-status", "production", "u", "abc123").get("conversation_no").asInt();
      tree = program.tree();
      assertThat(program.process.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(alive(tree)).isEmpty();
    try (Program again = Program.start(data)) {
      var kept =
          again.get("/api/v1/bots/order-status/users/u/conversation?environment=production").json();
      assertThat(kept.get("conversation_no").asInt()).isEqualTo(number);
      assertThat(kept.get("transcript")).hasSizeGreaterThanOrEqualTo(4);
      assertThat(again.get("/health/ready").status()).isEqualTo(200);
      assertThat(again.output).as("what is built already").noneMatch(line -> line.contains("buil"));
    }
  }

  @Test
  void a_second_server_on_the_same_data_folder_is_refused() {
    try (Program _ = Program.start(data)) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Program.start(data).close()))
          .hasMessageContaining("did not start");
    }
  }

  /** Those that still run after half a minute of waiting. */
  private static List<ProcessHandle> alive(List<ProcessHandle> processes)
      throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    List<ProcessHandle> left = processes;
    while (!left.isEmpty() && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(100);
      left = left.stream().filter(ProcessHandle::isAlive).toList();
    }
    return left;
  }
}
