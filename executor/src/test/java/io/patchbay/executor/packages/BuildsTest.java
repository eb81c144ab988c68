package io.patchbay.executor.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.box.ExecutorConfig;
import io.patchbay.executor.box.InstallerBox;
import io.patchbay.executor.net.Lookup;
import io.patchbay.executor.packages.Installation.Wish;
import io.patchbay.executor.packages.PackageSets.Bounds;
import io.patchbay.executor.packages.PackageSets.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two builds that lead to the same set: one makes it, the other takes what comes of that. */
final class BuildsTest {
  private static final Bounds SMALL = new Bounds(4 << 20, 300, 2L << 30, Duration.ofSeconds(60));

  @TempDir Path temporary;
  private TinyIndex index;

  @BeforeEach
  void start() throws IOException {
    index = TinyIndex.start();
    TestSets.open(temporary, index.url()).close(); // skips the test where no box can be had
  }

  @AfterEach
  void stop() {
    index.close();
  }

  private Builds open(Function<PackageLock, Outcome.Ready> known) throws IOException {
    PackageSets.Config config =
        new PackageSets.Config(
            ExecutorConfig.standard(Clock.systemUTC()),
            temporary.resolve("packages"),
            PackageIndex.of(index.url(), List.of()),
            SMALL);
    InstallerBox box = InstallerBox.open(config.executor(), Lookup.system());
    return new Builds(
        config,
        SetFolder.open(config.folder(), config.executor().becomes()),
        new PackageSets.Tools(Optional.of(box), "", box.platform()),
        known);
  }

  @Test
  void a_set_that_another_build_failed_to_make_just_now_is_not_there() throws Exception {
    index.with(Wheel.withManyFiles("many", 400)); // more than a set may have
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch firstMakesIt = new CountDownLatch(1);
    CountDownLatch secondLeavesIt = new CountDownLatch(1);
    CompletableFuture<Outcome> first = new CompletableFuture<>();
    Function<PackageLock, Outcome.Ready> known =
        lock -> {
          switch (asked.incrementAndGet()) {
            case 1 -> firstMakesIt.countDown();
            case 2 -> {} // the second hears that it is being made
            default -> {
              secondLeavesIt.countDown();
              first.orTimeout(60, TimeUnit.SECONDS).join();
            }
          }
          return new Outcome.Ready(lock, Optional.of("a".repeat(32)));
        };
    try (Builds builds = open(known)) {
      Thread.ofVirtual()
          .start(() ->
              first.complete(
                  builds.make(
                      new Wish("many\n", PackageLock.EMPTY),
                      _ -> {
                        if (firstMakesIt.getCount() == 0) {
                          await(secondLeavesIt);
                        }
                      })));
      await(firstMakesIt);
      Outcome second = builds.make(new Wish("many==1.0\n", PackageLock.EMPTY), _ -> {});
      assertThat(TestSets.why(first.join())).contains("more than 300 files");
      assertThat(second).isEqualTo(first.join());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
