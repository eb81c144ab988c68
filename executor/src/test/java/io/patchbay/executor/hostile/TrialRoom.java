package io.patchbay.executor.hostile;

import io.patchbay.executor.Executor;
import io.patchbay.executor.box.BoxedExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An executor with a work folder of its own; or the reason why there is none. */
final class TrialRoom implements AutoCloseable {
  private final Path work;
  private final Executor executor;
  private final @Nullable Trial trial;

  private TrialRoom(Path work, Executor executor, @Nullable Trial trial) {
    this.work = work;
    this.executor = executor;
    this.trial = trial;
  }

  static TrialRoom open(BoxLevel level) throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    Path work = workFolder();
    Executor executor = BoxedExecutor.start(level.config(work, clock));
    boolean available = executor.status().available();
    return new TrialRoom(work, executor, available ? Trial.on(executor, level, work, clock) : null);
  }

  /** The user that boxes run as must be able to pass through it. */
  static Path workFolder() throws IOException {
    Path work = Files.createTempDirectory("patchbay-hostile-");
    return Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx--x--x"));
  }

  /** Why there is no box, or not one as good as it must be. */
  Optional<String> whyNot() {
    return trial == null ? Optional.of(executor.status().description()) : Optional.empty();
  }

  /** How calls are contained. */
  String level() {
    return executor.status().description();
  }

  Trial trial() {
    return Objects.requireNonNull(trial, "there is no box");
  }

  @Override
  public void close() throws IOException {
    if (trial == null) {
      executor.close();
    } else {
      trial.close();
    }
    Files.delete(work); // fails if anything was left in it
  }
}
