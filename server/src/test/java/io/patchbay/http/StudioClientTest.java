package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The studio's client is made of the description that this server gives of itself. */
class StudioClientTest {
  private static final Path DESCRIPTION = Path.of("../studio/openapi.json");
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** With {@code -Dpatchbay.write=true} it is written first. */
  @Test
  void the_description_that_the_client_is_made_of_is_not_stale() throws IOException {
    try (TestServer server = new TestServer()) {
      var now = TestServer.body(server.sendAs("", "GET", "/openapi.json", ""));
      if (Boolean.getBoolean("patchbay.write")) {
        Files.writeString(DESCRIPTION, PRETTY.writeValueAsString(now) + "\n");
      }
      assertThat(Json.parse(Files.readAllBytes(DESCRIPTION)))
          .as("see studio/README.md for the command that makes it anew")
          .isEqualTo(now);
    }
  }
}
