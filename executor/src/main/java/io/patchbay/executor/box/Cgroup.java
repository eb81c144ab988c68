package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A control group (version 2) for launchers and all their calls, where one with the controllers of
 * memory and processes was delegated to this program, as systemd does with {@code Delegate=yes}.
 * There is none per call: making one costs 150 microseconds.
 */
final class Cgroup {
  private static final Set<String> NEEDED = Set.of("memory", "pids");

  /** Only groups without processes may hand controllers down, so we move to one of our own. */
  private static final String SERVER = "patchbay-server";

  private static final String BOX = "patchbay-box";

  private final Optional<Path> group;
  private final String description;

  private Cgroup(Optional<Path> group, String description) {
    this.group = group;
    this.description = description;
  }

  /**
   * @param memory bytes that all calls may use together
   * @param processes that there may be, threads counted
   */
  record Limits(long memory, int processes) {
    private static final int THREADS_OF_A_CALL = 64;
    private static final int THREADS_BESIDE = 64;

    /** All threads that so many calls may have. */
    static Limits of(long memory, int calls) {
      return new Limits(memory, calls * THREADS_OF_A_CALL + THREADS_BESIDE);
    }
  }

  /** Of this machine; never fails. */
  static Cgroup open(Limits limits) {
    return open(Path.of("/proc/self"), limits);
  }

  /**
   * @param self the folder of this process in {@code /proc}
   */
  static Cgroup open(Path self, Limits limits) {
    try {
      Optional<Path> own = own(self);
      if (own.isEmpty()) {
        return none("this machine has no control groups of version 2");
      }
      List<String> offered = words(own.get().resolve("cgroup.controllers"));
      if (!offered.containsAll(NEEDED)) {
        return none("none with memory and pids controllers is delegated");
      }
      if (!isDelegated(own.get())) {
        return none("none is delegated to this program");
      }
      return new Cgroup(Optional.of(made(own.get(), limits)), described(limits));
    } catch (IOException | UnsupportedOperationException failed) {
      return none("cannot be used: " + failed);
    }
  }

  private static Cgroup none(String why) {
    return new Cgroup(Optional.empty(), "none: " + why);
  }

  private static String described(Limits limits) {
    return "all calls together: %d MiB of memory, %d processes and threads"
        .formatted(limits.memory() >> 20, limits.processes());
  }

  String description() {
    return description;
  }

  /** The command that joins the group and then becomes this one. */
  List<String> joining(List<String> command) {
    if (group.isEmpty()) {
      return command;
    }
    List<String> joining = new ArrayList<>();
    joining.addAll(List.of("/bin/sh", "-c", "echo $$ > \"$0\" && exec \"$@\""));
    joining.add(group.get().resolve("cgroup.procs").toString());
    joining.addAll(command);
    return joining;
  }

  /** The folder of the group that this process is in. */
  private static Optional<Path> own(Path self) throws IOException {
    Optional<String> mount;
    try (Stream<String> mounts = Files.lines(self.resolve("mountinfo"))) {
      mount =
          mounts
              .filter(line -> line.contains(" - cgroup2 "))
              .map(line -> line.split(" ", -1)[4])
              .findFirst();
    }
    try (Stream<String> groups = Files.lines(self.resolve("cgroup"))) {
      Optional<String> path =
          groups.filter(line -> line.startsWith("0::/")).map(line -> line.substring(4)).findFirst();
      return mount
          .flatMap(root -> path.map(Path.of(root)::resolve))
          .map(group -> group.endsWith(SERVER) ? group.resolveSibling("").normalize() : group)
          .filter(Files::isDirectory);
    }
  }

  private static List<String> words(Path file) throws IOException {
    return List.of(Files.readString(file).strip().split("\\s+"));
  }

  /** Root may write to every group, so only the mark of who delegates counts for it. */
  private static boolean isDelegated(Path group) {
    return Identity.isRoot() ? isMarked(group) : Files.isWritable(group.resolve("cgroup.procs"));
  }

  private static boolean isMarked(Path group) {
    var attributes = Files.getFileAttributeView(group, UserDefinedFileAttributeView.class);
    try {
      ByteBuffer value = ByteBuffer.allocate(1);
      return attributes != null
          && attributes.read("delegate", value) == 1
          && new String(value.array(), UTF_8).equals("1");
    } catch (IOException unmarked) {
      return false;
    }
  }

  private static Path made(Path own, Limits limits) throws IOException {
    Path server = Files.createDirectories(own.resolve(SERVER));
    Files.writeString(server.resolve("cgroup.procs"), Long.toString(ProcessHandle.current().pid()));
    Files.writeString(own.resolve("cgroup.subtree_control"), "+memory +pids");
    Path box = Files.createDirectories(own.resolve(BOX));
    Files.writeString(box.resolve("memory.max"), Long.toString(limits.memory()));
    Files.writeString(box.resolve("pids.max"), Integer.toString(limits.processes()));
    return box;
  }
}
