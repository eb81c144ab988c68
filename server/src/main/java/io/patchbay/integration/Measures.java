package io.patchbay.integration;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one invocation took, read from {@link InvocationRecord#measures}: milliseconds by phase, and
 * beside them processor time, memory and bytes under the names below.
 */
public final class Measures {
  /** Processor time of code, milliseconds. */
  public static final String CPU = "cpu_ms";

  /** The most memory that the process of code had at once. */
  public static final String PEAK_MEMORY = "peak_memory_bytes";

  /** Sent over all connections of the invocation, TLS and headers included. */
  public static final String BYTES_OUT = "bytes_out";

  /** As {@link #BYTES_OUT}. */
  public static final String BYTES_IN = "bytes_in";

  /** What lay between the call and the one before; its place in {@link #ISOLATIONS}. */
  public static final String ISOLATION = "isolation";

  /** How long its process had been put back before it, milliseconds; 0 where it was new. */
  public static final String RESTORE = "restore_ms";

  /** Pages of memory that were written back then. */
  public static final String RESTORED_PAGES = "restored_pages";

  /** As records have them. */
  private static final List<String> ISOLATIONS = List.of("process", "restored", "kept");

  private static final List<String> NO_PHASES =
      List.of(CPU, PEAK_MEMORY, BYTES_OUT, BYTES_IN, ISOLATION, RESTORE, RESTORED_PAGES);

  private static final List<String> QUEUE = List.of("queue_ms");
  private static final List<String> START = List.of("start_ms", "dns", "connect", "tls");
  private static final List<String> RUN = List.of("run_ms", "send", "wait", "read");

  private final Map<String, Double> measures;
  private final Duration total;

  private Measures(Map<String, Double> measures, Duration total) {
    this.measures = measures;
    this.total = total;
  }

  public static Measures of(InvocationRecord record) {
    return new Measures(record.measures(), record.duration());
  }

  /**
   * The same three phases for both types, milliseconds; one that was not reached took none.
   *
   * @param queue waiting for a place to run code
   * @param start until the code could run, or the API was connected
   * @param run until the outcome was there
   * @param total from the start to the end, what Patchbay does around it included
   */
  public record Timing(double queue, double start, double run, double total) {}

  public Timing timing() {
    return new Timing(sum(QUEUE), sum(START), sum(RUN), total.toNanos() / 1e6);
  }

  /** Milliseconds by the phases of its type. */
  public Map<String, Double> phases() {
    Map<String, Double> phases = new LinkedHashMap<>(measures);
    NO_PHASES.forEach(phases::remove);
    return phases;
  }

  /** Milliseconds; empty for an API, and where it is not known. */
  public OptionalDouble cpu() {
    Double cpu = measures.get(CPU);
    return cpu == null ? OptionalDouble.empty() : OptionalDouble.of(cpu);
  }

  /** Bytes; empty for an API, and where it is not known. */
  public OptionalLong peakMemory() {
    Double peak = measures.get(PEAK_MEMORY);
    return peak == null ? OptionalLong.empty() : OptionalLong.of(peak.longValue());
  }

  /** What {@link #ISOLATION} holds for it. */
  public static double isolation(String wire) {
    return ISOLATIONS.indexOf(wire);
  }

  /** Of code: {@code process}, {@code restored} or {@code kept}. */
  public Optional<String> isolation() {
    Double place = measures.get(ISOLATION);
    return place == null || place < 0 || place >= ISOLATIONS.size()
        ? Optional.empty()
        : Optional.of(ISOLATIONS.get(place.intValue()));
  }

  /** Milliseconds; empty where nothing is restored. */
  public OptionalDouble restore() {
    Double restore = measures.get(RESTORE);
    return restore == null ? OptionalDouble.empty() : OptionalDouble.of(restore);
  }

  public long restoredPages() {
    return (long) sum(List.of(RESTORED_PAGES));
  }

  public long bytesOut() {
    return (long) sum(List.of(BYTES_OUT));
  }

  public long bytesIn() {
    return (long) sum(List.of(BYTES_IN));
  }

  private double sum(List<String> names) {
    return names.stream().mapToDouble(name -> measures.getOrDefault(name, 0.0)).sum();
  }
}
