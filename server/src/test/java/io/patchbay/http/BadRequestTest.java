package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Whatever is sent, a problem document comes back, and nothing internal is in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestTest {
  private static final String MESSAGES = "/api/v1/bots/acme/messages";
  private static final String HELLO = "{\"user\":{\"auth_id\":\"a\"},\"text\":\"x\"}";

  private TestServer server;

  @BeforeAll
  void start() {
    server = new TestServer();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static JsonNode problem(HttpResponse<String> answer, int status, String code) {
    JsonNode problem = TestServer.body(answer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains(Problems.TYPE);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("code").asString()).isEqualTo(code);
    assertThat(problem.path("type").asString()).startsWith("urn:");
    assertThat(problem.path("title").asString()).isNotEmpty();
    assertThat(problem.path("detail").asString()).isNotEmpty();
    assertThat(answer.body())
        .doesNotContain(
            "Exception", "io.patchbay", "jackson", "StreamRead", "Source:", "\tat ", "`");
    return problem;
  }

  @Test
  void malformed_json_is_refused_with_its_place() {
    for (String body :
        List.of(
            "{\"a\":1,\n  x}",
            "{",
            "[1,]",
            "{\"a\":1}{",
            "\"\u0001\"",
            "nul",
            "{\"a\":01}",
            "NaN",
            "[1")) {
      HttpResponse<String> answer = server.json("POST", MESSAGES, body);
      JsonNode problem = problem(answer, 400, "malformed_json");
      assertThat(problem.path("detail").asString()).as(body).containsPattern("line \\d+, column");
    }
    assertThat(server.json("POST", MESSAGES, "{\"a\":1,\n  x}").body()).contains("line 2, column");
  }

  @Test
  void empty_deep_doubled_and_huge_json_is_refused() {
    String number = "1".repeat(2000);
    for (String body :
        List.of("", " ", "[".repeat(10_000), "{\"a\":1,\"a\":2}", "{\"a\":" + number + "}")) {
      problem(server.json("POST", MESSAGES, body), 400, "malformed_json");
    }
  }

  @Test
  void bodies_that_are_not_utf8_are_refused() {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri(MESSAGES))
            .header("Authorization", "Bearer " + TestServer.TOKEN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xff, '"'}))
            .build();
    problem(server.send(request), 400, "malformed_json");
  }

  @Test
  void wrong_content_types_are_refused() {
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=utf-16",
            "application/json; charset=nonsense",
            "application/json; charset=\"\"",
            "application/json; charset=utf-8; charset=utf-16")) {
      problem(
          server.send("POST", MESSAGES, HELLO, "Content-Type", type),
          415,
          "unsupported_media_type");
    }
    problem(server.send("POST", MESSAGES, HELLO), 415, "unsupported_media_type");
    problem(
        server.send(
            "POST",
            MESSAGES,
            HELLO,
            "Content-Type",
            "application/json",
            "Content-Encoding",
            "gzip"),
        415,
        "unsupported_media_type");
    assertThat(
            server
                .send("POST", MESSAGES, HELLO, "Content-Type", "Application/JSON;charset=UTF-8")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void bodies_above_the_cap_are_refused_with_and_without_a_length() {
    byte[] big = new byte[Route.SMALL + 1];
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(MESSAGES))
            .header("Authorization", "Bearer " + TestServer.TOKEN)
            .header("Content-Type", "application/json");
    problem(server.send(request.POST(BodyPublishers.ofByteArray(big)).build()), 413, "too_large");
    problem(
        server.send(
            request
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big)))
                .build()),
        413,
        "too_large");
    byte[] code = new byte[Route.LARGE + 1];
    HttpRequest put =
        HttpRequest.newBuilder(server.uri("/api/v1/bots/acme/code/TRACK"))
            .header("Authorization", "Bearer " + TestServer.TOKEN)
            .header("Content-Type", "text/x-python")
            .PUT(BodyPublishers.ofByteArray(code))
            .build();
    problem(server.send(put), 413, "too_large");
  }

  @Test
  void what_breaks_inside_is_not_shown() {
    String body = "{\"user\":{\"auth_id\":\"a\"},\"text\":\"explode\"}";
    HttpResponse<String> answer = server.json("POST", MESSAGES, body);
    JsonNode problem = problem(answer, 500, "internal");
    assertThat(problem.path("detail").asString()).contains("err_");
    assertThat(answer.body()).doesNotContain("secret detail");
  }

  @Test
  void bad_parameters_are_refused_by_name() {
    String invocations = "/api/v1/bots/acme/invocations";
    for (String query :
        List.of(
            "limit=0",
            "limit=201",
            "limit=x",
            "limit=-1",
            "limit=1&limit=2",
            "since=yesterday",
            "since=%2B999999999-01-01T00:00:00Z",
            "until=tomorrow",
            "until=2026-01-01",
            "until=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z",
            "until=2026-01-01T00:00:00Z&since=2026-01-01T01:00:00%2B01:00",
            "until=2026-01-01T00:00:00Z&since=2026-01-02T00:00:00Z",
            "version=" + "v".repeat(256),
            "version=a&version=a",
            "text=",
            "text",
            "text=" + "t".repeat(201),
            "text=" + "%F0%9F%91%8D".repeat(201),
            "text=%ED%A0%80",
            "text=%ED%B0%80%ED%A0%BD",
            "text=%FF",
            "text=a&text=b",
            "text=&text=b",
            "outcome=ok",
            "reason=bad",
            "origin=chat",
            "nod=X",
            "cursor=" + "c".repeat(1001))) {
      HttpResponse<String> answer = server.get(invocations + "?" + query);
      JsonNode problem = problem(answer, 400, "invalid_request");
      assertThat(problem.path("detail").asString())
          .as(query)
          .contains("\"" + query.split("=", 2)[0] + "\"");
    }
    assertThat(server.get(invocations + "?text=" + "%F0%9F%91%8D".repeat(200)).statusCode())
        .isEqualTo(200);
    problem(server.get(invocations + "?environment=prod"), 400, "unknown_environment");
    problem(server.get(invocations + "?node=%FF"), 400, "invalid_request");
  }

  @Test
  void names_that_nothing_can_have_are_not_found() {
    problem(server.get("/api/v1/bots/nobody"), 404, "unknown_bot");
    problem(server.get("/api/v1/bots/No%20Body"), 404, "unknown_bot");
    problem(server.get("/api/v1/bots/..%2Fx"), 404, "unknown_bot");
    problem(server.get("/api/v1/bots/acme/code/track"), 404, "unknown_node");
    problem(server.get("/api/v1/bots/acme/code/..%2F..%2Fetc"), 404, "unknown_node");
    problem(server.get("/api/v1/bots/acme/samples/TRACK/..%2Fx"), 404, "unknown_sample");
    problem(server.get("/api/v1/bots/acme/versions/v_9"), 404, "unknown_version");
    problem(server.get("/api/v1/invocations/inv_9"), 404, "unknown_invocation");
    problem(server.get("/api/v1/bots/nobody/invocations"), 404, "unknown_bot");
  }

  @Test
  void broken_http_gets_a_problem_document_too() {
    for (String request :
        List.of(
            "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
            "NONSENSE\r\n\r\n",
            "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
            "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
      String answer = RawHttp.exchange(server.server.port(), request);
      assertThat(RawHttp.status(answer)).isBetween(400, 499);
      assertThat(answer)
          .contains(Problems.TYPE, "invalid_request", "nosniff")
          .doesNotContain("<html", "jetty", "Jetty");
    }
  }

  @Test
  void a_broken_chunked_body_is_refused() {
    String answer =
        RawHttp.exchange(
            server.server.port(),
            "POST "
                + MESSAGES
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer "
                + TestServer.TOKEN
                + "\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n");
    assertThat(RawHttp.status(answer)).isEqualTo(400);
    assertThat(answer).contains("invalid_request").doesNotContain("Exception", "Early");
  }

  @Test
  void a_websocket_upgrade_is_no_way_in() {
    String answer =
        RawHttp.request(
            server.server.port(),
            "GET /api/v1/bots",
            "Host: localhost",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    assertThat(RawHttp.status(answer)).isEqualTo(400);
    assertThat(answer).contains(Problems.TYPE).doesNotContain("Set-Cookie");
  }
}
