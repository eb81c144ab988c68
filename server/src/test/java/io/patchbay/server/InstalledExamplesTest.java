package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Hashes;
import io.patchbay.base.Json;
import io.patchbay.bot.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class InstalledExamplesTest {
  private static final ObjectNode FILES = Json.object().put("bot", "acme").put("title", "files");
  private static final ObjectNode ON_SERVER = Json.object().put("bot", "acme");

  @TempDir private Path folder;

  private InstalledExamples open() {
    return new InstalledExamples(folder.resolve("examples.json"), new SecureRandom());
  }

  @Test
  void what_was_installed_is_known_after_the_next_start() {
    InstalledExamples first = open();
    first.remember("acme", FILES, ON_SERVER);
    first.remember("acme", "PORT", Map.of(Environment.STAGING, "4711"));

    InstalledExamples next = open();
    assertThat(next.isCurrent("acme", FILES)).isTrue();
    assertThat(next.isUntouched("acme", ON_SERVER)).isTrue();
    assertThat(next.isUntouched("acme", "PORT", Environment.STAGING, "4711")).isTrue();
    assertThat(next.isUntouched("acme", "PORT", Environment.STAGING, "4712")).isFalse();
  }

  @Test
  void the_file_is_its_owners_only_and_equal_values_look_different_in_another() throws IOException {
    open().remember("acme", "PORT", Map.of(Environment.STAGING, "4711"));
    Path file = folder.resolve("examples.json");
    String first = Files.readString(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(first).doesNotContain(Hashes.sha256("4711"));

    Files.delete(file);
    open().remember("acme", "PORT", Map.of(Environment.STAGING, "4711"));
    assertThat(Json.parse(Files.readString(file)).at("/acme/variables/PORT/staging"))
        .isNotEqualTo(Json.parse(first).at("/acme/variables/PORT/staging"));
  }

  @Test
  void what_an_older_release_has_remembered_is_known_and_salted() throws IOException {
    Path file = folder.resolve("examples.json");
    ObjectNode old = Json.object();
    old.putObject("acme")
        .put("files", Hashes.sha256(Json.write(FILES)))
        .put("on_server", Hashes.sha256(Json.write(ON_SERVER)))
        .putObject("variables")
        .putObject("KEY")
        .put("staging", Hashes.sha256("short"));
    Files.writeString(file, Json.write(old));

    InstalledExamples now = open();
    assertThat(Files.readString(file)).doesNotContain(Hashes.sha256("short"));
    assertThat(now.isCurrent("acme", FILES)).isTrue();
    assertThat(now.isUntouched("acme", ON_SERVER)).isTrue();
    assertThat(now.isUntouched("acme", "KEY", Environment.STAGING, "short")).isTrue();
    assertThat(open().isUntouched("acme", "KEY", Environment.STAGING, "short"))
        .as("it is converted once")
        .isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void what_is_forgotten_is_not_in_the_file() throws IOException {
    InstalledExamples examples = open();
    examples.remember("acme", "PORT", Map.of(Environment.STAGING, "4711"));
    examples.forget("acme", "PORT");
    assertThat(Files.readString(folder.resolve("examples.json"))).doesNotContain("PORT");
  }
}
