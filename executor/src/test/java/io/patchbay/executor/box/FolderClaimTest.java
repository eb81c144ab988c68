package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  @Test
  void many_that_sweep_at_once_do_not_disturb_each_other() throws Exception {
    for (int i = 0; i < 100; i++) {
      Path folder = Files.createDirectories(work.resolve("box-" + i));
      Files.createDirectories(folder.resolve("run/deep"));
      FolderClaim.on(folder).close();
    }
    List<Callable<Void>> sweeps =
        Collections.nCopies(
            8,
            () -> {
              FolderClaim.sweep(work, "box-");
              return null;
            });
    try (ExecutorService threads = Executors.newFixedThreadPool(sweeps.size())) {
      for (Future<Void> sweep : threads.invokeAll(sweeps)) {
        sweep.get();
      }
    }
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void nobody_finds_a_lock_file_before_it_is_locked() throws Exception {
    Path python = Path.of("/usr/bin/python3");
    Assumptions.assumeTrue(Files.isExecutable(python), "no python");
    // Looks as fast as it can for a file that it can lock, until it is told to end.
    String look =
        """
        import fcntl, glob, select, sys
        print("looking", flush=True)
        seen = set()
        while not select.select([sys.stdin], [], [], 0)[0]:
            for path in set(glob.glob(sys.argv[1] + "/box-*/in-use")) - seen:
                seen.add(path)
                try:
                    fcntl.lockf(open(path, "r+"), fcntl.LOCK_EX | fcntl.LOCK_NB)
                    print("free:", path)
                except OSError:
                    pass
        """;
    Process other =
        new ProcessBuilder(python.toString(), "-c", look, work.toString())
            .redirectErrorStream(true)
            .start();
    List<FolderClaim> claims = new ArrayList<>();
    try (BufferedReader said = other.inputReader(UTF_8)) {
      assertThat(said.readLine()).isEqualTo("looking");
      for (int i = 0; i < 300; i++) {
        claims.add(FolderClaim.on(Files.createDirectory(work.resolve("box-" + i))));
      }
      other.outputWriter(UTF_8).close();
      assertThat(said.readAllAsString()).isEmpty();
    } finally {
      other.destroyForcibly();
      for (FolderClaim claim : claims) {
        claim.close();
      }
    }
  }
}
