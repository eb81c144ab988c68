package io.patchbay.executor.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.packages.PackageSets.Outcome;
import io.patchbay.executor.packages.PackageSets.Outcome.Ready;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackageSetsTest {
  @TempDir Path temporary;
  private TinyIndex index;
  private TestSets sets;

  @BeforeEach
  void start() throws IOException {
    index = TinyIndex.start();
    sets = TestSets.open(temporary, index.url());
  }

  @AfterEach
  void stop() {
    sets.close();
    index.close();
  }

  @Test
  void a_wheel_becomes_a_set_that_is_named_after_its_lock() throws IOException {
    Wheel wheel = Wheel.of("acme_greeting", "1.2.0");
    index.with(Wheel.of("acme_greeting", "1.0"), wheel);

    List<String> log = new CopyOnWriteArrayList<>();
    Ready ready = TestSets.ready(sets.sets().install("Acme.Greeting >= 1.1\n", log::add));

    assertThat(ready.lock().text())
        .isEqualTo("acme-greeting==1.2.0 --hash=sha256:" + wheel.sha256() + "\n");
    assertThat(ready.set()).hasValueSatisfying(set -> assertThat(set).matches("[0-9a-f]{32}"));
    Path folder = sets.path(ready);
    assertThat(folder.resolve("acme_greeting/__init__.py")).hasContent("VERSION = '1.2.0'");
    assertThat(log)
        .anyMatch(line -> line.contains("Collecting"))
        .anyMatch(l -> l.contains("Installed"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("r-xr-xr-x");
    assertThat(folder.resolve("acme_greeting/__pycache__")).isNotEmptyDirectory();
  }

  @Test
  void what_a_package_requires_comes_with_it() {
    index.with(
        Wheel.of("top", "1.0", "middle<3"),
        Wheel.of("middle", "2.5", "bottom"),
        Wheel.of("middle", "3.0"),
        Wheel.of("bottom", "0.1"),
        Wheel.of("unneeded", "1.0"));
    Ready ready = TestSets.ready(sets.install("top\nunneeded; python_version < '3'\n"));
    assertThat(ready.lock().packages())
        .extracting(pinned -> pinned.name() + " " + pinned.version())
        .containsExactly("bottom 0.1", "middle 2.5", "top 1.0");
    assertThat(sets.path(ready).resolve("bottom/__init__.py")).exists();
  }

  @Test
  void nothing_required_needs_no_set() {
    Ready ready = TestSets.ready(sets.install("# only a remark\n\n"));
    assertThat(ready).isEqualTo(new Ready(PackageLock.EMPTY, Optional.empty()));
    Ready marked = TestSets.ready(sets.install("absent; python_version < '3'\n"));
    assertThat(marked.set()).isEmpty();
  }

  @Test
  void a_conflict_says_who_wants_what() {
    index.with(
        Wheel.of("left", "1.0", "shared==1.0"),
        Wheel.of("right", "1.0", "shared==2.0"),
        Wheel.of("shared", "1.0"),
        Wheel.of("shared", "2.0"));
    assertThat(TestSets.why(sets.install("left\nright\n")))
        .contains("left", "right", "conflict", "shared==1.0", "shared==2.0");
  }

  @Test
  void a_package_that_is_not_there_is_named() {
    assertThat(TestSets.why(sets.install("absent==1.0\n"))).contains("absent==1.0");
    index.with(Wheel.of("present", "1.0"));
    assertThat(TestSets.why(sets.install("present==9.9\n"))).contains("present==9.9", "1.0");
  }

  @Test
  void a_package_without_a_wheel_is_not_built() {
    index.link("sourced", "sourced-1.0.tar.gz", "", new byte[] {1, 2, 3});
    assertThat(TestSets.why(sets.install("sourced\n")))
        .isEqualTo("sourced is there as source only, and only wheels are installed");
  }

  @Test
  void a_wheel_that_is_not_what_the_index_promised_is_refused() {
    Wheel wheel = Wheel.of("forged", "1.0");
    index.link("forged", wheel.file(), "#sha256=" + "0".repeat(64), wheel.content());
    assertThat(TestSets.why(sets.install("forged\n"))).contains("HASHES");
  }

  @Test
  void a_lock_is_installed_exactly_or_not_at_all() throws IOException {
    Wheel wheel = Wheel.of("exact", "1.0", "absent");
    index.with(wheel);
    PackageLock lock = new PackageLock("exact==1.0 --hash=sha256:" + wheel.sha256() + "\n");
    Ready ready = TestSets.ready(sets.sets().ensure(lock, _ -> {}));
    assertThat(sets.path(ready).resolve("exact/__init__.py")).exists();
    PackageLock other = new PackageLock("exact==1.0 --hash=sha256:" + "0".repeat(64) + "\n");
    assertThat(TestSets.why(sets.sets().ensure(other, _ -> {}))).contains("HASHES");
    assertThat(sets.sets().hold(sets.sets().name(other).orElseThrow())).isEmpty();
  }

  @Test
  void bots_with_different_versions_are_served_at_once_and_share_nothing() throws Exception {
    index.with(Wheel.of("shared", "1.0"), Wheel.of("shared", "2.0"));
    CompletableFuture<Outcome> two =
        CompletableFuture.supplyAsync(() -> sets.install("shared==2.0\n"));
    Ready first = TestSets.ready(sets.install("shared==1.0\n"));
    Ready second = TestSets.ready(two.get(60, TimeUnit.SECONDS));
    assertThat(first.set()).isNotEqualTo(second.set());
    assertThat(sets.path(first).resolve("shared/__init__.py")).hasContent("VERSION = '1.0'");
    assertThat(sets.path(second).resolve("shared/__init__.py")).hasContent("VERSION = '2.0'");
  }

  @Test
  void the_same_is_made_once_however_many_ask() throws Exception {
    index.with(Wheel.of("wanted", "1.0"));
    List<Callable<Outcome>> askers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      // Three texts, one lock.
      String text = "wanted" + List.of("", "==1.0", ">=0.5").get(i % 3) + "\n";
      askers.add(() -> sets.install(text));
    }
    Set<Outcome> outcomes = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Outcome> asked : threads.invokeAll(askers, 2, TimeUnit.MINUTES)) {
        outcomes.add(asked.get());
      }
    }
    assertThat(outcomes).singleElement().isInstanceOf(Ready.class);
    assertThat(sets.folders()).hasSize(1);
    assertThat(index.asked()).filteredOn(path -> path.startsWith("/files/")).hasSizeLessThan(6);
  }

  @Test
  void sets_that_nobody_names_are_removed_unless_they_are_used() throws IOException {
    MovableClock clock = new MovableClock();
    sets.close();
    sets = TestSets.open(temporary, index.url(), PackageSets.Bounds.standard(), clock);
    index.with(Wheel.of("one", "1.0"), Wheel.of("two", "1.0"), Wheel.of("three", "1.0"));
    String named = TestSets.ready(sets.install("one\n")).set().orElseThrow();
    String used = TestSets.ready(sets.install("two\n")).set().orElseThrow();
    String fresh = TestSets.ready(sets.install("three\n")).set().orElseThrow();
    PackageSets.Hold hold = sets.sets().hold(used).orElseThrow();

    sets.sets().keepOnly(() -> Set.of(named));
    assertThat(sets.folders()).as("just asked for").containsOnly(named, used, fresh);

    clock.move(Duration.ofMinutes(11));
    sets.sets().keepOnly(() -> Set.of(named));
    assertThat(sets.folders()).containsOnly(named, used);

    hold.close();
    hold.close();
    sets.sets().keepOnly(() -> Set.of(named));
    assertThat(sets.folders()).containsOnly(named);
    assertThat(sets.sets().hold(used)).isEmpty();
  }

  @Test
  void what_was_left_half_made_is_swept_at_the_next_start() throws IOException {
    index.with(Wheel.of("whole", "1.0"));
    String set = TestSets.ready(sets.install("whole\n")).set().orElseThrow();
    sets.close();
    Path left = Files.createDirectories(temporary.resolve("packages/stage-123/deep"));
    Files.writeString(left.resolve("half.py"), "x");
    Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("r-xr-xr-x"));
    Files.createDirectories(temporary.resolve("packages/gone-" + set));
    sets = TestSets.open(temporary, index.url());
    assertThat(sets.folders()).containsOnly(set);
  }

  @Test
  void what_all_calls_share_survives_collection_and_the_next_start() throws IOException {
    MovableClock clock = new MovableClock();
    sets.close();
    sets = TestSets.open(temporary, index.url(), PackageSets.Bounds.standard(), clock);
    index.with(Wheel.of("old", "1.0"), Wheel.of("whole", "1.0"));
    Ready old = TestSets.ready(sets.install("old\n"));
    Ready whole = TestSets.ready(sets.install("whole\n"));
    sets.sets().share(old.lock());
    sets.sets().share(whole.lock());
    clock.move(Duration.ofMinutes(11));
    sets.sets().keepOnly(Set::of);
    assertThat(sets.folders()).isEmpty();
    Path left = temporary.resolve("packages/default/stage-1");
    Files.createDirectories(left.resolve("half"));

    sets.close();
    sets = TestSets.open(temporary, index.url());
    assertThat(sets.sets().isShared(whole.lock())).isTrue();
    Path shared = temporary.resolve("packages/default");
    assertThat(shared.resolve("current/whole/__init__.py")).hasContent("VERSION = '1.0'");
    try (Stream<Path> all = Files.list(shared)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .containsOnly("current", whole.set().orElseThrow());
    }
  }
}
