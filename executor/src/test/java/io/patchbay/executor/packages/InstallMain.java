package io.patchbay.executor.packages;

import io.patchbay.executor.box.ExecutorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Installs in a process of its own, which a test can kill. */
final class InstallMain {
  private InstallMain() {}

  /**
   * @param arguments folder of sets, address of the index, requirements
   */
  @SuppressWarnings("SystemOut") // the parent reads it
  public static void main(String[] arguments) throws IOException {
    PackageIndex index = PackageIndex.of(arguments[1], List.of());
    PackageSets.Config config =
        new PackageSets.Config(
            ExecutorConfig.standard(Clock.systemUTC()),
            Path.of(arguments[0]),
            index,
            PackageSets.Bounds.standard());
    try (PackageSets sets = PackageSets.open(config)) {
      System.out.println(sets.install(arguments[2], System.out::println));
    }
  }
}
