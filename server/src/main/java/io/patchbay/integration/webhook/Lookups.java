package io.patchbay.integration.webhook;

import io.patchbay.executor.work.Admission;
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
 * and its caller stops waiting in time. Callers that ask for a name that is being looked up share
 * it, so a name whose servers hang holds one thread, not all; and a bot whose names hang holds its
 * share of the threads, not all.
 */
final class Lookups implements AutoCloseable {
  private static final int THREADS = 64;

  /** Names that one bot has looked up at once. */
  static final int MOST_OF_ONE = 8;

  private static final int MOST_WAITING = 1000;

  /** How many addresses of one name are tried. */
  private static final int MAX_ADDRESSES = 16;

  private final HostResolver resolver;
  private final ExecutorService threads;
  private final Admission admission = new Admission(THREADS, MOST_OF_ONE, MOST_WAITING);
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

  /** Too many names of this bot, or of all, wait to be looked up. */
  static final class CrowdedException extends UnknownHostException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param bot whose share of the threads is used
   * @throws UnknownHostException when there is no address
   * @throws CrowdedException when nobody more can wait for a thread
   * @throws InterruptedIOException when the time is up or the caller was interrupted
   */
  List<InetAddress> lookup(String bot, String name, Duration wait)
      throws UnknownHostException, InterruptedIOException {
    long end = System.nanoTime() + wait.toNanos();
    CompletableFuture<List<InetAddress>> lookup = running.get(name);
    if (lookup == null) {
      lookup = enter(bot, name, wait);
    }
    try {
      return lookup.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new InterruptedIOException("the name was not resolved in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw new UnknownHostException("no address");
    }
  }

  /** A lookup is shared only once it has its thread: nobody waits for the places of another bot. */
  private CompletableFuture<List<InetAddress>> enter(String bot, String name, Duration wait)
      throws CrowdedException, InterruptedIOException {
    return switch (admission.enter(bot, wait)) {
      case ENTERED -> {
        var fresh = new CompletableFuture<List<InetAddress>>();
        CompletableFuture<List<InetAddress>> known = running.putIfAbsent(name, fresh);
        if (known == null) {
          start(bot, name, fresh);
        } else {
          admission.leave(bot);
        }
        yield known == null ? fresh : known;
      }
      case FULL, TOO_MUCH -> throw new CrowdedException();
      case TIMED_OUT -> throw new InterruptedIOException("no thread in time");
      case INTERRUPTED, WITHDRAWN -> throw new InterruptedIOException("interrupted");
    };
  }

  private void start(String bot, String name, CompletableFuture<List<InetAddress>> lookup) {
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
      } finally {
        admission.leave(bot);
      }
    });
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
