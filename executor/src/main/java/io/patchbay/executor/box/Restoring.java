package io.patchbay.executor.box;

import io.patchbay.executor.Code;
import io.patchbay.executor.restore.Restorer;
import io.patchbay.executor.restore.Restorer.Restored;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Whether processes are put back on this machine, and what came of it so far. */
final class Restoring implements AutoCloseable {
  private static final String RESTORED = "restored";
  private static final String NOT_TRIED = "not tried yet";

  private final Optional<Restorer> restorer;
  private final LongAdder restores = new LongAdder();
  private final Map<String, LongAdder> discards = new ConcurrentHashMap<>();
  private volatile String state;

  /**
   * @param wanted whether processes may wait at all
   */
  Restoring(boolean wanted) {
    this.restorer = wanted ? Restorer.start() : Optional.empty();
    this.state =
        restorer.isPresent()
            ? NOT_TRIED
            : "a process for each call: "
                + (wanted ? "not made for this processor" : "none is to wait");
  }

  /**
   * What was done until now.
   *
   * @param restores processes that were put back
   * @param discards reasons to how many could not be
   */
  record Counts(long restores, Map<String, Long> discards) {
    long discarded() {
      return discards.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Of how many processes it is known what became of them. */
    long settled() {
      return restores + discarded();
    }
  }

  Optional<Restorer> restorer() {
    return restorer;
  }

  /** What came of the proof on this machine; until then nothing else is restored. */
  void proven(Optional<String> problem) {
    restores.reset();
    discards.clear();
    state = problem.map(why -> "a process for each call: " + why).orElse(RESTORED);
  }

  /** Whether it is still to be proven. */
  boolean isOpen() {
    return state.equals(NOT_TRIED);
  }

  /** Whether calls of this code may be served so. */
  boolean isUsed(Code code) {
    return restorer.isPresent() && (state.equals(RESTORED) || RestoreProof.isOf(code));
  }

  /** {@code restored}, or why not. */
  String state() {
    return state;
  }

  void settled(Restored result) {
    result.problem().ifPresentOrElse(this::discarded, restores::increment);
  }

  /**
   * @param reason what is behind a colon is of this case alone
   */
  void discarded(String reason) {
    String kind = reason.split(":", 2)[0];
    discards.computeIfAbsent(kind, _ -> new LongAdder()).increment();
  }

  Counts counts() {
    Map<String, Long> byReason = new TreeMap<>();
    discards.forEach((reason, count) -> byReason.put(reason, count.sum()));
    return new Counts(restores.sum(), byReason);
  }

  @Override
  public void close() {
    restorer.ifPresent(Restorer::close);
  }
}
