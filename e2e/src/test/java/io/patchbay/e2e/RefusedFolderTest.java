package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder that cannot be used: the program ends at once, and says why in one message. */
class RefusedFolderTest {
  @TempDir static Path used;
  @TempDir static Path noExamples;

  @TempDir Path data;

  @BeforeAll
  static void use() {
    start(List.of(), used).ready(used).close();
  }

  @Test
  void a_database_file_that_was_cut_short() throws Exception {
    copyUsed();
    Path file = data.resolve("patchbay.db");
    byte[] half = Files.readAllBytes(file);
    half = Arrays.copyOf(half, half.length / 2);
    Files.write(file, half);

    assertThat(refusal(List.of(), data)).contains(file.toString(), "damaged", "backup");
    assertThat(Files.readAllBytes(file)).isEqualTo(half);
  }

  @Test
  void a_file_in_place_of_the_folder() throws Exception {
    Path file = Files.writeString(data.resolve("file"), "mine");
    assertThat(refusal(List.of(), file)).contains(file.toString(), "is a file");
    assertThat(file).hasContent("mine");
  }

  @Test
  void a_folder_that_may_only_be_read() throws Exception {
    copyUsed();
    List<String> readOnly =
        List.of(
            "unshare",
            "-m",
            "sh",
            "-c",
            "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"",
            data.toString());
    var tried = new java.util.ArrayList<>(readOnly);
    tried.add("true");
    assumeTrue(
        new ProcessBuilder(tried).start().waitFor() == 0, "only root may mount a read-only folder");
    assertThat(refusal(readOnly, data)).contains(data.toString(), "cannot be written");
  }

  @Test
  void a_folder_that_another_server_uses() {
    try (Program first = start(List.of(), data).ready(data)) {
      assertThat(refusal(List.of(), data))
          .contains(data.toString(), "in use", "process " + first.process.pid());
      assertThat(first.get("/health/live").status()).as("the first one").isEqualTo(200);
    }
  }

  @Test
  void an_example_with_mistakes(@TempDir Path examples) throws Exception {
    Path mine = Files.createDirectory(examples.resolve("mine"));
    Files.writeString(mine.resolve("bot.yaml"), "bot: mine\nwrong: 1\nnodes: {A: {odd: 1}}\n");
    assertThat(refusal(Program.launch(List.of(), data, "--examples", examples.toString()), data))
        .contains(mine.toString(), "wrong", "nodes.A.odd");
    Files.writeString(mine.resolve("bot.yaml"), "bot: mine\n\tnodes: {}\n");
    assertThat(refusal(Program.launch(List.of(), data, "--examples", examples.toString()), data))
        .contains(mine.toString(), "line 2");
  }

  private static String refusal(List<String> before, Path folder) {
    return refusal(start(before, folder), folder);
  }

  /** What it said, which is one sentence with its causes and no stack trace. */
  private static String refusal(Program.Starting starting, Path folder) {
    Assertions.assertThatThrownBy(() -> starting.ready(folder));
    try {
      assertThat(starting.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    String said = String.join("\n", starting.output());
    assertThat(starting.process().exitValue()).isEqualTo(1);
    assertThat(said).contains("patchbay: it did not start: ").doesNotContain("\tat ");
    return said;
  }

  private static Program.Starting start(List<String> before, Path folder) {
    return Program.launch(before, folder, "--examples", noExamples.toString());
  }

  private void copyUsed() throws Exception {
    for (String name : List.of("patchbay.db", "variables.key", "admin-token")) {
      Files.copy(used.resolve(name), data.resolve(name));
    }
  }
}
