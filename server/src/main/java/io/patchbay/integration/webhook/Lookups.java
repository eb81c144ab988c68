package io.patchbay.integration.webhook;

import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Resolves names within a deadline. The system's resolver blocks in native code: it can neither be
 * interrupted nor leave the carrier of a virtual thread, so it runs on platform threads of its own,
 * and its caller stops waiting in time. Callers that ask for the same name at once share a lookup,
 * so a name whose servers hang holds one thread, not all.
 */
final class Lookups implements AutoCloseable {
  private static final int THREADS = 32;

  /** How many addresses of one name are tried. */
  private static final int MAX_ADDRESSES = 16;

  private final HostResolver resolver;
  private final ExecutorService threads;
  private final ConcurrentHashMap<String, CompletableFuture<List<InetAddress>>> running =
      new ConcurrentHashMap<>();

  Lookups(HostResolver resolver) {
    this.resolver = resolver;
    var pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("webhook-dns-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  /**
   * @throws UnknownHostException when there is no address
   * @throws InterruptedIOException when the time is up or the caller was interrupted
   */
  List<InetAddress> lookup(String name, Duration wait)
      throws UnknownHostException, InterruptedIOException {
    try {
      return running
          .computeIfAbsent(name, this::start)
          .get(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new InterruptedIOException("the name was not resolved in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw new UnknownHostException("no address");
    }
  }

  private CompletableFuture<List<InetAddress>> start(String name) {
    var lookup = new CompletableFuture<List<InetAddress>>();
    threads.execute(() -> {
      try {
        List<InetAddress> addresses = resolver.resolve(name);
        if (addresses.isEmpty()) {
          throw new UnknownHostException("no address");
        }
        // Forgotten before it is told, so that whoever asks after the answer looks up anew.
        running.remove(name, lookup);
        lookup.complete(List.copyOf(addresses.stream().limit(MAX_ADDRESSES).toList()));
      } catch (UnknownHostException | RuntimeException e) {
        running.remove(name, lookup);
        lookup.completeExceptionally(e);
      }
    });
    return lookup;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
