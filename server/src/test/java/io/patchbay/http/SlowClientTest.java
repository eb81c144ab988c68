package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that send or read a little at a time have an end; those that are only slow have none. */
class SlowClientTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final String POST =
      "POST /api/v1/bots/acme/messages HTTP/1.1\r\nHost: localhost\r\n"
          + "Authorization: Bearer "
          + TestServer.TOKEN
          + "\r\nContent-Type: application/json\r\n";
  private static final String HELLO = "{\"user\":{\"auth_id\":\"a\"},\"text\":\"hi\"}";
  private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private TestServer server = shortHead();

  private static TestServer with(Limits.Times times) {
    return TestServer.with(times, Limits.STANDARD.room());
  }

  private static TestServer shortHead() {
    return with(new Limits.Times(SHORT, LONG, LONG, LONG, 1));
  }

  private void shortBody() {
    server.close();
    server = with(new Limits.Times(LONG, SHORT, LONG, LONG, 1));
  }

  private void shortAnswer() {
    server.close();
    server = with(new Limits.Times(LONG, LONG, LONG, SHORT, 100_000_000));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private RawClient client() {
    return RawClient.of(server.server.port());
  }

  private static void isTimeout(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 408 ");
    assertThat(answer).contains(Problems.TYPE, "request_timeout", "nosniff").doesNotContain("err_");
    assertThat(answer.toLowerCase(java.util.Locale.ROOT)).contains("connection: close");
  }

  @Test
  void a_dripped_head_ends_with_408() {
    try (RawClient client = client()) {
      client.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-A: ");
      assertThat(client.drip("a", PAUSE)).isTrue();
      isTimeout(client.rest());
    }
  }

  @Test
  void a_head_that_stops_ends_with_408() {
    try (RawClient client = client()) {
      client.send("GET /");
      isTimeout(client.rest());
    }
  }

  @Test
  void dripped_empty_lines_before_a_head_are_no_head() {
    try (RawClient client = client()) {
      assertThat(client.drip("\r\n", PAUSE)).isTrue();
    }
  }

  @Test
  void a_connection_that_says_nothing_is_closed_without_a_word() {
    try (RawClient client = client()) {
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void a_second_head_that_is_dripped_ends_too() {
    try (RawClient client = client()) {
      client.send(LIVE);
      assertThat(RawHttp.status(client.answer())).isEqualTo(200);
      client.send("GET ");
      assertThat(client.drip("a", PAUSE)).isTrue();
      isTimeout(client.rest());
    }
  }

  @Test
  void a_connection_may_rest_in_between_for_longer_than_a_head_may_take() {
    try (RawClient client = client()) {
      client.send(LIVE);
      assertThat(RawHttp.status(client.answer())).isEqualTo(200);
      LockSupport.parkNanos(SHORT.multipliedBy(4).toNanos());
      client.send(LIVE);
      assertThat(RawHttp.status(client.answer())).isEqualTo(200);
    }
  }

  @Test
  void a_dripped_body_ends_with_408() {
    shortBody();
    try (RawClient client = client()) {
      client.send(POST + "Content-Length: 1000000\r\n\r\n{");
      assertThat(client.drip(" ", PAUSE)).isTrue();
      isTimeout(client.rest());
    }
  }

  @Test
  void a_body_that_stops_ends_with_408() {
    shortBody();
    try (RawClient client = client()) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n5\r\n{");
      isTimeout(client.rest());
    }
  }

  @Test
  void dripped_chunk_extensions_end_with_408() {
    shortBody();
    try (RawClient client = client()) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n5;");
      assertThat(client.drip("a", PAUSE)).isTrue();
      isTimeout(client.rest());
    }
  }

  @Test
  void a_body_that_no_route_needs_is_not_waited_for() {
    shortBody();
    for (String first :
        new String[] {
          "GET /health/live", "GET /nothing", "PUT /health/live", "GET /health/ready"
        }) {
      try (RawClient client = client()) {
        client.send(first + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nabc");
        assertThat(RawHttp.status(client.rest())).as(first).isIn(200, 404, 405);
      }
    }
  }

  @Test
  void a_turn_may_take_longer_than_a_body_may_and_its_connection_stays() {
    shortBody();
    server.rooms.beforeAnswer = () -> LockSupport.parkNanos(SHORT.multipliedBy(4).toNanos());
    try (RawClient client = client()) {
      String message = POST + "Content-Length: " + HELLO.length() + "\r\n\r\n" + HELLO;
      client.send(message);
      assertThat(RawHttp.status(client.answer())).isEqualTo(200);
      client.send(message + message);
      assertThat(RawHttp.status(client.answer())).isEqualTo(200);
      assertThat(RawHttp.status(client.answer())).isEqualTo(200);
    }
  }

  @Test
  void one_who_reads_slowly_is_let_go() {
    shortAnswer();
    server.rooms.padding = 16 * 1024 * 1024;
    try (RawClient client = RawClient.of(server.server.port(), "127.0.0.1", 4096)) {
      client.send(POST + "Content-Length: " + HELLO.length() + "\r\n\r\n" + HELLO);
      server.awaitConnections(0);
      assertThat(client.rest().length()).isLessThan(16 * 1024 * 1024);
    }
  }
}
