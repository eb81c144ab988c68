package io.patchbay.executor.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.packages.PackageSets.Outcome.Ready;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
    index.linkTo(
        "acme-greeting", "/files/" + wheel.file() + "#sha256=" + wheel.sha256(), wheel.file());

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
}
