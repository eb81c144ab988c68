package io.patchbay.executor.box;

import io.patchbay.executor.Executor.Status;
import io.patchbay.executor.box.Launcher.Closed;
import io.patchbay.executor.box.Launcher.Down;
import io.patchbay.executor.box.Launcher.Starting;
import io.patchbay.executor.box.Launcher.State;
import io.patchbay.executor.box.Launcher.Up;
import io.patchbay.executor.net.Lookup;
import io.patchbay.executor.net.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The box of one executor: a launcher that is kept alive, or the reason why there is none. */
final class Box implements AutoCloseable {
  private static final int LONGEST_SOCKET_PATH = 100;
  private static final String LEVEL = "user namespaces, system call filters, limits";

  private final String python;
  private final State withoutLauncher;
  private final @Nullable BoxFolder folder;
  private final @Nullable Launcher launcher;

  private Box(
      String python,
      State withoutLauncher,
      @Nullable BoxFolder folder,
      @Nullable Launcher launcher) {
    this.python = python;
    this.withoutLauncher = withoutLauncher;
    this.folder = folder;
    this.launcher = launcher;
  }

  static Box open(ExecutorConfig config, SelfTest selfTest, Lookup lookup, Deadlines deadlines) {
    Prerequisites machine = new Prerequisites(config);
    Optional<String> problem = machine.problem();
    if (problem.isPresent()) {
      return unavailable(problem.get());
    }
    List<String> asUser = machine.asUser();
    Optional<Interpreter> python = Interpreter.find(config.programs().pythons(), asUser);
    if (python.isEmpty()) {
      return unavailable(
          "No CPython 3.9 or newer can be run. Install it: sudo apt-get install python3");
    }
    try {
      BoxFolder folder = BoxFolder.create(config.work(), config.becomes());
      return launched(
          new BoxCommand(
              asUser,
              config.programs().bubblewrap(),
              python.get(),
              new BoxCommand.Packages(packages(config, python.get()), config.packageSets()),
              folder,
              config.capacity()),
          folder,
          config.work(),
          command -> new Launcher(command, selfTest, lookup, deadlines));
    } catch (IOException failed) {
      return unavailable("The folder of the box cannot be made: " + failed);
    }
  }

  private static List<Path> packages(ExecutorConfig config, Interpreter python) {
    List<Path> packages = new ArrayList<>(config.programs().packages());
    packages.addAll(python.systemPackages());
    return packages;
  }

  private static Box launched(
      BoxCommand command, BoxFolder folder, Path work, Function<BoxCommand, Launcher> launcher) {
    Path socket = command.socket(Integer.MAX_VALUE);
    if (socket.toString().length() > LONGEST_SOCKET_PATH) {
      folder.close();
      return unavailable("The path of the work folder is too long for a socket: " + work);
    }
    return new Box(command.python().description(), new Closed(), folder, launcher.apply(command));
  }

  private static Box unavailable(String reason) {
    return new Box("none", new Down(reason), null, null);
  }

  /** Gives up waiting when interrupted. */
  void awaitStart(Duration patience) {
    try {
      awaitDecision(patience);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  State awaitDecision(Duration patience) throws InterruptedException {
    return launcher == null ? withoutLauncher : launcher.awaitDecision(patience);
  }

  State awaitChange(State useless, Duration patience) throws InterruptedException {
    return launcher == null ? withoutLauncher : launcher.awaitChange(useless, patience);
  }

  Optional<Up> up() {
    return launcher != null && launcher.state() instanceof Up up
        ? Optional.of(up)
        : Optional.empty();
  }

  Status status() {
    State state = launcher == null ? withoutLauncher : launcher.state();
    return switch (state) {
      case Up up -> new Status(true, LEVEL + network(up), python);
      case Starting starting -> new Status(false, "The box is being started", python);
      case Down(String reason) -> new Status(false, reason, python);
      case Closed closed -> new Status(false, "The executor is closed", python);
    };
  }

  private static String network(Up up) {
    boolean serves = up.supervisor().filter(Supervisor::serves).isPresent();
    return serves
        ? ", supervised connections"
        : "; no connections: " + up.noNetwork().orElse("their supervisor has ended");
  }

  /** Ends every process of the box and removes its files; idempotent. */
  @Override
  public void close() {
    if (launcher != null) {
      launcher.close();
    }
    if (folder != null) {
      folder.close();
    }
  }
}
