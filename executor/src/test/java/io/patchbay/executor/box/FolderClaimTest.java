package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderClaimTest {
  @TempDir Path work;

  @Test
  void what_a_dead_process_left_is_swept_and_nothing_else_is() throws IOException {
    Path abandoned = Files.createDirectories(work.resolve("box-dead/run"));
    FolderClaim.on(work.resolve("box-dead")).close();
    Path used = Files.createDirectory(work.resolve("box-used"));
    Path fresh = Files.createDirectory(work.resolve("box-being-made"));
    Path other = Files.createDirectories(work.resolve("other/run"));
    FolderClaim.on(work.resolve("other")).close();
    Path elsewhere = Files.createDirectory(work.resolve("elsewhere"));
    Files.createSymbolicLink(work.resolve("box-link"), elsewhere);
    FolderClaim.on(elsewhere).close();
    try (FolderClaim _ = FolderClaim.on(used)) {
      FolderClaim.sweep(work, "box-");
    }
    assertThat(abandoned).doesNotExist();
    assertThat(work.resolve("box-dead")).doesNotExist();
    assertThat(used).exists();
    assertThat(fresh).exists();
    assertThat(other).exists();
    assertThat(elsewhere).exists();
  }

  @Test
  void a_folder_in_use_cannot_be_claimed_twice() throws IOException {
    try (FolderClaim _ = FolderClaim.on(work)) {
      assertThatThrownBy(() -> FolderClaim.on(work)).hasMessageContaining("in use");
    }
    FolderClaim.on(work).close();
  }

  @Test
  void a_sweep_keeps_the_claims_of_its_own_process_against_others() throws Exception {
    Path python = Path.of("/usr/bin/python3");
    Assumptions.assumeTrue(Files.isExecutable(python), "no python");
    Path used = Files.createDirectory(work.resolve("box-used"));
    try (FolderClaim _ = FolderClaim.on(used)) {
      FolderClaim.sweep(work, "box-");
      String lock =
          "import fcntl,sys; fcntl.lockf(open(sys.argv[1],'r+'), fcntl.LOCK_EX|fcntl.LOCK_NB)";
      Process other =
          new ProcessBuilder(python.toString(), "-c", lock, used.resolve("in-use").toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(other.getInputStream().readAllBytes(), UTF_8);
      assertThat(other.waitFor()).isEqualTo(1);
      assertThat(said).contains("BlockingIOError");
    }
  }
}
