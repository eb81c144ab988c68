package io.patchbay.executor.box;

import io.patchbay.executor.Limits;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import io.patchbay.executor.frame.FrameType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command that starts a launcher in its box.
 *
 * <p>The box shows: {@code /usr} and the interpreter, read-only; a small {@code /etc} of our own;
 * {@code /dev} with null and urandom; nothing else of the machine. All that only the launcher may
 * see, its {@code /proc} included, lies below {@code /tmp/.launcher}, which each call covers with a
 * {@code /tmp} of its own. There is no network interface but an unreachable loopback.
 */
final class BoxCommand {
  /** Ids inside the box; outside they are those of the user that started it. */
  private static final String BOX_ID = "1000";

  /** Beside the memory of a call: the interpreter, two malloc arenas, thread stacks. */
  private static final long ADDRESS_SPACE_ROOM = 192L << 20;

  private final List<String> asUser;
  private final Path bubblewrap;
  private final Interpreter python;
  private final Packages packages;
  private final BoxFolder folder;
  private final Capacity capacity;

  BoxCommand(
      List<String> asUser,
      Path bubblewrap,
      Interpreter python,
      Packages packages,
      BoxFolder folder,
      Capacity capacity) {
    this.asUser = asUser;
    this.bubblewrap = bubblewrap;
    this.python = python;
    this.packages = packages;
    this.folder = folder;
    this.capacity = capacity;
  }

  /**
   * @param everybodys folders that every call can import from
   * @param sets folder of package sets, of which a call sees the one that it asks for
   */
  record Packages(List<Path> everybodys, Optional<Path> sets) {}

  Interpreter python() {
    return python;
  }

  /** Where the launcher of this generation listens, seen from outside. */
  Path socket(int generation) {
    return folder.run().resolve(socketName(generation));
  }

  /** Where the launcher hands its listener over, seen from outside. */
  Path control(int generation) {
    return folder.run().resolve(controlName(generation));
  }

  List<String> arguments(int generation) throws IOException {
    List<String> command = new ArrayList<>(asUser);
    command.add(bubblewrap.toString());
    command.addAll(namespaces());
    command.addAll(environment());
    command.addAll(systemFolders());
    command.addAll(smallFolders());
    command.addAll(launcherFolders());
    command.addAll(List.of("--remount-ro", "/", "--chdir", "/"));
    command.addAll(List.of(python.program().toString(), "-I", "-S", "-B", "-X", "utf8"));
    command.addAll(List.of("/tmp/.launcher/app/start.py", settings(generation)));
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

  /** Few malloc arenas: each reserves address space, which is what the memory limit counts. */
  private static List<String> environment() {
    List<String> arguments = new ArrayList<>(List.of("--clearenv"));
    for (String variable :
        List.of(
            "PATH=/usr/bin",
            "HOME=/tmp",
            "LANG=C.UTF-8",
            "MALLOC_ARENA_MAX=2",
            "LD_BIND_NOW=1", // else each call would look up what only calls use
            "PYTHONUTF8=1",
            "PYTHONDONTWRITEBYTECODE=1")) {
      int equals = variable.indexOf('=');
      arguments.addAll(
          List.of("--setenv", variable.substring(0, equals), variable.substring(equals + 1)));
    }
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
    bindUnlessSystem(arguments, python.prefix());
    packages
        .everybodys()
        .forEach(folderOfPackages -> bindUnlessSystem(arguments, folderOfPackages));
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
    for (String variable : List.of("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")) {
      arguments.addAll(List.of("--setenv", variable, Authorities.IN_BOX));
    }
    return arguments;
  }

  private static void bindUnlessSystem(List<String> arguments, Path path) {
    if (!path.startsWith("/usr")) {
      arguments.addAll(List.of("--ro-bind", path.toString(), path.toString()));
    }
  }

  private List<String> launcherFolders() {
    List<String> arguments = new ArrayList<>(List.of("--dir", "/opt/packages", "--tmpfs", "/tmp"));
    packages
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

  private String settings(int generation) {
    String packagePaths =
        String.join(
            ",", packages.everybodys().stream().map(path -> quoted(path.toString())).toList());
    return """
    {"socket":%s,"control":%s,"parked":%d,"max_address_space":%d,"max_log":%d,"max_result":%d,\
    "max_result_frame":%d,"packages":[%s]}\
    """
        .formatted(
            quoted("/tmp/.launcher/run/" + socketName(generation)),
            quoted("/tmp/.launcher/run/" + controlName(generation)),
            capacity.parked(),
            capacity.maxMemory() + ADDRESS_SPACE_ROOM,
            Limits.MAX_LOG,
            Limits.MAX_RESULT,
            FrameType.RESULT.cap(),
            packagePaths);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String controlName(int generation) {
    return "control-" + generation;
  }

  private static String socketName(int generation) {
    return "launcher-" + generation;
  }
}
