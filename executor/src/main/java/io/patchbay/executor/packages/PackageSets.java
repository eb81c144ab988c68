package io.patchbay.executor.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.executor.box.ExecutorConfig;
import io.patchbay.executor.box.InstallerBox;
import io.patchbay.executor.net.Lookup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sets of packages, each an immutable folder named after the lock that it was made of and the
 * interpreter that it was made for. Bots with the same lock share a set; it is made once. A set
 * that cannot be made changes nothing. Safe for use by many threads.
 *
 * <p>Theory of operation: docs/explanation/sandbox.md.
 */
public final class PackageSets implements AutoCloseable {
  /** Where a call finds its set. */
  public static final String SEEN_AT = "/opt/packages";

  private static final int NAME = 32;

  private final SetFolder folder;
  private final SharedSet shared;
  private final InUse inUse;
  private final Builds builds;
  private final Tools tools;

  private PackageSets(Config config, SetFolder folder, SharedSet shared, Tools tools) {
    this.folder = folder;
    this.shared = shared;
    this.inUse = new InUse(folder, config.executor().clock());
    this.builds = new Builds(config, folder, tools, this::known);
    this.tools = tools;
  }

  /**
   * @param box where pip runs
   * @param problem why there is none
   * @param platform the interpreter that packages are made for
   */
  record Tools(Optional<InstallerBox> box, String problem, String platform) {}

  /**
   * @param executor how boxes are made
   * @param folder of all sets; nobody else's
   */
  public record Config(ExecutorConfig executor, Path folder, PackageIndex index, Bounds bounds) {}

  /**
   * What one installation may take.
   *
   * @param bytes of the installed files
   * @param files and folders
   * @param memory bytes of address space of pip
   */
  public record Bounds(long bytes, int files, long memory, Duration time) {
    public static Bounds standard() {
      return new Bounds(512L << 20, 50_000, 2L << 30, Duration.ofMinutes(5));
    }
  }

  /** How an installation ended. */
  public sealed interface Outcome {
    /**
     * @param set its name; empty where the lock is
     */
    record Ready(PackageLock lock, Optional<String> set) implements Outcome {}

    /**
     * @param why one sentence for the builder
     */
    record Failed(String why) implements Outcome {}
  }

  /** Removes what an earlier process left half made. Where no box can be had, nothing installs. */
  public static PackageSets open(Config config) throws IOException {
    return open(config, Lookup.system());
  }

  static PackageSets open(Config config, Lookup lookup) throws IOException {
    SetFolder folder = SetFolder.open(config.folder(), config.executor().becomes());
    SharedSet shared = SharedSet.open(config.folder(), config.executor().becomes());
    try {
      InstallerBox box = InstallerBox.open(config.executor(), lookup);
      Tools tools = new Tools(Optional.of(box), "", box.platform());
      return new PackageSets(config, folder, shared, tools);
    } catch (IOException noBox) {
      String why = String.valueOf(noBox.getMessage());
      return new PackageSets(config, folder, shared, new Tools(Optional.empty(), why, "none"));
    }
  }

  /**
   * Resolves requirements and makes their set. Blocks, for as long as the bounds say.
   *
   * @param requirements lines of names, versions and markers; options, addresses and paths in them
   *     are the caller's to refuse
   * @param log what is done, line by line, on other threads
   */
  public Outcome install(String requirements, Consumer<String> log) {
    return make(new Installation.Wish(requirements, PackageLock.EMPTY), log);
  }

  /** Makes the set of a lock where it is not there. Blocks. */
  public Outcome ensure(PackageLock lock, Consumer<String> log) {
    Outcome.Ready known = known(lock);
    boolean there = known.set().map(folder::has).orElse(true);
    return there ? known : make(new Installation.Wish("", lock), log);
  }

  private Outcome make(Installation.Wish wish, Consumer<String> log) {
    Optional<String> problem = unavailable();
    return problem.isPresent()
        ? new Outcome.Failed("packages cannot be installed here: " + problem.get())
        : builds.make(wish, log);
  }

  /** The name of the lock's set; empty where it needs none. Says nothing of whether it is there. */
  public Optional<String> name(PackageLock lock) {
    return lock.isEmpty() ? Optional.empty() : Optional.of(hash(lock.text() + tools.platform()));
  }

  /** Keeps the set from being removed until the hold is closed; empty where it is not there. */
  public Optional<Hold> hold(String set) {
    return inUse.hold(set);
  }

  /** Something that uses a set. Closing it twice does no harm. */
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Removes sets that nobody names, except those that are held, and those that were asked for in
   * the last ten minutes, whose names may be on their way into whatever is asked here.
   *
   * @param named asked once the sets are listed
   */
  public void keepOnly(Supplier<Set<String>> named) throws IOException {
    inUse.removeOthers(named);
  }

  /**
   * Lets every call that begins to import from now on do so from this lock's set too, behind its
   * own, and from no other that all share. It must have been installed.
   */
  public void share(PackageLock lock) throws IOException {
    Optional<String> set = name(lock);
    if (set.isEmpty()) {
      shared.remove();
      return;
    }
    try (Hold _ = hold(set.get()).orElseThrow(() -> new IOException("the set is not there"))) {
      shared.put(set.get(), folder.path(set.get()));
    }
  }

  /** Whether every call can import from the lock's set, and from no other that all share. */
  public boolean isShared(PackageLock lock) {
    return shared.name().equals(name(lock));
  }

  /** Why no set can be made or used here; empty if they can. */
  public Optional<String> unavailable() {
    if (tools.box().isEmpty()) {
      return Optional.of(tools.problem());
    }
    return folder.unreachable();
  }

  private Outcome.Ready known(PackageLock lock) {
    Optional<String> set = name(lock);
    set.ifPresent(inUse::askedFor);
    return new Outcome.Ready(lock, set);
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, NAME);
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException("every Java has SHA-256", e));
    }
  }

  /** Ends what is being installed, idempotent. */
  @Override
  public void close() {
    builds.close();
  }
}
