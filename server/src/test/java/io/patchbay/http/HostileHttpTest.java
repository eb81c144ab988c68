package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client can do with the bytes of HTTP itself; the next one is served as ever. */
class HostileHttpTest {
  private static final String TOKEN = "Authorization: Bearer " + TestServer.TOKEN + "\r\n";
  private static final String POST =
      "POST /api/v1/bots/acme/messages HTTP/1.1\r\nHost: localhost\r\n"
          + TOKEN
          + "Content-Type: application/json\r\n";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String HELLO = "{\"user\":{\"auth_id\":\"a\"},\"text\":\"hi\"}";
  private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private final TestServer server = new TestServer();

  @AfterEach
  void the_next_one_is_served() {
    assertThat(server.json("POST", "/api/v1/bots/acme/messages", HELLO).statusCode())
        .isEqualTo(200);
    server.close();
  }

  private RawClient client() {
    return RawClient.of(server.server.port());
  }

  @Test
  void endless_chunk_extensions_are_refused() {
    String chunk = "1;" + "a".repeat(200) + "\r\n \r\n";
    for (String endless : List.of("1;" + "a".repeat(8192), chunk.repeat(40))) {
      try (RawClient client = client()) {
        client.send(CHUNKED + endless);
        assertThat(client.drip(endless.replaceFirst("^1;a+$", "a"), Duration.ZERO)).isTrue();
        assertThat(client.rest()).matches("(?s)(HTTP/1.1 4.*)?");
      }
      server.awaitAnswered("POST /api/v1/bots/{bot}/messages 400");
      server.answered.clear();
    }
  }

  @Test
  void endless_chunks_of_one_byte_are_too_large() {
    try (RawClient client = client()) {
      client.send(CHUNKED);
      assertThat(client.drip("1\r\n \r\n".repeat(2000), Duration.ZERO)).isTrue();
    }
    server.awaitAnswered("POST /api/v1/bots/{bot}/messages 413");
  }

  @Test
  void a_body_in_chunks_of_one_byte_with_extensions_is_read() {
    try (RawClient client = client()) {
      var chunks = new StringBuilder(CHUNKED);
      HELLO.chars().forEach(c -> chunks.append("1;a=b\r\n").append((char) c).append("\r\n"));
      client.send(chunks + "0\r\nX-Trailer: a\r\n\r\n");
      assertThat(RawHttp.status(client.answer())).isEqualTo(200);
    }
  }

  @Test
  void endless_trailers_are_refused() {
    try (RawClient client = client()) {
      client.send(CHUNKED + Integer.toHexString(HELLO.length()) + "\r\n" + HELLO + "\r\n0\r\n");
      assertThat(client.drip("X-A: b\r\n".repeat(1000), Duration.ZERO)).isTrue();
    }
  }

  @Test
  void endless_empty_lines_before_a_head_are_refused() {
    try (RawClient client = client()) {
      assertThat(client.drip("\r\n".repeat(4000), Duration.ZERO)).isTrue();
    }
  }

  @Test
  void many_tiny_headers_and_one_giant_one_are_refused() {
    for (String header : List.of("a:b\r\n".repeat(100_000), "X-A: " + "a".repeat(500_000))) {
      try (RawClient client = client()) {
        client.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n");
        client.drip(header, Duration.ZERO);
        assertThat(client.rest()).matches("(?s)(HTTP/1.1 400 .*)?");
      }
    }
  }

  @Test
  void thousands_of_requests_that_are_sent_at_once_are_all_answered() {
    try (RawClient client = client()) {
      String ready = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n";
      Thread.ofPlatform().daemon().start(() -> client.send((LIVE + ready).repeat(2000)));
      for (int i = 0; i < 4000; i++) {
        assertThat(RawHttp.status(client.answer())).isEqualTo(200);
      }
    }
  }

  @Test
  void expect_100_continue_is_answered_and_a_refusal_comes_at_once() {
    try (RawClient client = client()) {
      client.send(POST + "Expect: 100-continue\r\nContent-Length: " + HELLO.length() + "\r\n\r\n");
      assertThat(RawHttp.status(client.answer())).isEqualTo(100);
      client.send(HELLO);
      assertThat(RawHttp.status(client.answer())).isEqualTo(200);
    }
    try (RawClient client = client()) {
      client.send(
          POST.replace(TestServer.TOKEN, "wrong")
              + "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n");
      assertThat(RawHttp.status(client.rest())).isEqualTo(401);
    }
  }

  @Test
  void http_1_0_is_spoken() {
    try (RawClient client = client()) {
      client.send("GET /health/live HTTP/1.0\r\n\r\n");
      assertThat(client.rest()).contains(" 200 ").endsWith("{\"status\":\"live\"}");
    }
    try (RawClient client = client()) {
      client.send(
          POST.replace("HTTP/1.1", "HTTP/1.0")
              + "Content-Length: "
              + HELLO.length()
              + "\r\n\r\n"
              + HELLO);
      assertThat(client.rest()).contains(" 200 ").contains("turn_1");
    }
  }

  @Test
  void a_client_that_has_ended_its_side_gets_its_answer() {
    try (RawClient client = client()) {
      client.send(POST + "Content-Length: " + HELLO.length() + "\r\n\r\n" + HELLO);
      client.shutdownOutput();
      assertThat(RawHttp.status(client.rest())).isEqualTo(200);
    }
    try (RawClient client = client()) {
      client.send(POST + "Content-Length: 1000\r\n\r\n" + HELLO);
      client.shutdownOutput();
      assertThat(RawHttp.status(client.rest())).isEqualTo(400);
    }
  }

  @Test
  void resets_in_the_middle_leave_no_connection() {
    List<String> beginnings =
        List.of("", "GET /", POST, POST + "Content-Length: 1000\r\n\r\n{", CHUNKED + "1;", LIVE);
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      RawClient client = client();
      client.send(beginnings.get(i % beginnings.size()));
      clients.add(client);
    }
    clients.forEach(RawClient::reset);
    server.awaitConnections(0);
  }

  @Test
  void a_body_of_a_refused_request_is_not_read() {
    for (String first :
        List.of("POST /nothing", "PATCH /health/ready", "POST /api/v1/bots/acme/messages")) {
      try (RawClient client = client()) {
        client.send(first + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n");
        assertThat(RawHttp.status(client.answer())).as(first).isIn(401, 404, 405);
        assertThat(client.drip("a".repeat(8192), Duration.ofNanos(1))).as("closed").isTrue();
      }
    }
  }

  @Test
  void a_small_body_of_a_request_that_needs_none_does_not_end_its_connection() {
    try (RawClient client = client()) {
      for (int i = 0; i < 3; i++) {
        client.send(
            "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc");
        assertThat(RawHttp.status(client.answer())).isEqualTo(200);
      }
    }
  }
}
