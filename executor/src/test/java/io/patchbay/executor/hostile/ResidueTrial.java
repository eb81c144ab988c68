package io.patchbay.executor.hostile;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Outcome.Returned;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import io.patchbay.executor.hostile.ResidueCase.Fate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a program look, leave something, and look again twice: what it sees then must be what it saw
 * before. For an executor that nobody else uses.
 *
 * @param executor that has found out whether it can put processes back
 * @param isolation that must leave nothing between two calls
 */
record ResidueTrial(Executor executor, BoxLevel level, Isolation isolation, Clock clock) {
  /** None of the processes that wait makes room for another. */
  static final Capacity CAPACITY = new Capacity(16, 64, 64, 1L << 30);

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long MEMORY = 128L << 20;
  private static final String LOOK = "{\"step\":\"look\"}";
  private static final String LEAVE = "{\"step\":\"leave\"}";

  /** Empty if nothing was left, and its process has become what it must. */
  List<String> problems(ResidueCase residue) {
    Code code = new Code("NODE", residue.source(), MEMORY).with(isolation);
    Fate fate = residue.fate(level);
    boolean held = isolation == Isolation.RESTORED && fate != Fate.NEVER_HELD;
    List<String> problems = new ArrayList<>();
    try {
      String before = answer(code, LOOK, held);
      long restored = executor.restores().restored();
      String left = answer(code, LEAVE, held && fate != Fate.ENDS);
      boolean putBack = executor.restores().restored() > restored;
      List<String> after = List.of(answer(code, LOOK, held), answer(code, LOOK, held));
      checkLeft(fate, left, problems);
      checkSeen(fate, before, after, problems);
      if (isolation == Isolation.RESTORED) {
        checkProcess(fate, putBack, problems);
      }
      if (!problems.isEmpty()) {
        problems.add("in all: " + executor.restores());
      }
    } finally {
      end(code);
    }
    return problems;
  }

  private static void checkLeft(Fate fate, String left, List<String> problems) {
    boolean refused = left.startsWith("RETURNED \"refused");
    boolean did = left.startsWith("RETURNED ") && !left.startsWith("RETURNED \"nothing");
    boolean asExpected = fate == Fate.ENDS || (did && refused == (fate == Fate.REFUSED));
    if (!asExpected) {
      problems.add("it left: " + left);
    }
  }

  private void checkSeen(Fate fate, String before, List<String> after, List<String> problems) {
    boolean asExpected =
        switch (fate) {
          case DIFFERS -> new HashSet<>(after).size() == 2 && !after.contains(before);
          case STAYS -> after.getFirst().equals(before) == (isolation != Isolation.RESTORED);
          default -> after.equals(List.of(before, before));
        };
    if (!asExpected || !before.startsWith("RETURNED ")) {
      problems.add("it saw %s before and %s after".formatted(before, after));
    }
  }

  private static void checkProcess(Fate fate, boolean putBack, List<String> problems) {
    boolean asExpected =
        switch (fate) {
          case PUT_BACK -> putBack;
          case DISCARDED, NEVER_HELD -> !putBack;
          case ENDS, REFUSED, DIFFERS, STAYS -> true;
        };
    if (!asExpected) {
      problems.add(putBack ? "its process was put back" : "its process was not put back");
    }
  }

  /** Nothing of it waits for the next case, nor is counted in it. */
  private void end(Code code) {
    executor.forget(code.owner().name());
    long last = settled();
    for (int same = 0; same < 10; same++) {
      LockSupport.parkNanos(1_000_000);
      long now = settled();
      same = now == last ? same : 0;
      last = now;
    }
  }

  /**
   * What came of a call.
   *
   * @param held whether to wait until it is known what became of the process
   */
  private String answer(Code code, String event, boolean held) {
    long before = settled();
    Execution execution = run(code, event);
    long end = System.nanoTime() + LIMIT.toNanos();
    while (held && execution.outcome() instanceof Returned && settled() == before) {
      if (System.nanoTime() > end) {
        return "nothing became of the process";
      }
      Thread.onSpinWait();
    }
    return HostileCase.summary(execution);
  }

  private long settled() {
    return executor.restores().settled();
  }

  private Execution run(Code code, String event) {
    return executor.run(new CodeCall("call", code, event, clock.instant().plus(LIMIT)));
  }
}
