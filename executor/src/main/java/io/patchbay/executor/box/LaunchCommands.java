package io.patchbay.executor.box;

import io.patchbay.executor.Executor.Level;
import io.patchbay.executor.box.LauncherSettings.Shared;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The levels of containment that are to be tried, the strongest first. */
final class LaunchCommands {
  private static final Path DEFAULT_SET_IN_BOX = Path.of("/opt/default");
  private static final Path SHIPPED_IN_BOX = Path.of("/opt/patchbay");

  private final ExecutorConfig config;
  private final Prerequisites machine;
  private final Interpreter python;
  private final BoxFolder folder;

  LaunchCommands(
      ExecutorConfig config, Prerequisites machine, Interpreter python, BoxFolder folder) {
    this.config = config;
    this.machine = machine;
    this.python = python;
    this.folder = folder;
  }

  List<Level> levels() {
    return switch (config.containment()) {
      case AUTO -> List.of(Level.NAMESPACES, Level.LANDLOCK);
      case NAMESPACES -> List.of(Level.NAMESPACES);
      case LANDLOCK -> List.of(Level.LANDLOCK);
    };
  }

  /** Why this level need not even be tried; empty if it may be. */
  Optional<String> problem(Level level) {
    return level == Level.NAMESPACES ? machine.namespacesProblem() : Optional.empty();
  }

  /**
   * Without those that the user of the box cannot get at: code that needs none runs all the same.
   */
  private Optional<Path> reachableSets() {
    return config
        .packageSets()
        .filter(sets -> config.becomes().flatMap(user -> user.blockedAt(sets)).isEmpty());
  }

  /** The default set may come later; what is shipped stands in for packages that are not there. */
  private List<Shared> shared(Optional<Path> sets) {
    List<Shared> shared = new ArrayList<>();
    config.programs().packages().forEach(it -> shared.add(Shared.asItIs(it)));
    sets.map(it -> it.resolve(ExecutorConfig.DEFAULT_SET))
        .filter(Files::isDirectory)
        .ifPresent(
            it -> shared.add(new Shared(it, DEFAULT_SET_IN_BOX, Path.of(ExecutorConfig.CURRENT))));
    python.systemPackages().forEach(it -> shared.add(Shared.asItIs(it)));
    shared.add(new Shared(folder.shipped(), SHIPPED_IN_BOX, Path.of("")));
    return shared;
  }

  LaunchCommand of(Level level) {
    Optional<Path> sets = reachableSets();
    LauncherSettings settings =
        new LauncherSettings(config.capacity(), new LauncherSettings.Packages(shared(sets), sets));
    return switch (level) {
      case NAMESPACES ->
          new BoxCommand(
              machine.asUser(), config.programs().bubblewrap(), python, settings, folder);
      case LANDLOCK -> new LandlockCommand(machine.asUser(), python, settings, folder);
      case NONE -> throw new IllegalArgumentException("nothing is to be started");
    };
  }
}
