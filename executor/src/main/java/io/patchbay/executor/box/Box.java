package io.patchbay.executor.box;

import io.patchbay.executor.Executor.Level;
import io.patchbay.executor.Executor.Machine;
import io.patchbay.executor.Executor.Status;
import io.patchbay.executor.box.Launcher.Closed;
import io.patchbay.executor.box.Launcher.Down;
import io.patchbay.executor.box.Launcher.Starting;
import io.patchbay.executor.box.Launcher.State;
import io.patchbay.executor.box.Launcher.Up;
import io.patchbay.executor.net.Lookup;
import io.patchbay.executor.net.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The box of one executor: a launcher that is kept alive, or the reason why there is none. */
final class Box implements AutoCloseable {
  private final Machine machine;
  private final State withoutLauncher;
  private final @Nullable BoxFolder folder;
  private final @Nullable Probe probe;

  private Box(
      Machine machine, State withoutLauncher, @Nullable BoxFolder folder, @Nullable Probe probe) {
    this.machine = machine;
    this.withoutLauncher = withoutLauncher;
    this.folder = folder;
    this.probe = probe;
  }

  /** Returns when a level of containment was proven, or when none is left to be tried. */
  static Box open(ExecutorConfig config, SelfTest selfTest, Lookup lookup, Deadlines deadlines) {
    Prerequisites machine = new Prerequisites(config);
    Optional<String> problem = machine.problem();
    if (problem.isPresent()) {
      return unavailable(problem.get());
    }
    Optional<Interpreter> python = Interpreter.find(config.programs().pythons(), machine.asUser());
    if (python.isEmpty()) {
      return unavailable(
          "No CPython 3.9 or newer can be run. Install it: sudo apt-get install python3");
    }
    try {
      BoxFolder folder = BoxFolder.create(config.work(), config.becomes());
      if (!folder.fitsSockets()) {
        folder.close();
        return unavailable(
            "The path of the work folder is too long for a socket: " + config.work());
      }
      LaunchCommands commands = new LaunchCommands(config, machine, python.get(), folder);
      Cgroup cgroup = Cgroup.open(config.capacity().together());
      Probe probe =
          Probe.begin(
              commands, command -> new Launcher(command, cgroup, selfTest, lookup, deadlines));
      Machine found =
          new Machine(python.get().description(), Processor.description(), cgroup.description());
      return new Box(found, new Closed(), folder, probe);
    } catch (IOException failed) {
      return unavailable("The folder of the box cannot be made: " + failed);
    }
  }

  private static Box unavailable(String reason) {
    Machine machine = new Machine("none", Processor.description(), "none: nothing runs");
    return new Box(machine, new Down(reason), null, null);
  }

  State awaitDecision(Duration patience) throws InterruptedException {
    return probe == null ? withoutLauncher : probe.launcher().awaitDecision(patience);
  }

  State awaitChange(State useless, Duration patience) throws InterruptedException {
    return probe == null ? withoutLauncher : probe.launcher().awaitChange(useless, patience);
  }

  Optional<Up> up() {
    return probe != null && probe.launcher().state() instanceof Up up
        ? Optional.of(up)
        : Optional.empty();
  }

  Status status() {
    if (probe == null) {
      return unavailable(withoutLauncher, List.of());
    }
    State state = probe.launcher().state();
    if (!(state instanceof Up up)) {
      return unavailable(state, probe.proven() ? List.of() : probe.missing());
    }
    List<String> missing = probe.proven() ? probe.missing() : List.of();
    String description = words(probe.level()) + ", system call filters, limits";
    String unproven = Processor.isProven() ? "" : ", unproven on this processor";
    return serves(up)
        ? new Status(
            true,
            probe.level(),
            description + unproven + ", supervised connections",
            machine,
            "supervised",
            missing)
        : new Status(
            true,
            probe.level(),
            description + unproven + "; no connections: " + refusal(up),
            machine,
            "refused: " + refusal(up),
            missing);
  }

  private Status unavailable(State state, List<String> missing) {
    String why =
        switch (state) {
          case Down(String reason) -> reason;
          case Closed closed -> "The executor is closed";
          case Starting starting -> "The box is being started";
          case Up up -> throw new IllegalArgumentException("it is available");
        };
    String all = missing.isEmpty() || state instanceof Closed ? why : String.join("; ", missing);
    return new Status(false, Level.NONE, all, machine, "refused: nothing runs", missing);
  }

  private static String words(Level level) {
    return switch (level) {
      case NAMESPACES -> "user namespaces";
      case LANDLOCK -> "Landlock without namespaces";
      case NONE -> "nothing";
    };
  }

  private static boolean serves(Up up) {
    return up.supervisor().filter(Supervisor::serves).isPresent();
  }

  private static String refusal(Up up) {
    return up.noNetwork().orElse("their supervisor has ended");
  }

  /** Ends every process of the box and removes its files; idempotent. */
  @Override
  public void close() {
    if (probe != null) {
      probe.launcher().close();
    }
    if (folder != null) {
      folder.close();
    }
  }
}
