package io.patchbay.executor.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.packages.PackageSets.Outcome.Ready;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KilledInstallTest {
  private static final int FILES = 60;

  @TempDir Path temporary;

  /**
   * @param millis from when the wheel is asked for until the kill: while it is resolved, unpacked,
   *     written
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 150, 300, 600})
  void a_process_that_is_killed_leaves_no_process_and_no_half_of_a_set(int millis)
      throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
    CountDownLatch reached = new CountDownLatch(1);
    try (TinyIndex index = TinyIndex.start()) {
      index.with(Wheel.withManyFiles("many", FILES));
      index.beforeFiles(reached::countDown);
      // Skips the test where no box can be had.
      TestSets.open(temporary, index.url()).close();
      Process child = start(index.url());
      assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
      Thread.sleep(millis);
      List<ProcessHandle> below = child.descendants().toList();
      child.destroyForcibly().waitFor();
      for (ProcessHandle process : below) {
        process.onExit().get(60, TimeUnit.SECONDS);
      }
      try (TestSets sets = TestSets.open(temporary, index.url())) {
        assertThat(sets.folders()).allMatch(name -> name.matches("[0-9a-f]{32}"));
        for (String set : sets.folders()) {
          assertThat(files(temporary.resolve("packages").resolve(set))).isEqualTo(FILES);
        }
        Ready ready = TestSets.ready(sets.install("many\n"));
        assertThat(files(sets.path(ready))).isEqualTo(FILES);
      }
    }
  }

  private Process start(String index) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            InstallMain.class.getName(),
            temporary.resolve("packages").toString(),
            index,
            "many\n")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectErrorStream(true)
        .start();
  }

  private static long files(Path set) throws IOException {
    try (Stream<Path> all = Files.list(set.resolve("many"))) {
      return all.count();
    }
  }
}
