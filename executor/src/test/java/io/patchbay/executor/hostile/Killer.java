package io.patchbay.executor.hostile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Kills parts of an executor at random, as a seed says. */
final class Killer {
  private static final String SUPERVISOR = "executor-egress";
  private static final String RESTORER = "executor-restore";
  private static final int LOOKS = 20;
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private final Random random;
  private final boolean restores;
  private final Map<Victim, Integer> killed = new EnumMap<>(Victim.class);
  private final FailingClock clock = new FailingClock();

  /**
   * @param restores whether processes are put back between calls
   */
  Killer(long seed, boolean restores) {
    this.random = new Random(seed);
    this.restores = restores;
  }

  /** What may die at any time. */
  enum Victim {
    /** bubblewrap, and all that is below it. */
    BOX,
    LAUNCHER,
    SUPERVISOR,
    CALL,
    /** The process of a call, while it is being put back. */
    RESTORED,
    /** Only interrupted, since a thread cannot be killed. */
    RESTORER,
    /** Any process below this one. */
    ANYTHING
  }

  /** What an executor must be started with, so that its supervisors can be made to fail. */
  Clock clock() {
    return clock;
  }

  /**
   * Kills until the time is over.
   *
   * @param up whether there is a box that serves calls
   */
  void killFor(Duration duration, BooleanSupplier up) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      kill(next(up.getAsBoolean()));
      Thread.sleep(random.nextInt(20, 180));
    }
  }

  /** Kills the box as soon as there is one. */
  void killBox(BooleanSupplier up) throws InterruptedException {
    long patience = System.nanoTime() + LONGEST_START.toNanos();
    while (!up.getAsBoolean() && System.nanoTime() < patience) {
      Thread.sleep(10);
    }
    kill(Victim.BOX);
  }

  /** Boxes seldom enough that there is one most of the time; one that starts, more seldom. */
  private Victim next(boolean up) {
    int number = random.nextInt(100) + (up ? 0 : 4);
    if (number < 2) {
      return Victim.BOX;
    }
    if (number < 4) {
      return Victim.LAUNCHER;
    }
    if (number < 6) {
      return Victim.ANYTHING;
    }
    if (number < 40) {
      return Victim.SUPERVISOR;
    }
    if (number < 60) {
      return restores ? Victim.RESTORED : Victim.CALL;
    }
    return number < 70 && restores ? Victim.RESTORER : Victim.CALL;
  }

  private void kill(Victim victim) {
    boolean done =
        switch (victim) {
          case BOX -> killOneOf(BoxProcesses.roots());
          case LAUNCHER -> killOneOf(BoxProcesses.launchers());
          case CALL -> killOneOf(BoxProcesses.calls());
          case RESTORED -> killOneOf(traced());
          case RESTORER -> interrupt(RESTORER);
          case ANYTHING -> killOneOf(ProcessHandle.current().descendants().toList());
          case SUPERVISOR -> random.nextBoolean() ? clock.failOnce() : interrupt(SUPERVISOR);
        };
    if (done) {
      killed.merge(victim, 1, Integer::sum);
    }
  }

  private boolean killOneOf(List<ProcessHandle> processes) {
    return !processes.isEmpty()
        && processes.get(random.nextInt(processes.size())).destroyForcibly();
  }

  /** Looks again and again, since a restore is short. */
  private static List<ProcessHandle> traced() {
    List<ProcessHandle> traced = List.of();
    for (int i = 0; i < LOOKS && traced.isEmpty(); i++) {
      traced = BoxProcesses.traced();
    }
    return traced;
  }

  private static boolean interrupt(String name) {
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals(name))
            .toList();
    threads.forEach(Thread::interrupt);
    return !threads.isEmpty();
  }

  /** How many of each kind. */
  Map<Victim, Integer> killed() {
    return killed;
  }

  /** Fails where a supervisor notes what was tried: in the midst of a decision. */
  private static final class FailingClock extends Clock {
    private final Clock system = Clock.systemUTC();
    private final AtomicBoolean fails = new AtomicBoolean();

    boolean failOnce() {
      fails.set(true);
      return true;
    }

    @Override
    public Instant instant() {
      if (Thread.currentThread().getName().equals(SUPERVISOR) && fails.compareAndSet(true, false)) {
        throw new StackOverflowError("as the test wants it");
      }
      return system.instant();
    }

    @Override
    public ZoneId getZone() {
      return system.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
