package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code GET /api/v1/system}. */
class SystemRouteTest {
  @Test
  void it_needs_a_token() {
    try (var server = new TestServer()) {
      assertThat(server.sendAs("", "GET", "/api/v1/system", "").statusCode()).isEqualTo(401);
      assertThat(server.sendAs("Bearer wrong", "GET", "/api/v1/system", "").statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void it_tells_what_contains_code_and_what_would_be_stronger() {
    try (var server = new TestServer()) {
      var answer = server.get("/api/v1/system");
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonNode body = Json.parse(answer.body());
      assertThat(body.path("version").asString()).isEqualTo("1.2.3");
      JsonNode executor = body.path("executor");
      assertThat(executor.path("available").asBoolean()).isTrue();
      assertThat(executor.path("level").asString()).isEqualTo("landlock");
      assertThat(executor.path("description").asString()).startsWith("Landlock");
      for (String part : new String[] {"python", "processor", "cgroup", "connections"}) {
        assertThat(executor.path(part).asString()).as(part).isNotEmpty();
      }
      assertThat(executor.path("missing").get(0).asString()).contains("bubblewrap is missing");
    }
  }

  @Test
  void nothing_can_be_written_to_it() {
    try (var server = new TestServer()) {
      assertThat(server.send("PUT", "/api/v1/system", "{}").statusCode()).isEqualTo(405);
    }
  }
}
