package io.patchbay.executor.hostile;

import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
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
  private final Optional<String> whyNot;

  private TrialRoom(Path work, Executor executor, @Nullable Trial trial, Optional<String> whyNot) {
    this.work = work;
    this.executor = executor;
    this.trial = trial;
    this.whyNot = whyNot;
  }

  /**
   * @param isolation of the hostile code and of all others
   */
  static TrialRoom open(BoxLevel level, Isolation isolation)
      throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    Path work = workFolder();
    Executor executor = BoxedExecutor.start(level.config(work, isolation, clock));
    Optional<String> whyNot = whyNot(executor, isolation, clock);
    Trial trial = whyNot.isEmpty() ? Trial.on(executor, level, isolation, work, clock) : null;
    return new TrialRoom(work, executor, trial, whyNot);
  }

  private static Optional<String> whyNot(Executor executor, Isolation isolation, Clock clock)
      throws InterruptedException {
    if (!executor.status().available()) {
      return Optional.of(executor.status().description());
    }
    if (isolation != Isolation.RESTORED) {
      return Optional.empty();
    }
    String state = RestoreProven.on(executor, clock);
    return state.equals("restored")
        ? Optional.empty()
        : Optional.of("nothing is restored: " + state);
  }

  /** The user that boxes run as must be able to pass through it. */
  static Path workFolder() throws IOException {
    Path work = Files.createTempDirectory("patchbay-hostile-");
    return Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx--x--x"));
  }

  /** Why there is no box, or not one as good as it must be. */
  Optional<String> whyNot() {
    return whyNot;
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
