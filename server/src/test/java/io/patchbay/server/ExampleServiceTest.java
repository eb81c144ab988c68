package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleServiceTest {
  @TempDir Path folder;

  @Test
  void the_first_line_tells_the_port() throws IOException {
    try (ExampleService service = start("echo warming up >&2; echo '{\"port\": 4711}'; cat")) {
      assertThat(service.port()).isEqualTo(4711);
      assertThat(service.isAlive()).isTrue();
    }
  }

  @Test
  void a_service_that_does_not_start_says_why() {
    assertThatThrownBy(() -> start("echo 'no such table: leads' >&2; exit 3"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder.getFileName().toString())
        .hasMessageContaining("no such table: leads");
  }

  @Test
  void a_first_line_that_is_no_port_is_shown() {
    assertThatThrownBy(() -> start("echo Hello; cat"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it said: Hello");
  }

  @Test
  void what_a_service_keeps_is_closed_to_other_users() throws IOException {
    Path kept = ExampleService.folder(folder, "acme");
    assertThatThrownBy(() -> start("umask; cat")).hasMessageContaining("it said: 0077");
    for (Path each : List.of(folder.resolve("services"), kept)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rwx------");
    }
  }

  private ExampleService start(String script) throws IOException {
    return ExampleService.start(
        folder,
        new ExampleManifest.Service(List.of("bash", "-c", script), List.of(), "/"),
        Map.of(),
        "python3");
  }
}
