package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
