package io.patchbay.executor.box;

import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Outcome.Returned;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.egress.OperatorBounds;
import io.patchbay.executor.egress.OwnPorts;
import io.patchbay.executor.net.Lookup;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** An executor for tests, and short ways to call it. */
final class TestBox implements AutoCloseable {
  static final Clock CLOCK = Clock.systemUTC();
  static final long MEMORY = 128L << 20;

  /** Generous, for a slow machine: who tests deadlines gives one. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Without processes that load code ahead, so that what is left of a call can be counted. */
  static final Capacity FRESH = new Capacity(128, 512, 0, 1L << 30);

  private final BoxedExecutor executor;
  private final AtomicInteger calls = new AtomicInteger();

  private TestBox(BoxedExecutor executor) {
    this.executor = executor;
  }

  static TestBox start() {
    return start(FRESH);
  }

  static TestBox start(Capacity capacity) {
    return start(capacity, ExecutorConfig.standard(CLOCK).work());
  }

  /** Skips the test, with the reason, where no box can be had. */
  static TestBox start(Capacity capacity, Path work) {
    return start(config(CLOCK, capacity, work), Lookup.system());
  }

  /** Resolves names as the test says. */
  static TestBox start(Lookup lookup) {
    return start(CLOCK, lookup);
  }

  static TestBox start(Capacity capacity, Containment containment) {
    ExecutorConfig standard = ExecutorConfig.standard(CLOCK);
    return start(config(CLOCK, capacity, standard.work()).with(containment), Lookup.system());
  }

  static TestBox start(Containment containment) {
    return start(containment, Lookup.system());
  }

  static TestBox start(Containment containment, Lookup lookup) {
    ExecutorConfig standard = ExecutorConfig.standard(CLOCK);
    return start(config(CLOCK, FRESH, standard.work()).with(containment), lookup);
  }

  static TestBox start(Clock clock, Lookup lookup) {
    return start(config(clock, FRESH, ExecutorConfig.standard(CLOCK).work()), lookup);
  }

  /** With package sets in this folder. */
  static TestBox startWithPackages(Path sets) {
    return startWithPackages(Containment.AUTO, sets);
  }

  static TestBox startWithPackages(Containment containment, Path sets) {
    Path work = ExecutorConfig.standard(CLOCK).work();
    return start(
        config(CLOCK, FRESH, work).withPackageSets(sets).with(containment), Lookup.system());
  }

  private static ExecutorConfig config(Clock clock, Capacity capacity, Path work) {
    ExecutorConfig standard = ExecutorConfig.standard(CLOCK);
    return new ExecutorConfig(standard.programs(), work, capacity, standard.becomes(), clock);
  }

  static TestBox start(ExecutorConfig config, Lookup lookup) {
    BoxedExecutor executor = BoxedExecutor.start(config, lookup);
    boolean available = executor.status().available();
    if (!available) {
      String reason = executor.status().description();
      executor.close();
      Assumptions.abort("no box on this machine: " + reason);
    }
    return new TestBox(executor);
  }

  /** Skips the test, with the reason, where processes cannot be put back between calls. */
  void assumeRestores() throws InterruptedException {
    String state = executor.status().restore();
    for (int i = 0; i < 6000 && state.equals("not tried yet"); i++) {
      Thread.sleep(10);
      state = executor.status().restore();
    }
    Assumptions.assumeTrue(state.equals("restored"), "nothing is restored here: " + state);
  }

  BoxedExecutor executor() {
    return executor;
  }

  Execution run(String source) {
    return run(source, LIMIT);
  }

  Execution run(String source, Duration limit) {
    return run(source, "{\"body\":\"{}\"}", limit);
  }

  Execution run(String source, String event, Duration limit) {
    String id = "call-" + calls.incrementAndGet();
    return executor.run(
        new CodeCall(id, "NODE", source, event, CLOCK.instant().plus(limit), MEMORY));
  }

  /** Loopback is what the operator lets builders open; public addresses are closed. */
  Execution run(String source, String... allow) {
    return run(source, policy(allow));
  }

  Execution run(String source, EgressPolicy egress) {
    return run(source, LIMIT, egress);
  }

  Execution run(String source, Duration limit, EgressPolicy egress) {
    String id = "call-" + calls.incrementAndGet();
    Instant deadline = CLOCK.instant().plus(limit);
    return executor.run(new CodeCall(id, "NODE", source, "{}", deadline, MEMORY, egress));
  }

  static EgressPolicy policy(String... allow) {
    OwnPorts ownPorts = OwnPorts.ofThisMachine();
    OperatorBounds bounds = new OperatorBounds(OperatorBounds.SINGLE_WORKSPACE, ownPorts);
    return EgressPolicy.of(List.of(allow), false, bounds);
  }

  /** The JSON that main returned. */
  String returned(String source) {
    return returned(run(source));
  }

  static String returned(Execution execution) {
    if (execution.outcome() instanceof Returned(String json)) {
      return json;
    }
    throw new AssertionError("did not return: " + execution);
  }

  Failed failed(String source) {
    return failed(run(source));
  }

  static Failed failed(Execution execution) {
    if (execution.outcome() instanceof Failed failed) {
      return failed;
    }
    throw new AssertionError("did not fail: " + execution);
  }

  Reason reason(String source) {
    return failed(source).reason();
  }

  @Override
  public void close() {
    executor.close();
  }
}
