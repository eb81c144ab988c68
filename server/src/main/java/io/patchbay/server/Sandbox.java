package io.patchbay.server;

import io.patchbay.executor.Executor;
import io.patchbay.executor.box.BoxedExecutor;
import io.patchbay.executor.box.ExecutorConfig;
import io.patchbay.http.OperatorRoutes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The executor as this server configures it. */
final class Sandbox {
  /** Bytes of memory that a definition may ask for; the same bound as when it is read. */
  private static final long MAX_MEMORY = 2L << 30;

  private Sandbox() {}

  /** Never fails: where code cannot be contained, the executor says so and runs none. */
  static Executor start(ExecutorConfig config) {
    return BoxedExecutor.start(config);
  }

  static ExecutorConfig config(ServerConfig config, Clock clock) {
    ExecutorConfig standard = ExecutorConfig.standard(clock);
    ExecutorConfig.Programs programs = standard.programs();
    List<Path> pythons = new ArrayList<>();
    config.python().ifPresent(pythons::add);
    pythons.addAll(programs.pythons());
    return new ExecutorConfig(
            new ExecutorConfig.Programs(
                pythons, programs.bubblewrap(), programs.setpriv(), programs.packages()),
            standard.work(),
            ExecutorConfig.Capacity.of(
                config.callsMemory().orElse(standard.capacity().memory()), MAX_MEMORY),
            standard.becomes(),
            clock)
        .with(config.sandbox().containment());
  }

  /** For people: the banner's lines. */
  static List<String> lines(Executor.Status status) {
    if (!status.available()) {
      return List.of("NOT AVAILABLE, code will not run: " + status.description());
    }
    List<String> lines = new ArrayList<>();
    lines.add(status.level().text() + ": " + status.description());
    status.missing().forEach(why -> lines.add("not " + why));
    lines.add(status.machine().python() + " on " + status.machine().processor());
    lines.add("cgroup " + status.machine().cgroup());
    lines.add("calls " + calls(status.restore()));
    return lines;
  }

  private static String calls(String restore) {
    return restore.equals("restored")
        ? "are restored: a process is put back to the moment before each"
        : "are not restored, " + restore;
  }

  /** What anybody may read at the health page, beside whether it works. */
  static void describe(Executor.Status status, Map<String, String> details) {
    details.put("sandbox_level", status.level().text());
    details.put("sandbox_description", status.description());
  }

  /** What administrators may read. */
  static OperatorRoutes.Installation system(Executor executor, OperatorRoutes.Packages packages) {
    Executor.Status status = executor.status();
    return new OperatorRoutes.Installation(
        Version.current(),
        new OperatorRoutes.Sandbox(
            status.available(),
            status.level().text(),
            status.description(),
            Map.of(
                "python", status.machine().python(),
                "processor", status.machine().processor(),
                "cgroup", status.machine().cgroup(),
                "connections", status.connections(),
                "restore", status.restore()),
            status.missing()),
        executor.restores().warming(),
        packages);
  }

  /** The interpreter of the examples' services, which run outside of any box. */
  static Path python(ServerConfig config) {
    Path distribution = Path.of("/usr/bin/python3");
    return config
        .python()
        .orElse(Files.isExecutable(distribution) ? distribution : Path.of("python3"));
  }
}
