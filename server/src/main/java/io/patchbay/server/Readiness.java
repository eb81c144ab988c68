package io.patchbay.server;

import io.patchbay.http.OperatorRoutes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server can do its work: each part is tried for real, for a bounded time. Anybody may
 * ask, so all who ask within a while share one answer, and a part that is stuck is not tried again
 * before it comes back. Safe for use by many threads.
 */
final class Readiness {
  static final String OK = "ok";
  static final String NO_ANSWER = "no answer";

  /** All places of a part are taken: it works. */
  static final String BUSY = "busy";

  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final Set<String> GOOD = Set.of(OK, BUSY);
  private static final Duration SHARED = Duration.ofSeconds(1);

  private final List<Part> parts;
  private final Supplier<Map<String, String>> facts;
  private final Duration limit;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private @Nullable Look last;

  // Used by one look at a time.
  private Map<String, String> told = Map.of();

  /**
   * @param parts what must work, looked at all at once
   * @param facts that are shown beside them, not judged
   * @param limit how long one look waits for all of them
   * @param nanoTime as {@link System#nanoTime}
   */
  Readiness(
      List<Part> parts,
      Supplier<Map<String, String>> facts,
      Duration limit,
      LongSupplier nanoTime) {
    this.parts = List.copyOf(parts);
    this.facts = facts;
    this.limit = limit;
    this.nanoTime = nanoTime;
  }

  /** As it is now, or was a second ago. */
  OperatorRoutes.Readiness now() {
    Look look;
    boolean mine;
    lock.lock();
    try {
      Look before = last;
      mine = before == null || before.isOver(nanoTime.getAsLong());
      look = mine || before == null ? new Look() : before;
      last = look;
    } finally {
      lock.unlock();
    }
    if (mine) {
      // Not the caller's thread, whose interrupt would spoil the answer of all.
      Thread.ofVirtual().name("patchbay-ready").start(look.task);
    }
    return look.answer();
  }

  private OperatorRoutes.Readiness look() {
    long end = System.nanoTime() + limit.toNanos();
    parts.forEach(Part::begin);
    Map<String, String> states = new TreeMap<>();
    parts.forEach(part -> states.putAll(part.await(end - System.nanoTime())));
    if (!states.equals(told)) {
      told = Map.copyOf(states);
      LOG.info("ready: {}", states);
    }
    boolean ready = GOOD.containsAll(states.values());
    states.putAll(facts.get());
    return new OperatorRoutes.Readiness(ready, states);
  }

  /** One look at all parts, shared by all who wait for it. */
  private final class Look {
    private final FutureTask<OperatorRoutes.Readiness> task = new FutureTask<>(this::take);
    private volatile long ended;

    private OperatorRoutes.Readiness take() {
      try {
        return look();
      } finally {
        ended = nanoTime.getAsLong();
      }
    }

    boolean isOver(long now) {
      return task.isDone() && now - ended > SHARED.toNanos();
    }

    OperatorRoutes.Readiness answer() {
      try {
        return task.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException e) {
        LOG.warn("readiness could not be told", e);
      }
      return new OperatorRoutes.Readiness(false, Map.of());
    }
  }

  /** Something that must work. Used by one look at a time. */
  static final class Part {
    private final String name;
    private final Supplier<Map<String, String>> check;
    private FutureTask<Map<String, String>> running = new FutureTask<>(Map::of);
    private boolean begun;

    /**
     * @param name under which it is told that it gave no answer
     * @param check tries it; what was tried, to its state
     */
    Part(String name, Supplier<Map<String, String>> check) {
      this.name = name;
      this.check = check;
      running.run();
    }

    /** On a thread of its own, since what is stuck may hold it. */
    void begin() {
      begun = running.isDone();
      if (begun) {
        running = new FutureTask<>(check::get);
        Thread.ofPlatform().daemon().name("patchbay-ready-" + name).start(running);
      }
    }

    Map<String, String> await(long nanos) {
      try {
        return begun ? running.get(nanos, TimeUnit.NANOSECONDS) : Map.of(name, NO_ANSWER);
      } catch (TimeoutException e) {
        return Map.of(name, NO_ANSWER);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Map.of(name, NO_ANSWER);
      } catch (ExecutionException e) {
        LOG.warn("{} failed", name, e.getCause());
        return Map.of(name, "failed");
      }
    }
  }
}
