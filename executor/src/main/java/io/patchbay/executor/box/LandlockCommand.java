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
 * Starts a launcher that closes itself, without bubblewrap. It sees the machine's names of files
 * and may read: {@code /usr} and the interpreter, the linker's cache, the authorities.
 *
 * <p>Nothing of {@code /etc} can be read, so the C library falls back to its own defaults: the name
 * server at 127.0.0.1, which is the supervisor, and {@code RES_OPTIONS} makes it ask over TCP.
 */
final class LandlockCommand implements LaunchCommand {
  private final List<String> asUser;
  private final Interpreter python;
  private final LauncherSettings settings;
  private final BoxFolder folder;

  LandlockCommand(
      List<String> asUser, Interpreter python, LauncherSettings settings, BoxFolder folder) {
    this.asUser = asUser;
    this.python = python;
    this.settings = settings;
    this.folder = folder;
  }

  @Override
  public Level level() {
    return Level.LANDLOCK;
  }

  @Override
  public List<String> arguments(int generation) throws IOException {
    List<String> command = new ArrayList<>(asUser);
    command.addAll(List.of(python.program().toString(), "-I", "-S", "-B", "-X", "utf8"));
    command.add(folder.app().resolve("start.py").toString());
    command.add(
        settings.forLandlock(
            socket(generation),
            control(generation),
            readable(),
            folder.app(),
            folder.run().resolve("calls-" + generation)));
    return command;
  }

  @Override
  public Map<String, String> environment() throws IOException {
    Map<String, String> environment = new LinkedHashMap<>(BoxCommand.ENVIRONMENT);
    environment.put("RES_OPTIONS", "use-vc attempts:1");
    environment.put("LOCALDOMAIN", ".");
    environment.put("OPENSSL_CONF", "/dev/null"); // it stops at a file that it may not read
    Authorities.bundle().ifPresent(bundle -> Authorities.trust(bundle, environment));
    return environment;
  }

  private List<Path> readable() throws IOException {
    List<Path> readable = new ArrayList<>();
    for (String path : List.of("/usr", "/lib", "/lib64", "/etc/ld.so.cache")) {
      if (Files.exists(Path.of(path))) {
        readable.add(Path.of(path));
      }
    }
    readable.add(python.prefix());
    settings.packages().shared().forEach(it -> readable.add(it.folder()));
    Authorities.bundle().ifPresent(readable::add);
    return readable;
  }

  @Override
  public Path socket(int generation) {
    return folder.run().resolve("launcher-" + generation);
  }

  @Override
  public Path control(int generation) {
    return folder.run().resolve("control-" + generation);
  }
}
