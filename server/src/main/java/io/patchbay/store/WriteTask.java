package io.patchbay.store;

import io.patchbay.base.Refusal;
import io.patchbay.store.StoreFailure.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * One unit of writes on its way to the writer thread and back. Its outcome is known to the caller
 * only once {@link #answer} is called, after the commit.
 *
 * @param <T> what the unit returns
 */
final class WriteTask<T> {
  private final Load load;
  private final Function<Session, T> unit;
  private final boolean powerLoss;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private Runnable outcome = () -> {};

  /**
   * @param load whose it is, and its size
   * @param unit touches nothing but its session, since it may be run again after its transaction
   *     was lost
   * @param powerLoss whether it must survive the loss of power, or the death of the process only
   */
  WriteTask(Load load, Function<Session, T> unit, boolean powerLoss) {
    this.load = load;
    this.unit = unit;
    this.powerLoss = powerLoss;
  }

  Load load() {
    return load;
  }

  boolean powerLoss() {
    return powerLoss;
  }

  /** Writer and waiting caller both try; the one that succeeds decides whether it is run. */
  boolean take() {
    return taken.compareAndSet(false, true);
  }

  /**
   * Runs the unit inside a savepoint, so that its refusal undoes only itself.
   *
   * @throws RuntimeException it failed in another way: neither the session nor what was done on it
   *     is of use any more; nor after an error
   */
  void run(Session session) {
    session.on("savepoint unit").execute();
    try {
      T result = unit.apply(session);
      outcome = () -> answer.complete(result);
    } catch (Refusal e) {
      session.on("rollback to unit").execute();
      fail(e);
    }
    session.on("release unit").execute();
  }

  /** Sets a failed outcome. */
  void fail(Throwable e) {
    Throwable failure = e instanceof DataAccessException sql ? SqliteErrors.failure(sql) : e;
    outcome = () -> answer.completeExceptionally(failure);
  }

  /** Tells the caller what came of it. */
  void answer() {
    outcome.run();
  }

  /**
   * Waits for the answer. An interrupt does not end the wait, since the caller would not know
   * whether its write is kept; it is there again afterwards.
   */
  T await(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    } catch (TimeoutException e) {
      throw late(limit);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException thrown(@Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      case null, default -> new IllegalStateException(cause);
    };
  }

  private StoreFailure late(Duration limit) {
    return take()
        ? new StoreFailure(
            Kind.BUSY, "The write waited for " + limit.toMillis() + " ms and was given up")
        : new StoreFailure(
            Kind.UNKNOWN, "The write did not end within " + limit.toMillis() + " ms");
  }
}
