package io.patchbay.server;

import io.patchbay.authoring.PackageInstaller;
import io.patchbay.base.Secret;
import io.patchbay.executor.Executor;
import io.patchbay.executor.box.ExecutorConfig;
import io.patchbay.executor.packages.PackageIndex;
import io.patchbay.executor.packages.PackageLock;
import io.patchbay.executor.packages.PackageSets;
import io.patchbay.executor.packages.PackageSets.Outcome;
import io.patchbay.integration.code.HeldSets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Package sets as rooms that know nothing of boxes see them. */
final class BoxedPackages implements PackageInstaller, HeldSets, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BoxedPackages.class);

  private final PackageSets sets;

  private final Path folder;
  private final Optional<String> unreachable;

  private BoxedPackages(PackageSets sets, Path folder, Optional<String> unreachable) {
    this.sets = sets;
    this.folder = folder;
    this.unreachable = unreachable;
  }

  static BoxedPackages open(ServerConfig config, ExecutorConfig executor) throws IOException {
    Path folder = config.data().toAbsolutePath().resolve("packages");
    PackageSets sets =
        PackageSets.open(
            new PackageSets.Config(executor, folder, index(config), PackageSets.Bounds.standard()));
    Optional<String> unreachable =
        executor.becomes().flatMap(user -> user.blockedAt(folder)).map(BoxedPackages::explain);
    unreachable.ifPresent(why -> LOG.warn("bots can have no packages: {}", why));
    return new BoxedPackages(sets, folder, unreachable);
  }

  private static String explain(Path blocked) {
    return "the user of the sandbox cannot pass "
        + blocked
        + "; allow it (chmod o+x "
        + blocked
        + ") or give another data folder (--data), and start again";
  }

  /** Of all sets. */
  Path folder() {
    return folder;
  }

  private static PackageIndex index(ServerConfig config) {
    return config
        .packages()
        .index()
        .map(Secret::reveal)
        .map(url -> PackageIndex.of(url, config.packages().files()))
        .orElseGet(PackageIndex::pipsOwn);
  }

  @Override
  public Result install(String requirements, Consumer<String> log) {
    return unreachable
        .<Result>map(Result.Failed::new)
        .orElseGet(() -> result(sets.install(requirements, log)));
  }

  @Override
  public Result ensure(String lock, Consumer<String> log) {
    if (unreachable.isPresent()) {
      return new Result.Failed(unreachable.get());
    }
    return read(lock)
        .map(known -> result(sets.ensure(known, log)))
        .orElseGet(() -> new Result.Failed("the lock cannot be read"));
  }

  /** The same sets for all code that this executor runs. */
  DefaultPackages.Sets sharedBy(Executor executor) {
    return new DefaultPackages.Sets() {
      @Override
      public Result install(String requirements) {
        return BoxedPackages.this.install(requirements, line -> LOG.debug("default: {}", line));
      }

      @Override
      public boolean isShared(String lock) {
        return read(lock).filter(sets::isShared).isPresent();
      }

      @Override
      public void share(String lock) throws IOException {
        sets.share(read(lock).orElseThrow(() -> new IOException("the lock cannot be read")));
        executor.importsChanged();
      }
    };
  }

  private static Result result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Ready(PackageLock lock, _) -> new Result.Installed(lock.text());
      case Outcome.Failed(String why) -> new Result.Failed(why);
    };
  }

  @Override
  public List<Pinned> packages(String lock) {
    return read(lock).stream()
        .flatMap(known -> known.packages().stream())
        .map(one -> new Pinned(one.name(), one.version()))
        .toList();
  }

  @Override
  public Optional<String> set(String lock) {
    return read(lock).flatMap(sets::name);
  }

  @Override
  public Optional<Held> hold(String lock) {
    return set(lock).flatMap(name -> sets.hold(name).map(hold -> new Used(name, hold)));
  }

  private record Used(String name, PackageSets.Hold hold) implements Held {
    @Override
    public void close() {
      hold.close();
    }
  }

  @Override
  public void collect(Supplier<Set<String>> locks) {
    try {
      sets.keepOnly(() -> {
        Set<String> names = new HashSet<>();
        locks.get().forEach(lock -> set(lock).ifPresent(names::add));
        return names;
      });
    } catch (IOException failed) {
      LOG.warn("packages that nobody needs could not be removed", failed);
    }
  }

  /** Empty for what no release of ours has written. */
  private static Optional<PackageLock> read(String lock) {
    try {
      return Optional.of(new PackageLock(lock));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    sets.close();
  }
}
