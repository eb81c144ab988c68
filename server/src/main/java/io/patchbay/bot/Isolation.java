package io.patchbay.bot;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What lies between two calls of the same code. */
public enum Isolation {
  /** A process that is put back to the moment before the call; where that cannot be, PROCESS. */
  RESTORED,

  /** A process for each call. */
  PROCESS,

  /** Nothing: what a call leaves in memory, in {@code /tmp} or running is there for the next. */
  KEPT;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Isolation> of(String wire) {
    return Stream.of(values()).filter(it -> it.wire().equals(wire)).findFirst();
  }
}
