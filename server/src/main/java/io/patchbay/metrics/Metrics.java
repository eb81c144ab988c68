package io.patchbay.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.patchbay.bot.Environment;
import io.patchbay.conversation.TurnObserver;
import io.patchbay.executor.work.Work;
import io.patchbay.integration.InvocationObserver;
import io.patchbay.integration.InvocationRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** All that is measured, from {@link #start} to {@link #close}. Safe for use by many threads. */
public final class Metrics implements InvocationObserver, TurnObserver, AutoCloseable {
  private final PrometheusMeterRegistry registry;
  private final Machine machine;
  private final Sources sources;
  private final InvocationMeters invocations;
  private final TurnMeters turns;
  private final RequestMeters requests;

  /**
   * What is asked whenever somebody reads.
   *
   * @param sandbox whether code can run
   * @param commits transactions of the store since the start
   * @param written units of writes in them
   * @param waiting units of writes that wait for a transaction now
   * @param work what requests share
   */
  public record Sources(
      BooleanSupplier sandbox,
      LongSupplier commits,
      LongSupplier written,
      IntSupplier waiting,
      Supplier<Work.State> work) {}

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
    return registry.scrape();
  }

  @Override
  public void close() {
    machine.close();
    registry.close();
  }
}
