package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code GET /health/live} answers whatever else the server does. */
class HealthLiveTest {
  private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String MESSAGE =
      "POST /api/v1/bots/acme/messages HTTP/1.1\r\nHost: localhost\r\n"
          + "Authorization: Bearer "
          + TestServer.TOKEN
          + "\r\nContent-Type: application/json\r\n";
  private static final String HELLO = "{\"user\":{\"auth_id\":\"a\"},\"text\":\"hi\"}";

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private RawClient client() {
    return RawClient.of(server.server.port());
  }

  @Test
  void its_answer_is_like_all_others() {
    var live = server.sendAs("", "GET", "/health/live", "");
    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.body()).isEqualTo("{\"status\":\"live\"}");
    assertThat(live.headers().firstValue("Content-Type")).contains("application/json");
    Desk.HEADERS.forEach(
        (name, value) -> assertThat(live.headers().firstValue(name)).contains(value));
    var ready = server.sendAs("", "GET", "/health/ready", "");
    assertThat(live.headers().map().keySet()).isEqualTo(ready.headers().map().keySet());
    var head = server.sendAs("", "HEAD", "/health/live", "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length")).contains("17");
    assertThat(server.sendAs("", "POST", "/health/live", "").statusCode()).isEqualTo(405);
    assertThat(server.sendAs("", "GET", "/health/live?x=1", "").statusCode()).isEqualTo(400);
    assertThat(server.answered)
        .filteredOn(line -> line.startsWith("GET /health/live 200"))
        .hasSize(2);
  }

  @Test
  void it_is_made_on_a_platform_thread_and_others_are_not() {
    server.get("/health/live");
    server.get("/health/ready");
    assertThat(server.virtually).containsExactly("/health/ready");
  }

  @Test
  void it_answers_while_spinning_requests_hold_every_carrier() throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    var spinning = new CountDownLatch(cores);
    var stop = new CountDownLatch(1);
    server.rooms.beforeAnswer =
        () -> {
          spinning.countDown();
          while (stop.getCount() > 0) {
            Thread.onSpinWait();
          }
        };
    List<RawClient> spinners = new ArrayList<>();
    try (RawClient kept = client()) {
      kept.send(LIVE);
      assertThat(RawHttp.status(kept.answer())).isEqualTo(200);
      for (int i = 0; i < 4 * cores; i++) {
        RawClient spinner = client();
        spinners.add(spinner);
        spinner.send(MESSAGE + "Content-Length: " + HELLO.length() + "\r\n\r\n" + HELLO);
      }
      assertThat(spinning.await(60, TimeUnit.SECONDS)).isTrue();

      for (int i = 0; i < 3; i++) {
        kept.send(LIVE);
        assertThat(RawHttp.status(kept.answer())).isEqualTo(200);
        try (RawClient fresh = client()) {
          fresh.send(LIVE);
          assertThat(RawHttp.status(fresh.answer())).isEqualTo(200);
        }
      }
    } finally {
      stop.countDown();
      spinners.forEach(RawClient::answer);
      spinners.forEach(RawClient::close);
    }
  }

  @Test
  void one_who_asks_for_it_again_and_again_on_one_connection_does_not_keep_others_out() {
    try (RawClient flood = client()) {
      Thread.ofPlatform()
          .daemon()
          .start(() -> flood.drip(LIVE.repeat(200), java.time.Duration.ZERO));
      try (RawClient other = client()) {
        other.send(LIVE);
        assertThat(RawHttp.status(other.answer())).isEqualTo(200);
      }
    }
  }
}
