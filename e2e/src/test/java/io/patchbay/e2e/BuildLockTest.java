package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts' build, with a Maven that only notes when it begins and ends. */
class BuildLockTest {
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo begins >>log
      until [[ -e go ]]; do sleep 0.05; done
      mkdir -p server/target/lib
      touch server/target/patchbay-server-1.jar
      echo ends >>log
      """;

  @TempDir Path root;

  @Test
  void a_build_whose_script_was_killed_ends_before_the_next_one_begins() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/flock")), "flock is not installed");
    project();
    Process killed = build();
    await(() -> log().equals(List.of("begins")));
    killed.destroyForcibly().waitFor();
    Process next = build();
    await(() -> log().size() > 1 || waitsForTheLock(next));
    Files.createFile(root.resolve("go"));
    assertThat(next.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(next.exitValue()).isZero();
    assertThat(log()).containsExactly("begins", "ends", "begins", "ends");
  }

  private void project() throws IOException {
    Files.createDirectories(root.resolve("scripts"));
    Files.createDirectories(root.resolve("server"));
    Files.copy(Program.ROOT.resolve("scripts/lib.sh"), root.resolve("scripts/lib.sh"));
    for (String module : List.of("", "server/")) {
      Files.writeString(root.resolve(module + "pom.xml"), "<version>1</version>\n");
    }
    Path maven = Files.writeString(root.resolve("mvnw"), MAVEN);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
  }

  private Process build() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euc", "ROOT=$PWD; . scripts/lib.sh; ensure_built");
    // Without a Python nothing is started to prepare quick starts.
    builder.environment().remove("PATCHBAY_PYTHON");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return builder.directory(root.toFile()).start();
  }

  private List<String> log() {
    try {
      Path log = root.resolve("log");
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean waitsForTheLock(Process script) {
    return script
        .children()
        .anyMatch(child -> child.info().command().orElse("").endsWith("/flock"));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("half a minute is over").isLessThan(until);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
