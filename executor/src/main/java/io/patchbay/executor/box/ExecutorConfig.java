package io.patchbay.executor.box;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the executor is started with; invalid values are refused here.
 *
 * @param programs where the programs are that the box is made with
 * @param work existing folder in which a folder for the launcher's socket and files is made; the
 *     sandbox user must be able to pass through it
 * @param becomes the user that boxes run as; needed when started as root, refused otherwise
 */
public record ExecutorConfig(
    Programs programs,
    Path work,
    Capacity capacity,
    Optional<Identity> becomes,
    Options options,
    Clock clock) {
  /** In the folder of package sets: the folder in which the one that all calls share is kept. */
  public static final String DEFAULT_SET = "default";

  /** In {@link #DEFAULT_SET}: a link to the set that is the one now; replaced at once. */
  public static final String CURRENT = "current";

  /** Without package sets, and with the strongest containment that this machine has. */
  public ExecutorConfig(
      Programs programs, Path work, Capacity capacity, Optional<Identity> becomes, Clock clock) {
    this(programs, work, capacity, becomes, Options.STANDARD, clock);
  }

  public ExecutorConfig {
    requireFolder("work", work);
  }

  /**
   * What most executors need not say.
   *
   * @param packageSets existing folder of package sets, each a folder by the name that {@link
   *     io.patchbay.executor.Code#packages} gives; the sandbox user must be able to read it
   */
  public record Options(Optional<Path> packageSets, Containment containment) {
    static final Options STANDARD = new Options(Optional.empty(), Containment.AUTO);

    public Options {
      packageSets.ifPresent(path -> requireFolder("packageSets", path));
    }
  }

  private static void requireFolder(String name, Path path) {
    if (!path.isAbsolute() || !Files.isDirectory(path)) {
      throw new IllegalArgumentException(name + " is not an existing absolute folder: " + path);
    }
  }

  /** The same with package sets. */
  public ExecutorConfig withPackageSets(Path folder) {
    Options changed = new Options(Optional.of(folder), containment());
    return new ExecutorConfig(programs, work, capacity, becomes, changed, clock);
  }

  /** The same with another containment. */
  public ExecutorConfig with(Containment wanted) {
    Options changed = new Options(packageSets(), wanted);
    return new ExecutorConfig(programs, work, capacity, becomes, changed, clock);
  }

  public Optional<Path> packageSets() {
    return options.packageSets();
  }

  public Containment containment() {
    return options.containment();
  }

  /** Fits most machines: the distribution's programs, the temporary folder, a user if root. */
  public static ExecutorConfig standard(Clock clock) {
    return new ExecutorConfig(
        Programs.standard(),
        Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath(),
        Capacity.standard(),
        Identity.isRoot() ? Optional.of(Identity.dedicated()) : Optional.empty(),
        clock);
  }

  /**
   * @param pythons candidates, the first usable one is taken: CPython 3.9 or newer
   * @param bubblewrap the program {@code bwrap}
   * @param setpriv used when started as root
   * @param packages folders of packages that Patchbay ships, importable in every call
   */
  public record Programs(List<Path> pythons, Path bubblewrap, Path setpriv, List<Path> packages) {
    public Programs {
      pythons = List.copyOf(pythons);
      packages = List.copyOf(packages);
    }

    /** The distribution's python before any other in {@code PATH}. */
    public static Programs standard() {
      List<Path> pythons = new ArrayList<>(List.of(Path.of("/usr/bin/python3")));
      for (Path folder : searchPath()) {
        pythons.add(folder.resolve("python3"));
      }
      return new Programs(pythons, inPath("bwrap"), inPath("setpriv"), List.of());
    }

    private static Path inPath(String program) {
      return searchPath().stream()
          .map(folder -> folder.resolve(program))
          .filter(Files::isExecutable)
          .findFirst()
          .orElse(Path.of("/usr/bin", program));
    }

    private static List<Path> searchPath() {
      String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
      return List.of(path.split(":")).stream()
          .filter(folder -> folder.startsWith("/"))
          .map(Path::of)
          .toList();
    }
  }

  /**
   * @param concurrency calls that run at once, 1 to 500
   * @param queue calls that may wait for a place, 0 to 100 000; more are {@code OVERLOADED}
   * @param ready processes that have loaded some code and wait for its next call, 0 to 500; with 0
   *     every call has a process of its own
   * @param maxMemory bytes that a call may ask for at most
   * @param memory bytes that all calls have together: each stands for its share of the places
   */
  public record Capacity(int concurrency, int queue, int ready, long maxMemory, long memory) {
    /** Of a call's limit, what most calls leave alone. */
    private static final long LEFT_ALONE = 192L << 20;

    /** What the least call takes, its interpreter included. */
    private static final long LEAST = 64L << 20;

    public Capacity {
      requireRange("concurrency", concurrency, 1, 500);
      requireRange("queue", queue, 0, 100_000);
      requireRange("ready", ready, 0, 500);
      requireRange("maxMemory", maxMemory, 16L << 20, 64L << 30);
      requireRange("memory", memory, LEAST, Long.MAX_VALUE);
    }

    /** With the memory that calls have on this machine. */
    public Capacity(int concurrency, int queue, int ready, long maxMemory) {
      this(concurrency, queue, ready, maxMemory, ofThisMachine());
    }

    /** Of calls, those that wait included. */
    int mostProcesses() {
      return concurrency + ready;
    }

    /** What all calls together may use, where control groups can say so. */
    Cgroup.Limits together() {
      return Cgroup.Limits.of(memory, mostProcesses());
    }

    /**
     * How many places a call takes: one up to a limit of 256 MiB, since most calls use far less
     * than they may, and beyond that as many as there are for so much memory.
     *
     * @param limit bytes that it may use
     */
    long places(long limit) {
      return Math.ceilDiv(Math.max(LEAST, limit - LEFT_ALONE), memory / concurrency);
    }

    /** With the memory that calls have on this machine, and up to 1 GiB for each. */
    public static Capacity standard() {
      return of(ofThisMachine(), 1L << 30);
    }

    /** As many calls at once as there are 64 MiB for each, 2 to 256. */
    public static Capacity of(long memory, long maxMemory) {
      int places = Math.clamp(memory / LEAST, 2, 256);
      return new Capacity(places, 4 * places, places, maxMemory, memory);
    }

    /** A quarter is left to the server and to all else. */
    private static long ofThisMachine() {
      return Machine.memory() / 4 * 3;
    }

    private static void requireRange(String name, long value, long least, long most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            name + " is " + value + ", not between " + least + " and " + most);
      }
    }
  }
}
