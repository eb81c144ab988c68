package io.patchbay.executor.box;

import io.patchbay.executor.Executor.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The levels of containment that are to be tried, the strongest first. */
final class LaunchCommands {
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

  LaunchCommand of(Level level) {
    List<Path> packages = new ArrayList<>(config.programs().packages());
    packages.addAll(python.systemPackages());
    LauncherSettings settings =
        new LauncherSettings(
            config.capacity(), new LauncherSettings.Packages(packages, reachableSets()));
    return switch (level) {
      case NAMESPACES ->
          new BoxCommand(
              machine.asUser(), config.programs().bubblewrap(), python, settings, folder);
      case LANDLOCK -> new LandlockCommand(machine.asUser(), python, settings, folder);
      case NONE -> throw new IllegalArgumentException("nothing is to be started");
    };
  }
}
