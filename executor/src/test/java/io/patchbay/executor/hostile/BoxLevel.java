package io.patchbay.executor.hostile;

import io.patchbay.executor.box.Containment;
import io.patchbay.executor.box.ExecutorConfig;
import java.nio.file.Path;
import java.time.Clock;

/** How strongly a box contains. */
enum BoxLevel {
  NAMESPACES,
  LANDLOCK;

  ExecutorConfig config(Path work, Clock clock) {
    ExecutorConfig standard = ExecutorConfig.standard(clock);
    ExecutorConfig config =
        new ExecutorConfig(
            standard.programs(), work, standard.capacity(), standard.becomes(), clock);
    return switch (this) {
      case NAMESPACES -> config.with(Containment.NAMESPACES);
      case LANDLOCK -> config.with(Containment.LANDLOCK);
    };
  }
}
