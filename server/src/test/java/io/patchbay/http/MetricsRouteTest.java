package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** {@code GET /metrics}, and what is told of every request. */
class MetricsRouteTest {
  @Test
  void metrics_need_a_token() {
    try (var server = new TestServer()) {
      assertThat(server.sendAs("", "GET", "/metrics", "").statusCode()).isEqualTo(401);
      assertThat(server.sendAs("Bearer wrong", "GET", "/metrics", "").statusCode()).isEqualTo(401);

      HttpResponse<String> answer = server.get("/metrics");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/plain;")
          .contains("version=0.0.4", "charset=utf-8");
      assertThat(answer.body()).isEqualTo("up 1\n");
    }
  }

  @Test
  void metrics_are_open_where_the_operator_wants_it_and_nothing_else_is() {
    try (var server = TestServer.withOpenMetrics()) {
      assertThat(server.sendAs("", "GET", "/metrics", "").body()).isEqualTo("up 1\n");
      assertThat(server.sendAs("", "GET", "/api/v1/bots", "").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void requests_are_told_by_route_so_that_no_id_and_no_invented_method_is_in_it() {
    try (var server = new TestServer()) {
      server.get("/api/v1/bots/acme/users/secret-user/conversation");
      server.get("/api/v1/bots/nobody");
      server.send("HEAD", "/api/v1/bots", "");
      server.send("BREW", "/api/v1/bots", "");
      server.get("/no/such/path");
      server.sendAs("", "GET", "/metrics", "");

      assertThat(server.answered)
          .containsExactly(
              "GET /api/v1/bots/{bot}/users/{auth_id}/conversation 200 0",
              "GET /api/v1/bots/{bot} 404 0",
              "GET /api/v1/bots 200 0",
              "other none 405 0",
              "other none 404 0",
              "GET /metrics 401 0");
    }
  }

  @Test
  void the_time_until_the_answer_is_told() {
    try (var server = new TestServer()) {
      server.rooms.beforeAnswer = () -> server.clock.now = server.clock.now.plusMillis(1500);
      server.json(
          "POST",
          "/api/v1/bots/acme/messages",
          "{\"user\": {\"auth_id\": \"ann\"}, \"text\": \"hi\"}");

      assertThat(server.answered).containsExactly("POST /api/v1/bots/{bot}/messages 200 1500");
    }
  }
}
