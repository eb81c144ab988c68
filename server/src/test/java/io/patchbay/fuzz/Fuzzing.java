package io.patchbay.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongPredicate;

/** Takes one step after the other; what breaks a rule is kept with its step, once of each kind. */
final class Fuzzing {
  /** An integration may take a second, a turn may have several, and the machine may be busy. */
  private static final Duration TURN = Duration.ofSeconds(60);

  private static final Duration ANSWER = Duration.ofSeconds(15);
  private static final int MOST_FINDINGS = 20;

  /** Steps after which the bots are put back, so that later ones still have something to meet. */
  private static final int RESTORED = 400;

  private final long seed;
  private final Target target;
  private final Map<String, String> findings = new ConcurrentSkipListMap<>();
  private final AtomicLong requests = new AtomicLong();
  private final ReadWriteLock steps = new ReentrantReadWriteLock(true);

  /** The server as requests are made for it. */
  record Target(
      Wire wire, Surface surface, World world, Requests requests, Talk talk, Rules rules) {}

  Fuzzing(long seed, Target target) {
    this.seed = seed;
    this.target = target;
  }

  /** Kind to what was sent and what came. */
  Collection<String> findings() {
    return findings.values();
  }

  long requests() {
    return requests.get();
  }

  /**
   * Takes the steps that a counter gives out, until one is not wanted any more.
   *
   * @param lane of this worker, for a bot of its own
   */
  void run(AtomicLong counter, int lane, LongPredicate wanted) {
    for (long step = counter.getAndIncrement();
        wanted.test(step) && findings.size() < MOST_FINDINGS;
        step = counter.getAndIncrement()) {
      step(step, lane);
      if (step % RESTORED == RESTORED - 1) {
        restore();
      }
    }
  }

  /** Alone: others would take away what is just put back. */
  private void restore() {
    steps.writeLock().lock();
    try {
      target.world.restore();
    } catch (AssertionError e) {
      findings.putIfAbsent("restore", "what worked at first does so no more: " + e.getMessage());
    } finally {
      steps.writeLock().unlock();
    }
  }

  private void step(long step, int lane) {
    steps.readLock().lock();
    try {
      take(step, lane);
    } catch (RuntimeException | AssertionError e) {
      findings.putIfAbsent("step", "step %d of seed %d: %s".formatted(step, seed, e));
    } finally {
      steps.readLock().unlock();
    }
  }

  private void take(long step, int lane) {
    Dice dice = new Dice(seed, step);
    Operation operation = dice.of(target.surface.operations());
    switch (dice.below(10)) {
      case 0, 1 ->
          new Life(target.talk, target.world.definitions(), "life-" + lane)
              .live(dice, sent -> ask(step, operationOf(sent), sent));
      case 2 -> broken(step, target.requests.of(operation, dice), dice);
      default -> ask(step, operation, target.requests.of(operation, dice));
    }
  }

  /** The body where the answer is one of success. */
  private String ask(long step, Operation operation, Sent sent) {
    try {
      Answer answer = target.wire.ask(sent, operation.takesItsTime() ? TURN : ANSWER);
      requests.incrementAndGet();
      Optional<String> broken = target.rules.broken(operation, sent, answer);
      broken.ifPresent(why -> found(step, operation + ": " + why, sent.wire(), answer.toString()));
      return broken.isEmpty() && answer.status() < 300 ? answer.body() : "";
    } catch (Wire.TooLate | IOException e) {
      found(step, operation + ": " + e, sent.wire(), "");
      return "";
    }
  }

  private void broken(long step, Sent sent, Dice dice) {
    byte[] bytes = BrokenHttp.of(sent, dice);
    try {
      String request = new String(bytes, StandardCharsets.UTF_8);
      for (Answer answer : target.wire.exchange(bytes, TURN)) {
        requests.incrementAndGet();
        target
            .rules
            .always(request, answer)
            .ifPresent(why -> found(step, "broken HTTP: " + why, bytes, answer.toString()));
      }
    } catch (Wire.TooLate | IOException e) {
      found(step, "broken HTTP: " + e, bytes, "");
    }
  }

  /** A request of a life is made by hand; its operation says what it may be answered. */
  private Operation operationOf(Sent sent) {
    return target.surface.operations().stream()
        .filter(o -> o.matches(sent.method(), sent.target()))
        .findFirst()
        .orElseThrow();
  }

  private void found(long step, String kind, byte[] sent, String answer) {
    findings.putIfAbsent(
        kind,
        "%s%n  replay: -Dpatchbay.fuzz.seed=%d -Dpatchbay.fuzz.step=%d%n--- sent%n%s%n--- came%n%s%n"
            .formatted(
                kind,
                seed,
                step,
                Sent.shown(sent),
                answer.length() > 1500 ? answer.substring(0, 1500) : answer));
  }
}
