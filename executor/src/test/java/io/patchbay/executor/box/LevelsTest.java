package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Executor.Level;
import io.patchbay.executor.Executor.Status;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import io.patchbay.executor.box.ExecutorConfig.Programs;
import io.patchbay.executor.net.Lookup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The strongest level that passes its self-test is taken, and the status says which and why. */
class LevelsTest {
  private static final Path NOWHERE = Path.of("/nowhere/program");
  private static final String WHOLE_ID = "import os\ndef main(e, c): return os.getpid() == 1";

  @TempDir Path folder;

  @Test
  void namespaces_come_first_where_they_can_be_had() {
    try (TestBox box = TestBox.start(Containment.NAMESPACES);
        BoxedExecutor auto = BoxedExecutor.start(config())) {
      assertThat(box.returned(WHOLE_ID)).isEqualTo("true");
      Status status = auto.status();
      assertThat(status.level()).isEqualTo(Level.NAMESPACES);
      assertThat(status.missing()).isEmpty();
      assertThat(status.connections()).isEqualTo("supervised");
      assertThat(status.machine().python()).startsWith("CPython 3.");
      assertThat(status.machine().processor()).isNotBlank();
      assertThat(status.machine().cgroup()).isNotBlank();
    }
  }

  @Test
  void without_bubblewrap_landlock_takes_over_and_the_status_says_why() {
    Programs standard = Programs.standard();
    Programs without = new Programs(standard.pythons(), NOWHERE, standard.setpriv(), List.of());
    try (TestBox box = TestBox.start(config(without, folder()), Lookup.system())) {
      assertThat(box.executor().status().level()).isEqualTo(Level.LANDLOCK);
      assertThat(box.executor().status().missing())
          .containsExactly(
              "namespaces: bubblewrap is missing. Install it: sudo apt-get install bubblewrap");
      assertThat(box.returned(WHOLE_ID)).isEqualTo("false");
    }
  }

  @Test
  void namespaces_that_are_forbidden_lead_to_landlock_and_the_reason_is_kept() throws Exception {
    Path forbidden =
        program("#!/bin/sh\necho 'bwrap: No permissions to create a new namespace'\nexit 1\n");
    Programs standard = Programs.standard();
    Programs programs = new Programs(standard.pythons(), forbidden, standard.setpriv(), List.of());
    try (TestBox box = TestBox.start(config(programs, folder()), Lookup.system())) {
      assertThat(box.executor().status().level()).isEqualTo(Level.LANDLOCK);
      assertThat(box.executor().status().missing().getFirst())
          .startsWith("namespaces: ")
          .contains("No permissions to create a new namespace");
    }
  }

  @Test
  void a_launcher_under_landlock_that_is_killed_leaves_no_process_and_no_file() throws Exception {
    Path work = folder();
    ExecutorConfig config = config(Programs.standard(), work).with(Containment.LANDLOCK);
    try (TestBox box = TestBox.start(config, Lookup.system())) {
      long before = Leftovers.settledProcesses();
      String source =
          """
          import os, time
          def main(e, c):
              os.makedirs("a/b"); open("a/b/c", "w").write("x"); os.mkdir("made")
              time.sleep(60)
          """;
      Thread caller = Thread.ofVirtual().start(() -> box.run(source, Duration.ofSeconds(60)));
      awaitFolder(work);
      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
      caller.join();
      assertThat(box.returned("def main(e, c): return 1")).isEqualTo("1");
      assertThat(Leftovers.awaitAtMost(before)).isLessThanOrEqualTo(before);
      assertThat(namesBelow(work)).noneMatch(name -> name.endsWith("/c"));
    }
    assertThat(namesBelow(work)).isEmpty();
  }

  private static void awaitFolder(Path work) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(50).toNanos();
    while (namesBelow(work).stream().noneMatch(name -> name.endsWith("/made"))) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(10);
    }
  }

  private static List<String> namesBelow(Path work) throws IOException {
    try (Stream<Path> all = Files.walk(work)) {
      return all.filter(path -> !path.equals(work)).map(Path::toString).toList();
    } catch (UncheckedIOException changing) {
      return List.of();
    }
  }

  private static ExecutorConfig config() {
    return ExecutorConfig.standard(TestBox.CLOCK);
  }

  private ExecutorConfig config(Programs programs, Path work) {
    return new ExecutorConfig(
        programs, work, Capacity.standard(), config().becomes(), TestBox.CLOCK);
  }

  private Path folder() {
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      Path work = folder.resolve("w");
      Files.createDirectories(work);
      Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx--x--x"));
      return work;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path program(String script) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path program = Files.writeString(folder.resolve("program"), script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }
}
