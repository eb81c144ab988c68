package io.patchbay.executor.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.packages.PackageSets.Bounds;
import io.patchbay.executor.packages.PackageSets.Outcome.Ready;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages and indexes that mean harm, or fail. */
final class HostilePackageTest {
  private static final Bounds SMALL = new Bounds(4 << 20, 300, 2L << 30, Duration.ofSeconds(60));

  @TempDir Path temporary;
  private TinyIndex index;
  private TestSets sets;

  @BeforeEach
  void start() throws IOException {
    index = TinyIndex.start();
    sets = TestSets.open(temporary, index.url(), SMALL, Clock.systemUTC());
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(sets.folders()).noneMatch(name -> name.startsWith("stage-"));
    sets.close();
    index.close();
  }

  private void reopen(Bounds bounds) throws IOException {
    sets.close();
    sets = TestSets.open(temporary, index.url(), bounds, Clock.systemUTC());
  }

  @Test
  void a_wheel_that_inflates_is_stopped_by_the_size_of_its_box() {
    index.with(Wheel.inflating("bomb", 64 << 20));
    assertThat(TestSets.why(sets.install("bomb\n"))).contains("more room");
  }

  @Test
  void a_wheel_larger_than_a_set_may_be_is_refused() {
    index.with(Wheel.inflating("large", 5 << 20));
    assertThat(TestSets.why(sets.install("large\n"))).contains("more than 4 MiB");
  }

  @Test
  void a_wheel_of_too_many_files_is_refused() {
    index.with(Wheel.withManyFiles("many", 400));
    assertThat(TestSets.why(sets.install("many\n"))).contains("more than 300 files");
    index.with(Wheel.withManyFiles("endless", 5000));
    assertThat(TestSets.why(sets.install("endless\n"))).contains("more room");
  }

  @Test
  void a_file_outside_of_its_folder_is_not_written() {
    index.with(Wheel.of("climber", "1.0", Map.of("../../../../../../tmp/climbed.py", "x = 1\n")));
    assertThat(TestSets.why(sets.install("climber\n"))).contains("outside");
    assertThat(Path.of("/tmp/climbed.py")).doesNotExist();
  }

  @Test
  void code_of_a_package_never_runs_while_it_is_installed() throws IOException {
    String hostile = "import os, sys; open('/tmp/ran', 'w'); os._exit(3)\n";
    index.with(
        Wheel.of(
            "eager",
            "1.0",
            Map.of(
                "eager.pth", "import os; os._exit(3)\n",
                "eager/__main__.py", hostile,
                "setup.py", hostile,
                "sitecustomize.py", hostile,
                "pip/__init__.py", hostile,
                "compileall.py", hostile)));
    Ready ready = TestSets.ready(sets.install("eager\n"));
    assertThat(sets.path(ready).resolve("eager.pth")).exists();
  }

  @Test
  void a_module_that_cannot_be_compiled_does_no_harm() throws IOException {
    index.with(Wheel.of("broken", "1.0", Map.of("broken/old.py", "print 'two'\n\0")));
    Ready ready = TestSets.ready(sets.install("broken\n"));
    assertThat(sets.path(ready).resolve("broken/old.py")).exists();
  }

  @Test
  void what_is_no_wheel_is_refused() {
    index.link("noise", "noise-1.0-py3-none-any.whl", "", "not a zip".getBytes(UTF_8));
    assertThat(TestSets.why(sets.install("noise\n"))).contains("noise");
  }

  @Test
  void only_the_index_can_be_connected() throws IOException {
    try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      List<String> visits = new CopyOnWriteArrayList<>();
      Thread.ofVirtual().start(() -> count(elsewhere, visits));
      String address =
          "http://127.0.0.1:" + elsewhere.getLocalPort() + "/away-1.0-py3-none-any.whl";
      index.linkTo("away", address, "away-1.0-py3-none-any.whl");
      List<String> log = new CopyOnWriteArrayList<>();
      TestSets.why(sets.sets().install("away\n", log::add));
      assertThat(log).anyMatch(line -> line.contains("port " + elsewhere.getLocalPort()));
      assertThat(visits).isEmpty();
    }
  }

  private static void count(ServerSocket listener, List<String> visits) {
    try {
      while (true) {
        listener.accept().close();
        visits.add("somebody");
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  @Test
  void an_index_that_answers_too_slowly_ends_with_its_time() throws Exception {
    reopen(new Bounds(4 << 20, 300, 2L << 30, Duration.ofSeconds(3)));
    CountDownLatch over = new CountDownLatch(1);
    index.beforeFiles(() -> await(over));
    index.with(Wheel.of("slow", "1.0"));
    long begun = System.nanoTime();
    assertThat(TestSets.why(sets.install("slow\n"))).isEqualTo("it was not done within 3 seconds");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(25));
    over.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      var _ = latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void an_index_that_is_down_is_named_as_the_reason_and_old_sets_stay() throws IOException {
    index.with(Wheel.of("early", "1.0"));
    Ready early = TestSets.ready(sets.install("early\n"));
    index.close();
    assertThat(TestSets.why(sets.install("late\n")))
        .startsWith("the index cannot be reached: ")
        .contains("Connection refused");
    assertThat(sets.path(early).resolve("early/__init__.py")).exists();
    assertThat(sets.sets().ensure(early.lock(), _ -> {})).isEqualTo(early);
  }

  @Test
  void a_password_of_the_index_goes_there_and_nowhere_else() throws IOException {
    index.requireCredentials(Base64.getEncoder().encodeToString("ann:s3/cret".getBytes(UTF_8)));
    index.with(Wheel.of("private", "1.0"));
    String url = index.url().replace("//", "//ann:s3%2Fcret@");
    sets.close();
    sets = TestSets.open(temporary, url, SMALL, Clock.systemUTC());
    List<String> said = new ArrayList<>();
    TestSets.ready(sets.sets().install("private\n", said::add));
    said.add(TestSets.why(sets.sets().install("absent\n", said::add)));
    said.add(PackageIndex.of(url, List.of()).toString());
    assertThat(String.join("\n", said))
        .contains("127.0.0.1")
        .doesNotContain("s3/cret", "s3%2Fcret");
  }

  @Test
  void closing_ends_what_is_being_installed() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    index.beforeFiles(() -> {
      reached.countDown();
      await(over);
    });
    index.with(Wheel.of("slow", "1.0"));
    var asked = CompletableFuture.supplyAsync(() -> sets.install("slow\n"));
    assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    sets.close();
    assertThat(TestSets.why(asked.get(60, TimeUnit.SECONDS))).isNotEmpty();
    over.countDown();
  }
}
