package io.patchbay.authoring;

import io.patchbay.authoring.PackageInstaller.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One installation for a draft, and what was said during it. Safe for use by many threads. */
final class PackageJob {
  private static final int MOST_LINES = 500;

  /** Others may be installed before; each of them takes some minutes at most. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final String requirements;
  private final CompletableFuture<Result> result = new CompletableFuture<>();
  private final List<String> log = new ArrayList<>();

  PackageJob(String requirements) {
    this.requirements = requirements;
  }

  boolean isFor(String text) {
    return requirements.equals(text);
  }

  void line(String text) {
    synchronized (log) {
      if (log.size() < MOST_LINES) {
        log.add(text);
      }
    }
  }

  void end(Result how) {
    result.complete(how);
  }

  List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  /** Empty while it runs, and where it succeeded. */
  Optional<String> error() {
    return result.getNow(new Result.Installed("")) instanceof Result.Failed(String why)
        ? Optional.of(why)
        : Optional.empty();
  }

  boolean hasSucceeded() {
    return result.isDone() && error().isEmpty();
  }

  Result await() {
    try {
      return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Result.Failed("the wait for the installation was interrupted");
    } catch (TimeoutException late) {
      return new Result.Failed("it is still being installed; train again when it is ready");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("it is never completed by an exception", impossible);
    }
  }
}
