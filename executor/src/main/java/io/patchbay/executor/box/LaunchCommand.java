package io.patchbay.executor.box;

import io.patchbay.executor.Executor.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How a launcher is started at one level of containment. Generations are counted from 1. */
interface LaunchCommand {
  Level level();

  /** The program and its arguments. */
  List<String> arguments(int generation) throws IOException;

  /** All of the launcher's environment; empty where the arguments set it. */
  Map<String, String> environment() throws IOException;

  /** Where the launcher of this generation listens. */
  Path socket(int generation);

  /** Where the launcher hands its listener over. */
  Path control(int generation);
}
