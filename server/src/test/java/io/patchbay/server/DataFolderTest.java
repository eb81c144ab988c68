package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.box.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
  private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();

  @TempDir private Path temporary;

  /** Package sets lie behind folders that nobody else passes. */
  @ParameterizedTest
  @Timeout(300)
  @ValueSource(strings = {"022", "000"})
  void nothing_in_it_is_for_others_whatever_the_umask(String umask) throws Exception {
    Path data = temporary.resolve("data");
    List<String> before = List.of("/bin/sh", "-c", "umask " + umask + "; exec \"$@\"", "sh");
    List<String> more = List.of("--examples", EXAMPLES.toString());
    Process process =
        ServerChild.start(before, List.of("-Xmx512m"), ServerChild.Heap.LEAKS, data, more);
    try {
      var _ = ServerChild.address(process);
      assertThat(open(data)).isEmpty();
      assertThat(data.resolve("examples.json")).exists();
      assertThat(data.resolve("services")).isNotEmptyDirectory();
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  /** What others than the owner can use, and the user of the box need not. */
  private static List<String> open(Path data) throws IOException {
    List<String> open = new ArrayList<>();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path path : all.toList()) {
        Path sets = data.resolve("packages");
        boolean leads = Set.of(data, sets, sets.resolve("default")).contains(path);
        if (mode(path).endsWith("------") || (leads && isForTheBox(path))) {
          continue;
        }
        open.add(data.relativize(path) + " " + mode(path));
      }
    }
    return open;
  }

  private static boolean isForTheBox(Path folder) {
    return Identity.dedicated().alonePasses(folder);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void what_was_left_open_is_closed() throws IOException {
    Path data = Files.createDirectory(temporary.resolve("data"));
    Path service = Files.createDirectories(data.resolve("services/acme"));
    Path kept = Files.writeString(service.resolve("orders.db"), "x");
    Path hashes = Files.writeString(data.resolve("examples.json"), "{}");
    for (Path path : List.of(data, data.resolve("services"), service, kept, hashes)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    DataFolder.close(data, Optional.empty());

    assertThat(open(data)).isEmpty();
    assertThat(mode(data)).isEqualTo("rwx------");
    assertThat(kept).content().isEqualTo("x");
  }

  @Test
  void a_folder_that_is_not_ours_alone_stays_as_it_is() throws IOException {
    Path home = Files.createDirectory(temporary.resolve("home"));
    Files.writeString(home.resolve("letters"), "x");
    Path token = Files.writeString(home.resolve("admin-token"), "x");
    Files.createSymbolicLink(home.resolve("patchbay.link"), home.resolve("letters"));
    for (Path path : List.of(home, home.resolve("letters"), token)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    DataFolder.close(home, Optional.empty());

    assertThat(mode(home)).isEqualTo("rwxr-xr-x");
    assertThat(mode(home.resolve("letters"))).isEqualTo("rwxr-xr-x");
    assertThat(mode(token)).isEqualTo("rwx------");
  }
}
