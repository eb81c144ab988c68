package io.patchbay.executor.hostile;

import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.Containment;
import io.patchbay.executor.box.ExecutorConfig;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import java.nio.file.Path;
import java.time.Clock;

/** How strongly a box contains. */
enum BoxLevel {
  NAMESPACES,
  LANDLOCK;

  /** Without processes that load code ahead, so that what is left of a call can be counted. */
  private static final Capacity FRESH = new Capacity(128, 512, 0, 1L << 30);

  /** The same, with room for processes that are put back; few, so that others need some as well. */
  private static final Capacity RESTORING = new Capacity(128, 512, 64, 1L << 30);

  ExecutorConfig config(Path work, Clock clock) {
    return config(work, FRESH, clock);
  }

  ExecutorConfig config(Path work, Isolation isolation, Clock clock) {
    return config(work, isolation == Isolation.PROCESS ? FRESH : RESTORING, clock);
  }

  ExecutorConfig config(Path work, Capacity capacity, Clock clock) {
    ExecutorConfig standard = ExecutorConfig.standard(clock);
    ExecutorConfig config =
        new ExecutorConfig(standard.programs(), work, capacity, standard.becomes(), clock);
    return switch (this) {
      case NAMESPACES -> config.with(Containment.NAMESPACES);
      case LANDLOCK -> config.with(Containment.LANDLOCK);
    };
  }
}
