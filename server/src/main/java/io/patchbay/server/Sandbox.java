package io.patchbay.server;

import io.patchbay.executor.Executor;
import io.patchbay.executor.box.BoxedExecutor;
import io.patchbay.executor.box.ExecutorConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The executor as this server configures it. */
final class Sandbox {
  /** Bytes of memory that a definition may ask for; the same bound as when it is read. */
  private static final long MAX_MEMORY = 2L << 30;

  private Sandbox() {}

  /** Never fails: where code cannot be contained, the executor says so and runs none. */
  static Executor start(ServerConfig config, Clock clock) {
    ExecutorConfig standard = ExecutorConfig.standard(clock);
    ExecutorConfig.Capacity capacity = standard.capacity();
    ExecutorConfig.Programs programs = standard.programs();
    List<Path> pythons = new ArrayList<>();
    config.python().ifPresent(pythons::add);
    pythons.addAll(programs.pythons());
    return BoxedExecutor.start(
        new ExecutorConfig(
            new ExecutorConfig.Programs(
                pythons, programs.bubblewrap(), programs.setpriv(), programs.packages()),
            standard.work(),
            new ExecutorConfig.Capacity(
                capacity.concurrency(),
                capacity.queue(),
                capacity.parked(),
                capacity.prepared(),
                capacity.kept(),
                MAX_MEMORY),
            standard.becomes(),
            clock));
  }

  /** The interpreter of the examples' services, which run outside of any box. */
  static Path python(ServerConfig config) {
    Path distribution = Path.of("/usr/bin/python3");
    return config
        .python()
        .orElse(Files.isExecutable(distribution) ? distribution : Path.of("python3"));
  }
}
