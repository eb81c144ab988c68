package io.patchbay.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.patchbay.bot.Environment;
import io.patchbay.conversation.TurnObserver;
import io.patchbay.executor.work.Budget;
import io.patchbay.executor.work.Work;
import io.patchbay.integration.InvocationObserver;
import io.patchbay.integration.InvocationRecord;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that is measured, from {@link #start} to {@link #close}. Safe for use by many threads. */
public final class Metrics implements InvocationObserver, TurnObserver, AutoCloseable {
  /** Always large work: some 20 KB, each character several times. */
  private static final long SCRAPE = Budget.SMALL + 1;

  private final PrometheusMeterRegistry registry;
  private final Machine machine;
  private final Sources sources;
  private final InvocationMeters invocations;
  private final TurnMeters turns;
  private final RequestMeters requests;

  /** One at a time; who asks while one is made gets the next, with all others who asked. */
  private final ReentrantLock scraping = new ReentrantLock();

  // guarded by scraping
  private @Nullable Scrape scrape;

  /**
   * What is asked whenever somebody reads.
   *
   * @param sandbox whether code can run
   * @param commits transactions of the store since the start
   * @param written units of writes in them
   * @param waiting units of writes that wait for a transaction now
   * @param work what requests share
   * @param restores of processes that serve one call after the other
   */
  public record Sources(
      BooleanSupplier sandbox,
      LongSupplier commits,
      LongSupplier written,
      IntSupplier waiting,
      Supplier<Work.State> work,
      Supplier<Restores> restores) {}

  /**
   * Processes between two calls of code.
   *
   * @param restored that were put back, since the start
   * @param discarded that could not be, since the start, by what had changed
   * @param waiting for a call now
   * @param waitingBytes of memory that these may take
   */
  public record Restores(
      long restored, Map<String, Long> discarded, int waiting, long waitingBytes) {
    private long discardedFor(String reason) {
      return discarded.getOrDefault(reason, 0L);
    }
  }

  private Metrics(PrometheusMeterRegistry registry, Machine machine, Sources sources) {
    this.registry = registry;
    this.machine = machine;
    this.sources = sources;
    this.invocations = new InvocationMeters(registry);
    this.turns = new TurnMeters(registry);
    this.requests = new RequestMeters(registry);
  }

  /**
   * @param version of this server
   */
  public static Metrics start(String version, Sources sources) {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var metrics = new Metrics(registry, Machine.watch(registry), sources);
    metrics.askSources(version);
    return metrics;
  }

  private void askSources(String version) {
    Gauge.builder("patchbay.info", () -> 1)
        .description("Always 1; its label has the version of the server")
        .tag("version", version)
        .register(registry);
    Gauge.builder("patchbay.sandbox.available", () -> sources.sandbox.getAsBoolean() ? 1 : 0)
        .description("Whether builders' code can run: 1 or 0")
        .register(registry);
    FunctionCounter.builder("patchbay.store.commits", sources, s -> s.commits.getAsLong())
        .description("Transactions of the store")
        .register(registry);
    FunctionCounter.builder("patchbay.store.writes", sources, s -> s.written.getAsLong())
        .description("Units of writes in these transactions: the more to one, the better it shares")
        .register(registry);
    Gauge.builder("patchbay.store.writes.waiting", () -> sources.waiting.getAsInt())
        .description("Units of writes that wait for a transaction now")
        .register(registry);
    askWork();
    askRestores();
  }

  private void askRestores() {
    Supplier<Restores> restores = sources.restores;
    FunctionCounter.builder("patchbay.restores", restores, r -> r.get().restored())
        .description("Processes that were put back to the moment before a call of code")
        .register(registry);
    Gauge.builder("patchbay.waiting.processes", () -> restores.get().waiting())
        .description("Processes that have loaded their code and wait for a call now")
        .register(registry);
    Gauge.builder("patchbay.waiting.processes.memory", () -> restores.get().waitingBytes())
        .description("Memory that they may take")
        .baseUnit("bytes")
        .register(registry);
  }

  /** A reason is known once it has come up; one is there from the start. */
  private void askReasons() {
    Supplier<Restores> restores = sources.restores;
    Set<String> reasons = new HashSet<>(restores.get().discarded().keySet());
    reasons.add("files");
    for (String reason : reasons) {
      FunctionCounter.builder(
              "patchbay.restores.discarded", restores, r -> r.get().discardedFor(reason))
          .description("Processes that could not be put back, and were ended, by what had changed")
          .tag("reason", reason)
          .register(registry);
    }
  }

  private void askWork() {
    Supplier<Work.State> work = sources.work;
    FunctionCounter.builder("patchbay.work.tasks", work, w -> w.get().tasks())
        .description("Pieces of large work, such as reading long JSON, done aside")
        .register(registry);
    FunctionCounter.builder("patchbay.work.busy", work, w -> w.get().busy().toNanos() / 1e9)
        .description("Time that their threads were busy with it")
        .baseUnit("seconds")
        .register(registry);
    FunctionCounter.builder("patchbay.work.refused", work, w -> w.get().refused())
        .description("Requests for which there was no thread or no memory in time")
        .register(registry);
    Gauge.builder("patchbay.work.waiting", () -> work.get().waiting())
        .description("Requests that wait for a thread or for memory now")
        .register(registry);
    Gauge.builder("patchbay.work.held", () -> work.get().heldBytes())
        .description("Memory that large things in flight are reckoned to take")
        .baseUnit("bytes")
        .register(registry);
    FunctionCounter.builder("patchbay.carriers.held", work, w -> w.get().alarms())
        .description(
            "Requests that computed for long where all others wait; the log has their stacks")
        .register(registry);
  }

  @Override
  public void finished(InvocationRecord record) {
    invocations.finished(record);
  }

  @Override
  public void ended(Environment environment, String state, Optional<String> broke, Duration took) {
    turns.ended(environment, state, broke, took);
  }

  @Override
  public void repeated(Environment environment) {
    turns.repeated(environment);
  }

  /** Counts an answered request; method and route come from the route table. */
  public void answered(String method, String route, int status, Duration took) {
    requests.answered(method, route, status, took);
  }

  /**
   * Counts connections of HTTP.
   *
   * @param more 1 or -1
   */
  public void connected(int more) {
    requests.connected(more);
  }

  /** Counts a connection, or a request on one, for which there was no room. */
  public void connectionRefused() {
    requests.refused();
  }

  /** Counts a client that took too long to say what it wants. */
  public void slowHead() {
    requests.slowHead();
  }

  /** Counts a client that took too long to read its answer. */
  public void slowReader() {
    requests.slowReader();
  }

  /** Everything as it is now, in Prometheus' text format, version 0.0.4. */
  public String text() {
    long asked = System.nanoTime();
    scraping.lock();
    try {
      Scrape last = scrape;
      if (last == null || last.begun - asked < 0) {
        askReasons();
        last = new Scrape(System.nanoTime(), Budget.spendAnyway(SCRAPE, registry::scrape));
        scrape = last;
      }
      return last.text;
    } finally {
      scraping.unlock();
    }
  }

  private record Scrape(long begun, String text) {}

  @Override
  public void close() {
    machine.close();
    registry.close();
  }
}
