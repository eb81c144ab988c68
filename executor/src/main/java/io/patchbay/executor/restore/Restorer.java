package io.patchbay.executor.restore;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts processes back to their snapshots, on one platform thread, since only the thread that has
 * stopped a process can go on with it. Safe for use by many threads.
 */
public final class Restorer implements AutoCloseable {
  private static final String NOT_YET = "it does not wait";
  private static final Duration FIRST_PAUSE = Duration.ofNanos(50_000);

  /**
   * For a process on its way to where it waits, each after twice the pause of the one before;
   * together they take less than a second.
   */
  private static final int LOOKS = 14;

  private final ScheduledThreadPoolExecutor thread;

  // Of that thread.
  private final Map<Integer, HeldProcess> held = new HashMap<>();
  private @Nullable Kernel kernel;
  private @Nullable Pages pages;
  private @Nullable PageStore store;

  private Restorer() {
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("executor-restore").factory());
  }

  /** Empty where this processor is none that it knows. */
  public static Optional<Restorer> start() {
    return System.getProperty("os.arch").equals("amd64")
        ? Optional.of(new Restorer())
        : Optional.empty();
  }

  /**
   * What came of putting a process back.
   *
   * @param problem why it could not be; then the process is stopped, and must be ended
   * @param pages that were written back
   * @param nanos that it took
   */
  public record Restored(Optional<String> problem, int pages, long nanos) {
    /** Of a process that is new. */
    public static final Restored NEVER = new Restored(Optional.empty(), 0, 0);

    static Restored not(String why) {
      return new Restored(Optional.of(why), 0, 0);
    }
  }

  /**
   * What came of a snapshot.
   *
   * @param problem why there is none
   * @param bytes of memory that were copied
   */
  public record Taken(Optional<String> problem, long bytes) {
    static Taken not(String why) {
      return new Taken(Optional.of(why), 0);
    }
  }

  /**
   * Takes from a process what it is put back with; it has not loaded any code.
   *
   * @param process its id as this process sees it
   * @return why it cannot be
   */
  public Optional<String> hold(int process) {
    return await(
            () -> {
              HeldProcess taken = new HeldProcess(kernel(), pages(), store(), process);
              HeldProcess before = held.put(process, taken);
              if (before != null) {
                before.close();
              }
              return new Taken(Optional.empty(), 0);
            })
        .problem();
  }

  /**
   * The moment to which it is put back is when it waits, which it is about to. Blocks until then.
   */
  public Taken snapshot(int process) {
    Duration pause = FIRST_PAUSE;
    for (int i = 0; i < LOOKS; i++) {
      Taken taken = await(() -> of(process).sleeps() ? of(process).snapshot() : Taken.not(NOT_YET));
      if (!taken.problem().equals(Optional.of(NOT_YET))) {
        return taken;
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return Taken.not("interrupted");
      }
      pause = pause.multipliedBy(2);
    }
    return Taken.not(NOT_YET);
  }

  /**
   * Puts it back, at some time.
   *
   * @param touched whether what only the supervisor sees was changed; asked while it is stopped
   * @param told what came of it, on the restorer's thread
   */
  public void restore(int process, BooleanSupplier touched, Consumer<Restored> told) {
    try {
      thread.execute(() -> restore(process, touched, told, LOOKS, FIRST_PAUSE));
    } catch (RejectedExecutionException closed) {
      told.accept(Restored.not("the executor ends"));
    }
  }

  /** Later again, while it is on its way to where it waits; others need not wait for that. */
  private void restore(
      int process, BooleanSupplier touched, Consumer<Restored> told, int looks, Duration pause) {
    Restored restored;
    try {
      HeldProcess found = of(process);
      if (looks > 0 && !found.sleeps()) {
        Runnable again = () -> restore(process, touched, told, looks - 1, pause.multipliedBy(2));
        var _ = thread.schedule(again, pause.toNanos(), TimeUnit.NANOSECONDS);
        return;
      }
      restored = found.restore(touched);
    } catch (GoneException | RuntimeException gone) {
      restored = Restored.not(String.valueOf(gone.getMessage()));
    }
    told.accept(restored);
  }

  /** It has ended, or will not be put back any more. */
  public void forget(int process) {
    try {
      thread.execute(() -> {
        HeldProcess gone = held.remove(process);
        if (gone != null) {
          gone.close();
        }
      });
    } catch (RejectedExecutionException closed) {
      // What was held has gone with the thread.
    }
  }

  private interface Task {
    Taken run() throws GoneException;
  }

  private Taken await(Task task) {
    CompletableFuture<Taken> done = new CompletableFuture<>();
    try {
      thread.execute(() -> {
        try {
          done.complete(task.run());
        } catch (GoneException | RuntimeException gone) {
          done.complete(Taken.not(String.valueOf(gone.getMessage())));
        }
      });
      return done.get();
    } catch (RejectedExecutionException | ExecutionException closed) {
      return Taken.not("the executor ends");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Taken.not("interrupted");
    }
  }

  private HeldProcess of(int process) throws GoneException {
    HeldProcess found = held.get(process);
    if (found == null) {
      throw new GoneException("it is not held");
    }
    return found;
  }

  private Kernel kernel() {
    if (kernel == null) {
      kernel = new Kernel(Arena.ofAuto());
    }
    return kernel;
  }

  private Pages pages() {
    if (pages == null) {
      pages = new Pages(kernel(), Arena.ofAuto());
    }
    return pages;
  }

  private PageStore store() {
    if (store == null) {
      store = new PageStore(kernel(), Arena.ofAuto());
    }
    return store;
  }

  @Override
  public void close() {
    try {
      thread.execute(() -> {
        held.values().forEach(HeldProcess::close);
        held.clear();
        if (store != null) {
          store.close();
        }
      });
    } catch (RejectedExecutionException before) {
      // Closed twice.
    }
    thread.shutdown();
    try {
      var _ = thread.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
