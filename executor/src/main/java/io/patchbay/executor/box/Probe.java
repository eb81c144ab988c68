package io.patchbay.executor.box;

import io.patchbay.executor.Executor.Level;
import io.patchbay.executor.box.Launcher.Closed;
import io.patchbay.executor.box.Launcher.Down;
import io.patchbay.executor.box.Launcher.Starting;
import io.patchbay.executor.box.Launcher.State;
import io.patchbay.executor.box.Launcher.Up;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds out at the start which level this machine has: the strongest whose launcher passes its
 * self-test. It is kept until the executor is closed. Where there is none, the strongest that can
 * be tried goes on being tried, since what is missing may be allowed meanwhile.
 *
 * @param proven whether the launcher has passed
 * @param missing why stronger levels are not used, or why none is
 */
record Probe(Launcher launcher, Level level, boolean proven, List<String> missing) {
  private static final Logger LOG = System.getLogger(Probe.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static Probe begin(LaunchCommands commands, Function<LaunchCommand, Launcher> starter) {
    List<String> missing = new ArrayList<>();
    List<Probe> failed = new ArrayList<>();
    for (Level level : commands.levels()) {
      Optional<String> problem = commands.problem(level);
      if (problem.isPresent()) {
        missing.add(level.text() + ": " + problem.get());
        continue;
      }
      Launcher launcher = starter.apply(commands.of(level));
      switch (decision(launcher)) {
        case Up _ -> {
          failed.forEach(other -> other.launcher.close());
          tell(level, missing);
          return new Probe(launcher, level, true, List.copyOf(missing));
        }
        case Down(String why) -> missing.add(level.text() + ": " + why);
        case Starting _, Closed _ -> missing.add(level.text() + ": it did not start in time");
      }
      failed.add(new Probe(launcher, level, false, List.of()));
    }
    return unproven(failed, missing, commands, starter);
  }

  private static Probe unproven(
      List<Probe> failed,
      List<String> missing,
      LaunchCommands commands,
      Function<LaunchCommand, Launcher> starter) {
    Level level = failed.isEmpty() ? commands.levels().getFirst() : failed.getFirst().level;
    Launcher launcher =
        failed.isEmpty() ? starter.apply(commands.of(level)) : failed.getFirst().launcher;
    failed.stream().skip(1).forEach(other -> other.launcher.close());
    return new Probe(launcher, level, false, List.copyOf(missing));
  }

  private static State decision(Launcher launcher) {
    try {
      return launcher.awaitDecision(PATIENCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return launcher.state();
    }
  }

  private static void tell(Level level, List<String> missing) {
    missing.forEach(
        why -> LOG.log(Logger.Level.WARNING, "code is contained by {0}; {1}", level.text(), why));
  }
}
