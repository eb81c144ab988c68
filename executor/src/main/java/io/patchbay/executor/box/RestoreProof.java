package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Outcome.Returned;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.egress.EgressPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tries on this machine, from the inside, what a restore must undo or find. Where one line fails
 * nothing is restored here.
 */
final class RestoreProof {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SETTLED = Duration.ofSeconds(5);
  private static final String NOTHING = "[0,\"as it was\",null]";
  private static final List<String> UNDONE = List.of("memory");
  private static final List<String> FOUND = List.of("program", "handler", "thread", "file");

  /** Nobody else's processes are forgotten when it is over. */
  static final Code.Owner OWNER = new Code.Owner("restore proof", "");

  private static final Code CODE =
      new Code(
          OWNER,
          "RESTORE_PROOF",
          source(),
          Optional.empty(),
          128L << 20,
          EgressPolicy.closed(),
          Isolation.RESTORED);

  private final Clock clock;
  private final Restoring processes;
  private final Function<CodeCall, Execution> executor;

  RestoreProof(Clock clock, Restoring processes, Function<CodeCall, Execution> executor) {
    this.clock = clock;
    this.processes = processes;
    this.executor = executor;
  }

  /** Whether it is what is tried. */
  static boolean isOf(Code code) {
    return code.equals(CODE);
  }

  /** Why nothing can be restored; empty if it can. */
  Optional<String> problem() {
    for (String step : UNDONE) {
      Optional<String> problem = problem(step, 2, 0);
      if (problem.isPresent()) {
        return problem;
      }
    }
    for (String step : FOUND) {
      Optional<String> problem = problem(step, 1, 1);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  /** Leaves something, and looks for it. */
  private Optional<String> problem(String step, int restores, int discards) {
    Restoring.Counts before = processes.counts();
    Execution left = call(step);
    if (!(left.outcome() instanceof Returned)) {
      return Optional.of(step + " could not be tried: " + left.outcome());
    }
    Restoring.Counts between = settled(before.settled() + 1);
    Execution looked = call("look");
    Restoring.Counts after = settled(before.settled() + 2);
    if (!looked.outcome().equals(new Returned(NOTHING))) {
      return Optional.of(step + " was left behind: " + looked.outcome());
    }
    boolean asExpected =
        after.restores() - before.restores() == restores
            && after.discarded() - before.discarded() == discards;
    return asExpected
        ? Optional.empty()
        : Optional.of(step + " was not undone or found: " + between.discards());
  }

  private Restoring.Counts settled(long count) {
    long end = System.nanoTime() + SETTLED.toNanos();
    while (processes.counts().settled() < count && System.nanoTime() < end) {
      try {
        Thread.sleep(Duration.ofMillis(1));
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return processes.counts();
  }

  private Execution call(String step) {
    return executor.apply(
        new CodeCall(
            "restore-proof", CODE, "{\"step\":\"" + step + "\"}", clock.instant().plus(LIMIT)));
  }

  private static String source() {
    try (InputStream in = RestoreProof.class.getResourceAsStream("restore_proof.py")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
