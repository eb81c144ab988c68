package io.patchbay.executor.packages;

import io.patchbay.executor.box.InstallerBox;
import io.patchbay.executor.box.InstallerBox.Ended;
import io.patchbay.executor.packages.Installation.NotNeededException;
import io.patchbay.executor.packages.Installation.Wish;
import io.patchbay.executor.packages.PackageSets.Outcome;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs installations, two at a time, and each of them once, however many ask for it. */
final class Builds implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Builds.class.getName());
  private static final int AT_ONCE = 2;
  private static final int MOST_WAITING = 100;

  private final PackageSets.Config config;
  private final SetFolder folder;
  private final Optional<InstallerBox> box;
  private final Function<PackageLock, Outcome.Ready> known;
  private final ThreadPoolExecutor threads;
  private final Map<Wish, Build> wished = new ConcurrentHashMap<>();
  private final Map<String, Build> made = new ConcurrentHashMap<>();

  /**
   * @param known what a lock leads to, once its set is there
   */
  Builds(
      PackageSets.Config config,
      SetFolder folder,
      PackageSets.Tools tools,
      Function<PackageLock, Outcome.Ready> known) {
    this.config = config;
    this.folder = folder;
    this.box = tools.box();
    this.known = known;
    // Platform threads that stay: bubblewrap ends with the thread that started it.
    this.threads =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("executor-packages-", 0).factory());
  }

  /** Blocks until it is made, by this caller's doing or another's. */
  Outcome make(Wish wish, Consumer<String> log) {
    Build fresh = new Build();
    fresh.tell(log);
    Build build = wished.putIfAbsent(wish, fresh);
    if (build != null) {
      build.tell(log);
      return build.await();
    }
    try {
      threads.execute(() -> {
        Outcome outcome = new Outcome.Failed("the installation broke off");
        try {
          outcome = run(wish, fresh);
        } finally {
          wished.remove(wish);
          fresh.end(outcome);
        }
      });
    } catch (RejectedExecutionException full) {
      wished.remove(wish);
      fresh.end(new Outcome.Failed("too many installations are waiting; try again later"));
    }
    return fresh.await();
  }

  private Outcome run(Wish wish, Build build) {
    if (box.isEmpty()) {
      return new Outcome.Failed("nothing can be installed, since there is no box for it");
    }
    Claims claims = new Claims(build);
    try (Installation installation =
        new Installation(
            wish, config.index(), config.bounds(), folder, build::line, claims::take)) {
      return converse(box.get(), installation, claims);
    } catch (IOException | RuntimeException failed) {
      LOG.log(Level.WARNING, "packages were not installed: {0}", shown(failed));
      return new Outcome.Failed(shown(failed));
    } finally {
      claims.giveUp();
    }
  }

  private Outcome converse(InstallerBox in, Installation installation, Claims claims)
      throws IOException {
    Build build = claims.build;
    try {
      Ended ended = in.run(installation, config.bounds().time());
      ended.refused().forEach(line -> build.line(config.index().masked(line.message())));
      Optional<String> problem = ended.problem().or(installation::problem);
      if (problem.isPresent()) {
        return new Outcome.Failed(problem.get());
      }
    } catch (NotNeededException notNeeded) {
      return elsewhere(installation.lock().orElseThrow(), claims);
    }
    Outcome.Ready ready = known.apply(installation.lock().orElse(PackageLock.EMPTY));
    if (ready.set().isPresent()) {
      installation.publish(ready.set().get());
      build.line("Installed as " + ready.set().get());
    }
    return ready;
  }

  /** The set is there, or another build makes it, or has failed to since we asked. */
  private Outcome elsewhere(PackageLock lock, Claims claims) {
    Outcome.Ready ready = known.apply(lock);
    if (claims.other.map(Build::await).orElse(ready) instanceof Outcome.Failed failed) {
      return failed;
    }
    claims.build.line("Found as " + ready.set().orElseThrow());
    return ready;
  }

  private String shown(Exception failed) {
    return config.index().masked(String.valueOf(failed.getMessage()));
  }

  /** Ends what runs, idempotent. */
  @Override
  public void close() {
    threads.shutdownNow();
    box.ifPresent(InstallerBox::close);
    wished.values().forEach(build -> build.end(new Outcome.Failed("the server was stopped")));
  }

  /** Which set one build makes, so that no other makes the same. */
  private final class Claims {
    private final Build build;
    private Optional<String> claimed = Optional.empty();
    private Optional<Build> other = Optional.empty();

    Claims(Build build) {
      this.build = build;
    }

    boolean take(PackageLock lock) {
      String set = known.apply(lock).set().orElseThrow();
      other = Optional.ofNullable(made.putIfAbsent(set, build));
      if (other.isPresent()) {
        return false;
      }
      claimed = Optional.of(set);
      return !folder.has(set);
    }

    void giveUp() {
      claimed.ifPresent(made::remove);
    }
  }

  /** What is being made, and who wants to hear of it. */
  private static final class Build {
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    void tell(Consumer<String> log) {
      listeners.add(log);
    }

    void line(String text) {
      listeners.forEach(log -> log.accept(text));
    }

    void end(Outcome how) {
      outcome.complete(how);
    }

    Outcome await() {
      try {
        return outcome.get();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new Outcome.Failed("the installation was interrupted");
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
