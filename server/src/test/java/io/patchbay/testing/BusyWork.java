package io.patchbay.testing;

import io.patchbay.executor.work.Budget;
import io.patchbay.executor.work.Work;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server whose threads for large work are all taken, until {@link #release}. */
public final class BusyWork implements AutoCloseable {
  private static final int THREADS = 2;

  private final Work work =
      Work.start(new Work.Settings(THREADS, 1L << 30, Duration.ofMillis(5)), _ -> {});
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch release = new CountDownLatch(1);

  public BusyWork() {
    var taken = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      String owner = "busy" + i;
      var _ =
          requests.submit(() ->
              work.serve(
                  owner,
                  () ->
                      Budget.spend(
                          2 * Budget.SMALL,
                          () -> {
                            taken.countDown();
                            release.await();
                            return owner;
                          })));
    }
    try {
      taken.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Serves a request as the server does. */
  public <T> T serve(Callable<T> request) {
    try {
      return requests.submit(() -> work.serve("bot", request::call)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From now on there is room. */
  public void release() {
    release.countDown();
  }

  @Override
  public void close() {
    release();
    requests.close();
    work.close();
  }
}
