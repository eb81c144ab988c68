package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
  private static final Identity USER = Identity.dedicated();
  private static final Identity OTHER = new Identity(USER.uid() + 1, USER.gid() + 1);

  @TempDir private Path temporary;

  @Test
  void who_is_let_through_passes_and_nobody_else() throws IOException {
    assumeThat(Identity.isRoot()).as("only root gives a folder to a group").isTrue();
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
    Path folder = Files.createDirectory(temporary.resolve("data"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    USER.letThrough(folder);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx--x---");
    assertThat(USER.alonePasses(folder)).isTrue();
    assertThat(USER.blockedAt(folder)).isEmpty();
    assertThat(OTHER.alonePasses(folder)).isFalse();
    assertThat(OTHER.blockedAt(folder)).contains(folder);
  }

  @Test
  void a_folder_that_is_its_owners_only_blocks_everybody_else() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
    Path folder = Files.createDirectory(temporary.resolve("data"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));

    assertThat(USER.blockedAt(folder)).contains(folder);
  }
}
