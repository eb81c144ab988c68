package io.patchbay.executor.box;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A usable CPython.
 *
 * @param program the interpreter itself, no link
 * @param prefix the folder that it and its library live under
 */
record Interpreter(Path program, Path prefix, String version) {
  private static final Pattern ANSWER = Pattern.compile("cpython\n3\\.(\\d+)\\.(\\d+)\n(/.*)\n");
  private static final String QUESTION =
      "import sys;print(sys.implementation.name);print('%d.%d.%d'%sys.version_info[:3]);"
          + "print(sys.base_prefix)";
  private static final int LEAST_MINOR = 9;

  /** Of Debian and its relatives; others keep them where the interpreter looks anyway. */
  private static final Path SYSTEM_PACKAGES = Path.of("/usr/lib/python3/dist-packages");

  /** The first usable one of the candidates, run as the user that will run it later. */
  static Optional<Interpreter> find(List<Path> candidates, List<String> asUser) {
    for (Path candidate : candidates) {
      Optional<Interpreter> found = probe(candidate, asUser);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Packages of the distribution, which are made for its own interpreter only. */
  List<Path> systemPackages() {
    boolean usable = prefix.equals(Path.of("/usr")) && Files.isDirectory(SYSTEM_PACKAGES);
    return usable ? List.of(SYSTEM_PACKAGES) : List.of();
  }

  String description() {
    return "CPython " + version + " (" + program + ")";
  }

  private static Optional<Interpreter> probe(Path candidate, List<String> asUser) {
    try {
      if (!Files.isExecutable(candidate)) {
        return Optional.empty();
      }
      Path program = candidate.toRealPath();
      Matcher answer = ANSWER.matcher(ask(program, asUser));
      if (!answer.matches() || Integer.parseInt(answer.group(1)) < LEAST_MINOR) {
        return Optional.empty();
      }
      Path prefix = Path.of(answer.group(3)).toRealPath();
      String version = "3." + answer.group(1) + "." + answer.group(2);
      return program.startsWith(prefix)
          ? Optional.of(new Interpreter(program, prefix, version))
          : Optional.empty();
    } catch (IOException notUsable) {
      return Optional.empty();
    }
  }

  private static String ask(Path program, List<String> asUser) throws IOException {
    List<String> command = new ArrayList<>(asUser);
    command.addAll(List.of(program.toString(), "-I", "-S", "-B", "-c", QUESTION));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        return "";
      }
      return new String(process.getInputStream().readNBytes(1000), StandardCharsets.UTF_8);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    } finally {
      process.destroyForcibly();
    }
  }
}
