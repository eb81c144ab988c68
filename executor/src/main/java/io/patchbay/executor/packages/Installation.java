package io.patchbay.executor.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.executor.box.InstallerBox.OwnIndex;
import io.patchbay.executor.box.InstallerBox.Talk;
import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.packages.PackageSets.Bounds;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One run of pip: what it is told, and what is taken of its answers. */
final class Installation implements Talk, AutoCloseable {
  private static final int LONGEST_LOCK = 256 * 1024;
  private static final int MOST_LOG = 2000;

  /** Beside the set itself: its wheels, and files that are compiled. */
  private static final int TMP_FACTOR = 2;

  private final Wish wish;
  private final PackageIndex index;
  private final Bounds bounds;
  private final SetFolder folder;
  private final Consumer<String> log;
  private final Predicate<PackageLock> needed;

  private @Nullable Stage stage;
  private @Nullable PackageLock lock;
  private @Nullable String error;
  private boolean done;
  private int lines;

  /**
   * @param needed asked when the lock is known: whether its set must be made
   */
  Installation(
      Wish wish,
      PackageIndex index,
      Bounds bounds,
      SetFolder folder,
      Consumer<String> log,
      Predicate<PackageLock> needed) {
    this.wish = wish;
    this.index = index;
    this.bounds = bounds;
    this.folder = folder;
    this.log = log;
    this.needed = needed;
  }

  /** What a set is to be made of: one of the two is empty. */
  record Wish(String requirements, PackageLock lock) {}

  /** The set of the lock is there, or somebody else makes it. */
  static final class NotNeededException extends IOException {
    private static final long serialVersionUID = 1;

    NotNeededException() {
      super("the set need not be made");
    }
  }

  @Override
  public String job() {
    return """
    {"index":%s,"requirements":%s,"lock":%s,"memory":%d,"tmp_bytes":%d,"tmp_files":%d,\
    "seconds":%d,"seen_at":%s}\
    """
        .formatted(
            quoted(index.url()),
            quoted(wish.requirements()),
            quoted(wish.lock().text()),
            bounds.memory(),
            TMP_FACTOR * bounds.bytes(),
            TMP_FACTOR * bounds.files(),
            bounds.time().toSeconds(),
            quoted(PackageSets.SEEN_AT));
  }

  @Override
  public EgressPolicy egress(Optional<OwnIndex> ownIndex) throws IOException {
    return index.policy(ownIndex);
  }

  @Override
  public void frame(int type, byte[] payload) throws IOException {
    if (done || error != null) {
      throw new IOException("the installer went on after its end");
    }
    switch (type) {
      case 'L' -> line(new String(payload, UTF_8));
      case 'K' -> lock(payload);
      case 'F' -> stage().file(payload);
      case 'D' -> stage().data(payload);
      case 'Z' -> done = true;
      case 'E' -> error = index.masked(new String(payload, UTF_8));
      default -> throw new IOException("the installer sent a frame of no known type");
    }
  }

  private void line(String text) {
    if (++lines <= MOST_LOG) {
      log.accept(index.masked(text));
    }
  }

  private void lock(byte[] payload) throws IOException {
    if (lock != null || payload.length > LONGEST_LOCK) {
      throw new IOException("the installer sent what is no lock");
    }
    try {
      lock = new PackageLock(new String(payload, UTF_8));
    } catch (IllegalArgumentException wrong) {
      throw new IOException("the index gave a wheel with an impossible name", wrong);
    }
    if (!wish.lock().isEmpty() && !wish.lock().equals(lock)) {
      throw new IOException("the index gave other wheels than the lock names");
    }
    if (lock.isEmpty()) {
      return;
    }
    if (!needed.test(lock)) {
      throw new NotNeededException();
    }
    stage = new Stage(folder.newStage(), bounds);
  }

  private Stage stage() throws IOException {
    if (stage == null) {
      throw new IOException("the installer sent files before their lock");
    }
    return stage;
  }

  /** Empty as long as nothing was resolved. */
  Optional<PackageLock> lock() {
    return Optional.ofNullable(lock);
  }

  /** Why there is nothing to publish; empty if there is, or nothing was needed. */
  Optional<String> problem() {
    if (error != null) {
      return Optional.of(error);
    }
    return done ? Optional.empty() : Optional.of("pip was ended before it was done");
  }

  void publish(String set) throws IOException {
    stage().publish(folder.path(set));
  }

  @Override
  public void close() throws IOException {
    if (stage != null) {
      stage.close();
    }
  }

  /** As JSON, in ASCII. */
  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
