package io.patchbay.executor.hostile;

import io.patchbay.executor.box.ExecutorConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** How strongly a box contains. */
enum BoxLevel {
  NAMESPACES,
  LANDLOCK;

  /** Why an executor cannot be asked for it; empty if it can. */
  Optional<String> missing() {
    return switch (this) {
      case NAMESPACES -> Optional.empty();
      case LANDLOCK -> Optional.of("this executor has no level without user namespaces");
    };
  }

  ExecutorConfig config(Path work, Clock clock) {
    ExecutorConfig standard = ExecutorConfig.standard(clock);
    return new ExecutorConfig(
        standard.programs(), work, standard.capacity(), standard.becomes(), clock);
  }
}
