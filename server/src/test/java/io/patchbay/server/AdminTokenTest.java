package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
  @TempDir Path data;

  @Test
  void a_token_is_made_once_for_the_owner_alone() throws Exception {
    String made = token();
    assertThat(token()).isEqualTo(made).hasSizeGreaterThan(60);
    assertThat(Files.getPosixFilePermissions(data.resolve("admin-token")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void a_start_that_was_killed_while_it_made_the_token_prevents_no_other() throws Exception {
    Files.writeString(data.resolve("admin-token.new"), "pb_1");
    String made = token();
    assertThat(data.resolve("admin-token")).hasContent(made);
    assertThat(data.resolve("admin-token.new")).doesNotExist();
  }

  private String token() throws Exception {
    return AdminToken.of(Optional.empty(), data, new SecureRandom()).reveal();
  }
}
