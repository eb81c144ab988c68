package io.patchbay.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as they are stored: microseconds since 1970. */
final class Micros {
  private static final Instant MIN = Instant.EPOCH.plus(Long.MIN_VALUE, ChronoUnit.MICROS);
  private static final Instant MAX = Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS);

  private Micros() {}

  /** A time too far away for the column becomes the farthest that fits. */
  static long of(Instant time) {
    if (time.isBefore(MIN)) {
      return Long.MIN_VALUE;
    }
    return time.isAfter(MAX) ? Long.MAX_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
