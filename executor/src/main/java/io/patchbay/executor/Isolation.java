package io.patchbay.executor;

import java.util.Locale;

/** What lies between two calls of the same code. */
public enum Isolation {
  /** Each call has a process of its own. */
  PROCESS,

  /**
   * A process serves one call after the other, and is put back to the moment before the call each
   * time. Where this machine or this code does not allow that, as {@link #PROCESS}.
   */
  RESTORED,

  /**
   * A process serves one call after the other; whatever a call leaves in memory, in {@code /tmp} or
   * running is there for the next one.
   */
  KEPT;

  /** As files and records say it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
