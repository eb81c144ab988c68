package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.authoring.PackageInstaller.Result;
import io.patchbay.http.OperatorRoutes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default packages (contract A10), by way of an index and a box that the test makes up. */
class DefaultPackagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path data;
  private final FakeSets sets = new FakeSets();

  private DefaultPackages start(boolean wanted) {
    return DefaultPackages.start(
        new DefaultPackages.Parts(sets, sets::importable, DefaultSetRecord.in(data)), wanted);
  }

  private OperatorRoutes.Packages settled(DefaultPackages packages) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (packages.view().state().equals("installing") && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    return packages.view();
  }

  @Test
  void a_complete_set_is_made_once_and_no_index_is_asked_again() throws Exception {
    try (DefaultPackages first = start(true)) {
      assertThat(settled(first).state()).isEqualTo("ready");
      assertThat(first.line(PATIENCE)).isEmpty();
      assertThat(first.view().installed()).hasSize(13).extracting("source").contains("index");
    }
    try (DefaultPackages second = start(true)) {
      assertThat(settled(second).state()).isEqualTo("ready");
      assertThat(sets.asked).singleElement().asString().contains("requests>=", "PyMySQL");
    }
  }

  @Test
  void a_package_that_the_index_lacks_costs_no_other_and_is_asked_for_at_the_next_start()
      throws Exception {
    sets.lacks = List.of("gspread", "rsa");
    try (DefaultPackages first = start(true)) {
      assertThat(settled(first).state()).isEqualTo("incomplete");
      assertThat(first.line(PATIENCE).orElseThrow())
          .startsWith("missing: gspread (No matching distribution found for gspread>=");
      assertThat(first.why("rsa").orElseThrow()).contains("for rsa>=");
      assertThat(first.why("six")).isEmpty();
    }
    sets.lacks = List.of();
    try (DefaultPackages second = start(true)) {
      assertThat(settled(second).state()).isEqualTo("ready");
    }
  }

  @Test
  void where_no_index_answers_what_the_distribution_has_is_named_and_the_rest_with_the_reason()
      throws Exception {
    sets.unreachable = true;
    sets.distribution = List.of("requests", "six");
    try (DefaultPackages packages = start(true)) {
      OperatorRoutes.Packages view = settled(packages);
      assertThat(view.state()).isEqualTo("incomplete");
      assertThat(view.installed())
          .contains(new OperatorRoutes.Packages.Installed("six", "1", "distribution"));
      assertThat(packages.why("MySQLdb")).contains("the index cannot be reached: refused");
      assertThat(packages.line(PATIENCE).orElseThrow())
          .isEqualTo(
              "missing: pytz, chardet, python-dateutil, redis, PyMySQL, gspread, oauth2client, httplib2,"
                  + " pyasn1, rsa (the index cannot be reached: refused)");
    }
    assertThat(sets.asked).as("all, and the least").hasSize(2);
    sets.unreachable = false;
    try (DefaultPackages again = start(true)) {
      assertThat(settled(again).state()).isEqualTo("ready");
    }
  }

  @Test
  void what_is_there_is_not_given_up_for_less() throws Exception {
    sets.lacks = List.of("rsa");
    try (DefaultPackages first = start(true)) {
      settled(first);
    }
    String shared = sets.shared;
    sets.lacks = List.of("rsa", "six");
    try (DefaultPackages second = start(true)) {
      settled(second);
      assertThat(sets.shared).isEqualTo(shared);
      assertThat(second.why("six")).isEmpty();
    }
  }

  @Test
  void a_start_is_not_held_up_and_an_end_in_the_middle_leaves_all_to_the_next() throws Exception {
    sets.gate = new CountDownLatch(1);
    try (DefaultPackages first = start(true)) {
      assertThat(first.line(PATIENCE).orElseThrow()).startsWith("being installed: six, ");
      assertThat(first.view().state()).isEqualTo("installing");
      assertThat(first.why("six")).contains("it is being installed");
    }
    assertThat(data.resolve("default-packages.json")).doesNotExist();
    sets.gate = new CountDownLatch(0);
    try (DefaultPackages second = start(true)) {
      assertThat(settled(second).state()).isEqualTo("ready");
    }
  }

  @Test
  void a_damaged_record_or_a_lost_set_is_made_again() throws Exception {
    try (DefaultPackages first = start(true)) {
      settled(first);
    }
    Files.writeString(data.resolve("default-packages.json"), "{\"requirements\": [");
    try (DefaultPackages second = start(true)) {
      assertThat(settled(second).state()).isEqualTo("ready");
    }
    sets.shared = "";
    try (DefaultPackages third = start(true)) {
      assertThat(settled(third).state()).isEqualTo("ready");
    }
    assertThat(sets.asked).hasSize(3);
  }

  @Test
  void switched_off_no_index_is_asked_and_no_set_is_shared() throws Exception {
    try (DefaultPackages first = start(true)) {
      settled(first);
    }
    sets.distribution = List.of("six");
    try (DefaultPackages off = start(false)) {
      assertThat(off.line(PATIENCE).orElseThrow()).contains("switched off");
      assertThat(off.view().state()).isEqualTo("off");
      assertThat(off.view().installed()).extracting("name").containsExactly("six", "unicodecsv");
    }
    assertThat(sets.asked).hasSize(1);
  }

  /** The lock of requirements is the requirements. */
  private static final class FakeSets implements DefaultPackages.Sets {
    private final List<String> asked = new ArrayList<>();
    private List<String> lacks = List.of();
    private List<String> distribution = List.of();
    private boolean unreachable;
    private CountDownLatch gate = new CountDownLatch(0);
    private String shared = "";

    @Override
    public Result install(String requirements) {
      asked.add(requirements);
      try {
        if (!gate.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          return new Result.Failed("the test did not let it on");
        }
      } catch (InterruptedException interrupted) {
        return new Result.Failed("interrupted");
      }
      if (unreachable) {
        return new Result.Failed("the index cannot be reached: refused");
      }
      Function<String, String> name = line -> line.replaceAll("[<>=,].*", "");
      Optional<String> lacking =
          requirements.lines().filter(line -> lacks.contains(name.apply(line))).findFirst();
      return lacking
          .<Result>map(line -> new Result.Failed("No matching distribution found for " + line))
          .orElseGet(() -> new Result.Installed(requirements));
    }

    @Override
    public boolean isShared(String lock) {
      return lock.equals(shared);
    }

    @Override
    public void share(String lock) {
      shared = lock;
    }

    private Map<String, DefaultPackages.Found> importable(Map<String, String> modules) {
      Map<String, DefaultPackages.Found> found = new LinkedHashMap<>();
      for (String name : modules.keySet()) {
        if (name.equals("unicodecsv")) {
          found.put(name, new DefaultPackages.Found("", "patchbay"));
        } else if (shared.contains(name)) {
          found.put(name, new DefaultPackages.Found("2", "index"));
        } else if (distribution.contains(name)) {
          found.put(name, new DefaultPackages.Found("1", "distribution"));
        }
      }
      return found;
    }
  }
}
