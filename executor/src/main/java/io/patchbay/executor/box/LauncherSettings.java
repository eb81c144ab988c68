package io.patchbay.executor.box;

import io.patchbay.executor.Limits;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import io.patchbay.executor.frame.FrameType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The launcher's only argument, a JSON object. */
record LauncherSettings(Capacity capacity, Packages packages) {
  /**
   * @param shared what every call can import from, in this order
   * @param sets folder of package sets, of which a call sees the one that it asks for
   */
  record Packages(List<Shared> shared, Optional<Path> sets) {}

  /**
   * A folder that every call can import from.
   *
   * @param inBox where a box with files of its own shows it
   * @param entry below it, where the modules are; they may come later
   */
  record Shared(Path folder, Path inBox, Path entry) {
    static Shared asItIs(Path folder) {
      return new Shared(folder, folder, Path.of(""));
    }
  }

  /** Beside the memory of a call: the interpreter, two malloc arenas, thread stacks. */
  private static final long ADDRESS_SPACE_ROOM = 192L << 20;

  /** With namespaces of its own for each call. */
  String forNamespaces(Path socket, Path control) {
    return "{\"containment\":\"namespaces\"," + common(socket, control, Shared::inBox) + "}";
  }

  /**
   * @param readable files and folders that every call may read
   * @param app the launcher's own files
   * @param folders a folder that does not exist yet, for those of calls
   */
  String forLandlock(Path socket, Path control, List<Path> readable, Path app, Path folders) {
    return """
    {"containment":"landlock","app":%s,"folders":%s,"readable":%s,"package_sets":%s,"places":%d,%s}\
    """
        .formatted(
            quoted(app),
            quoted(folders),
            list(readable),
            quoted(packages.sets().map(Path::toString).orElse("")),
            capacity.mostProcesses(),
            common(socket, control, Shared::folder));
  }

  /**
   * @param seenAt where calls see what is shared
   */
  private String common(Path socket, Path control, Function<Shared, Path> seenAt) {
    return """
    "socket":%s,"control":%s,"max_address_space":%d,"max_log":%d,"max_result":%d,\
    "max_result_frame":%d,"packages":%s\
    """
        .formatted(
            quoted(socket),
            quoted(control),
            capacity.maxMemory() + ADDRESS_SPACE_ROOM,
            Limits.MAX_LOG,
            Limits.MAX_RESULT,
            FrameType.RESULT.cap(),
            list(
                packages.shared().stream()
                    .map(it -> seenAt.apply(it).resolve(it.entry()))
                    .toList()));
  }

  private static String list(List<Path> paths) {
    return "[" + String.join(",", paths.stream().map(LauncherSettings::quoted).toList()) + "]";
  }

  private static String quoted(Object path) {
    return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
