package io.patchbay.executor.box;

import io.patchbay.executor.Executor.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command that starts a launcher in its box.
 *
 * <p>The box shows: {@code /usr} and the interpreter, read-only; a small {@code /etc} of our own;
 * {@code /dev} with null and urandom; nothing else of the machine. All that only the launcher may
 * see, its {@code /proc} included, lies below {@code /tmp/.launcher}, which each call covers with a
 * {@code /tmp} of its own. There is no network interface but an unreachable loopback.
 */
final class BoxCommand implements LaunchCommand {
  /** Ids inside the box; outside they are those of the user that started it. */
  private static final String BOX_ID = "1000";

  /**
   * Few malloc arenas: each reserves address space, which is what the memory limit counts. Symbols
   * are bound at once: else each call would look up what only calls use.
   */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH", "/usr/bin",
          "HOME", "/tmp",
          "TMPDIR", "/tmp",
          "LANG", "C.UTF-8",
          "MALLOC_ARENA_MAX", "2",
          "LD_BIND_NOW", "1",
          "PYTHONUTF8", "1",
          "PYTHONDONTWRITEBYTECODE", "1");

  private final List<String> asUser;
  private final Path bubblewrap;
  private final Interpreter python;
  private final LauncherSettings settings;
  private final BoxFolder folder;

  BoxCommand(
      List<String> asUser,
      Path bubblewrap,
      Interpreter python,
      LauncherSettings settings,
      BoxFolder folder) {
    this.asUser = asUser;
    this.bubblewrap = bubblewrap;
    this.python = python;
    this.settings = settings;
    this.folder = folder;
  }

  @Override
  public Level level() {
    return Level.NAMESPACES;
  }

  /** Bubblewrap clears what it is given and sets what the launcher gets. */
  @Override
  public Map<String, String> environment() {
    return Map.of();
  }

  @Override
  public Path socket(int generation) {
    return folder.run().resolve(socketName(generation));
  }

  @Override
  public Path control(int generation) {
    return folder.run().resolve(controlName(generation));
  }

  @Override
  public List<String> arguments(int generation) throws IOException {
    Path run = Path.of("/tmp/.launcher/run");
    return running(
        "start.py",
        settings.forNamespaces(
            run.resolve(socketName(generation)), run.resolve(controlName(generation))));
  }

  /** The same box around pip. */
  List<String> installer(int generation) throws IOException {
    return running("install.py", "/tmp/.launcher/run/" + controlName(generation));
  }

  private List<String> running(String program, String argument) throws IOException {
    List<String> command = new ArrayList<>(asUser);
    command.add(bubblewrap.toString());
    command.addAll(namespaces());
    command.addAll(environmentArguments());
    command.addAll(systemFolders());
    command.addAll(smallFolders());
    command.addAll(launcherFolders());
    command.addAll(List.of("--remount-ro", "/", "--chdir", "/"));
    command.addAll(List.of(python.program().toString(), "-I", "-S", "-B", "-X", "utf8"));
    command.addAll(List.of("/tmp/.launcher/app/" + program, argument));
    return command;
  }

  private static List<String> namespaces() {
    return List.of(
        "--unshare-user",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
        "--unshare-uts",
        "--uid",
        BOX_ID,
        "--gid",
        BOX_ID,
        "--hostname",
        "box",
        "--die-with-parent",
        "--new-session");
  }

  private static List<String> environmentArguments() {
    List<String> arguments = new ArrayList<>(List.of("--clearenv"));
    ENVIRONMENT.forEach((name, value) -> arguments.addAll(List.of("--setenv", name, value)));
    return arguments;
  }

  private List<String> systemFolders() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--ro-bind", "/usr", "/usr"));
    for (String library : List.of("/lib", "/lib64")) {
      Path path = Path.of(library);
      if (Files.isSymbolicLink(path)) {
        String target = Files.readSymbolicLink(path).toString();
        arguments.addAll(List.of("--symlink", target, library));
      } else if (Files.isDirectory(path)) {
        arguments.addAll(List.of("--ro-bind", library, library));
      }
    }
    bindUnlessSystem(arguments, python.prefix(), python.prefix());
    settings
        .packages()
        .shared()
        .forEach(it -> bindUnlessSystem(arguments, it.folder(), it.inBox()));
    return arguments;
  }

  private List<String> smallFolders() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--tmpfs", "/etc"));
    for (String file : BoxFolder.ETC) {
      arguments.addAll(List.of("--ro-bind", folder.etc().resolve(file).toString(), "/etc/" + file));
    }
    arguments.addAll(List.of("--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"));
    Authorities.bundle().ifPresent(bundle -> arguments.addAll(trust(bundle)));
    arguments.addAll(List.of("--remount-ro", "/etc", "--tmpfs", "/dev"));
    for (String device : List.of("/dev/null", "/dev/urandom")) {
      arguments.addAll(List.of("--dev-bind", device, device));
    }
    arguments.addAll(List.of("--remount-ro", "/dev"));
    return arguments;
  }

  /** So that encrypted connections are checked, by OpenSSL and by packages with their own idea. */
  private static List<String> trust(Path bundle) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--ro-bind", bundle.toString(), Authorities.IN_BOX));
    Map<String, String> variables = new LinkedHashMap<>();
    Authorities.trust(Path.of(Authorities.IN_BOX), variables);
    variables.forEach((name, value) -> arguments.addAll(List.of("--setenv", name, value)));
    return arguments;
  }

  private static void bindUnlessSystem(List<String> arguments, Path path, Path inBox) {
    if (!path.startsWith("/usr")) {
      arguments.addAll(List.of("--ro-bind", path.toString(), inBox.toString()));
    }
  }

  private List<String> launcherFolders() {
    List<String> arguments = new ArrayList<>(List.of("--dir", "/opt/packages", "--tmpfs", "/tmp"));
    settings
        .packages()
        .sets()
        .ifPresent(sets ->
            arguments.addAll(List.of("--ro-bind", sets.toString(), "/tmp/.launcher/packages")));
    arguments.addAll(ofLauncher());
    return arguments;
  }

  private List<String> ofLauncher() {
    return List.of(
        "--proc",
        "/tmp/.launcher/proc",
        "--ro-bind",
        folder.app().toString(),
        "/tmp/.launcher/app",
        "--bind",
        folder.run().toString(),
        "/tmp/.launcher/run",
        "--remount-ro",
        "/tmp");
  }

  private static String controlName(int generation) {
    return "control-" + generation;
  }

  private static String socketName(int generation) {
    return "launcher-" + generation;
  }
}
