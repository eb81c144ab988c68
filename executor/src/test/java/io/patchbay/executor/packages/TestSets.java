package io.patchbay.executor.packages;

import io.patchbay.executor.box.ExecutorConfig;
import io.patchbay.executor.packages.PackageSets.Bounds;
import io.patchbay.executor.packages.PackageSets.Outcome;
import io.patchbay.executor.packages.PackageSets.Outcome.Failed;
import io.patchbay.executor.packages.PackageSets.Outcome.Ready;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Sets for tests, and short ways to ask for them. */
final class TestSets implements AutoCloseable {
  private static final AtomicBoolean PIP_IS_THERE = new AtomicBoolean();

  private final PackageSets sets;
  private final Path folder;

  private TestSets(PackageSets sets, Path folder) {
    this.sets = sets;
    this.folder = folder;
  }

  static TestSets open(Path temporary, String index) throws IOException {
    return open(temporary, index, Bounds.standard(), Clock.systemUTC());
  }

  /** Skips the test, with the reason, where no box can be had. */
  static TestSets open(Path temporary, String index, Bounds bounds, Clock clock)
      throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
    Path folder = temporary.resolve("packages");
    PackageSets sets =
        PackageSets.open(
            new PackageSets.Config(
                ExecutorConfig.standard(clock), folder, PackageIndex.of(index, List.of()), bounds));
    TestSets opened = new TestSets(sets, folder);
    opened
        .why()
        .ifPresent(why -> {
          opened.close();
          Assumptions.abort("no packages on this machine: " + why);
        });
    return opened;
  }

  /** Why nothing can be installed here; empty if it can. Whether pip is there is asked once. */
  private Optional<String> why() {
    Optional<String> noBox = sets.unavailable();
    if (noBox.isPresent() || PIP_IS_THERE.get()) {
      return noBox;
    }
    if (install("#") instanceof Failed(String why) && why.contains("pip is missing")) {
      return Optional.of(why);
    }
    PIP_IS_THERE.set(true);
    return Optional.empty();
  }

  PackageSets sets() {
    return sets;
  }

  Outcome install(String requirements) {
    return sets.install(requirements, _ -> {});
  }

  Path path(Ready ready) {
    return folder.resolve(ready.set().orElseThrow());
  }

  /** Names of all that is in the folder of sets, but for the one that all calls share. */
  List<String> folders() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !name.equals(ExecutorConfig.DEFAULT_SET))
          .toList();
    }
  }

  static Ready ready(Outcome outcome) {
    if (outcome instanceof Ready ready) {
      return ready;
    }
    throw new AssertionError("was not installed: " + outcome);
  }

  static String why(Outcome outcome) {
    if (outcome instanceof Failed(String why)) {
      return why;
    }
    throw new AssertionError("was installed: " + outcome);
  }

  @Override
  public void close() {
    sets.close();
  }
}
