package io.patchbay.executor.box;

import io.patchbay.executor.Execution.Usage;
import io.patchbay.executor.frame.Frame;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a call has cost. Its own process says so before it answers; of one that ended otherwise the
 * launcher knows, and wins. Both come over a connection that builders' code can write to, so that
 * what cannot be is left out.
 */
final class CallCost {
  /**
   * Bytes beside what the code may use: 192 MiB of address space for the interpreter, and what a
   * process shares with the launcher that it is a copy of.
   */
  private static final long ROOM = 256L << 20;

  /** The scheduler counts in steps, and the clocks of the two ends differ. */
  private static final Duration CPU_SLACK = Duration.ofMillis(200);

  private Frame.@Nullable Measure said;
  private Frame.@Nullable Measure counted;

  void said(Frame.Measure measure) {
    said = measure;
  }

  void counted(Optional<Frame.Measure> measure) {
    counted = measure.orElse(null);
  }

  /**
   * Without what went over connections.
   *
   * @param alive how long the process had the call
   * @param memory bytes that the code might use
   */
  Usage usage(Duration alive, long memory) {
    Frame.Measure cost = counted == null ? said : counted;
    if (cost == null) {
      return Usage.NONE;
    }
    int processors = Runtime.getRuntime().availableProcessors();
    long mostMicros = alive.multipliedBy(processors).plus(CPU_SLACK).toNanos() / 1000;
    boolean cpu = cost.cpuMicros() <= mostMicros;
    boolean peak = cost.peakBytes() > 0 && cost.peakBytes() <= memory + ROOM;
    return new Usage(
        cpu ? Optional.of(Duration.ofNanos(cost.cpuMicros() * 1000)) : Optional.empty(),
        peak ? OptionalLong.of(cost.peakBytes()) : OptionalLong.empty(),
        0,
        0);
  }
}
