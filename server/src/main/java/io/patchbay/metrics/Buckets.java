package io.patchbay.metrics;

import java.time.Duration;
import java.util.stream.IntStream;

/** Upper bounds of the histograms. */
final class Buckets {
  /** Around the deadlines of 20 and 30 seconds. */
  static final Duration[] LONG =
      millis(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 20_000, 30_000);

  /** For what has many other labels. */
  static final Duration[] COARSE = millis(5, 25, 100, 500, 2500, 10_000, 30_000);

  /** Most calls compute little; the deadline bounds the others. */
  static final Duration[] CPU = millis(1, 2, 5, 10, 25, 50, 100, 250, 1000, 5000, 20_000);

  /** Bytes; 256 MiB is what a call may use by default. */
  static final double[] MEMORY = mebibytes(16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024);

  private Buckets() {}

  private static Duration[] millis(int... bounds) {
    return IntStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }

  private static double[] mebibytes(int... bounds) {
    return IntStream.of(bounds).mapToDouble(mebibytes -> mebibytes * 1024.0 * 1024.0).toArray();
  }
}
