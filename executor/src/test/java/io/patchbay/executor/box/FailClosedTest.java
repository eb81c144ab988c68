package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import io.patchbay.executor.box.ExecutorConfig.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where no box can be had nothing runs, and the reason is told. */
class FailClosedTest {
  private static final Programs PROGRAMS = Programs.standard();
  private static final Path NOWHERE = Path.of("/nowhere/program");

  @TempDir Path folder;

  @Test
  void without_bubblewrap_nothing_runs_and_the_command_that_installs_it_is_told() {
    assertRefused(
        config(new Programs(PROGRAMS.pythons(), NOWHERE, PROGRAMS.setpriv(), List.of())),
        "apt-get install bubblewrap");
  }

  @Test
  void without_python_nothing_runs() {
    assertRefused(
        config(
            new Programs(
                List.of(NOWHERE, Path.of("/usr/bin/true")),
                PROGRAMS.bubblewrap(),
                PROGRAMS.setpriv(),
                List.of())),
        "apt-get install python3");
  }

  @Test
  void a_box_that_cannot_be_made_runs_nothing_and_says_why() throws IOException {
    Path broken = program("#!/bin/sh\necho 'bwrap: No permissions to create a new namespace'\n");
    assertRefused(
        config(new Programs(PROGRAMS.pythons(), broken, PROGRAMS.setpriv(), List.of())),
        "No permissions to create a new namespace");
  }

  @Test
  void a_box_that_is_open_fails_its_self_test() throws IOException {
    // Takes bubblewrap's place, and forgets to make the root folder read-only.
    Path open =
        program(
            """
            #!/bin/bash
            kept=()
            while [ $# -gt 0 ]; do
              if [ "$1 $2" = "--remount-ro /" ]; then shift 2; else kept+=("$1"); shift; fi
            done
            exec %s "${kept[@]}"
            """
                .formatted(PROGRAMS.bubblewrap()));
    assertRefused(
        config(new Programs(PROGRAMS.pythons(), open, PROGRAMS.setpriv(), List.of())),
        "the box is open: [\"writable /\"]");
  }

  @Test
  void root_that_becomes_nobody_is_refused() {
    Assumptions.assumeTrue(Identity.isRoot(), "needs root");
    ExecutorConfig config =
        new ExecutorConfig(
            PROGRAMS, Path.of("/tmp"), Capacity.standard(), Optional.empty(), TestBox.CLOCK);
    assertRefused(config, "root");
  }

  @Test
  void a_configuration_that_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new Capacity(0, 1, 0, 1L << 30)).hasMessageContaining("concurrency");
    assertThatThrownBy(() -> new Capacity(1, -1, 0, 1L << 30)).hasMessageContaining("queue");
    assertThatThrownBy(() -> new Capacity(1, 1, 501, 1L << 30)).hasMessageContaining("ready");
    assertThatThrownBy(() -> new Capacity(1, 1, 0, 1)).hasMessageContaining("maxMemory");
    assertThatThrownBy(() -> Capacity.of(1, 1L << 30)).hasMessageContaining("memory is 1,");
    assertThatThrownBy(() -> new Identity(0, 5)).hasMessageContaining("unprivileged");
    assertThatThrownBy(() ->
            new ExecutorConfig(
                PROGRAMS, NOWHERE, Capacity.standard(), Optional.empty(), TestBox.CLOCK))
        .hasMessageContaining("work");
  }

  private ExecutorConfig config(Programs programs) {
    ExecutorConfig standard = ExecutorConfig.standard(TestBox.CLOCK);
    return new ExecutorConfig(
            programs, standard.work(), standard.capacity(), standard.becomes(), TestBox.CLOCK)
        .with(Containment.NAMESPACES);
  }

  private Path program(String script) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path program = Files.writeString(folder.resolve("program"), script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }

  private static void assertRefused(ExecutorConfig config, String reason) {
    try (BoxedExecutor executor = BoxedExecutor.start(config)) {
      assertThat(executor.status().available()).isFalse();
      assertThat(executor.status().description()).contains(reason);
      Execution execution =
          executor.run(
              new CodeCall(
                  "id",
                  "NODE",
                  "def main(e, c): return 1",
                  "{}",
                  TestBox.CLOCK.instant().plus(Duration.ofSeconds(5)),
                  TestBox.MEMORY));
      assertThat(TestBox.failed(execution).reason()).isEqualTo(Reason.SANDBOX_UNAVAILABLE);
      assertThat(executor.check("x = 1")).as("not checked is not fine").hasSize(1);
    }
  }
}
