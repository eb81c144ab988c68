package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.integration.webhook.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * APIs that misbehave, behind the whole server: the user gets the bot break within the deadline,
 * the invocation says why, and the same user's next message is answered.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadApiTest {
  /** Of the bad API where it ends the call; long enough to get so far on a busy machine. */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** Of the bad API where its answer ends the call. */
  private static final Duration LONG = Duration.ofSeconds(20);

  /** Within it a turn ends, whatever the API does. */
  private static final Duration SOON = Duration.ofSeconds(15);

  private static final String GOOD = RawServer.http("200 OK", "{\"response\": [\"fine\"]}");

  private final List<RawServer> apis = new ArrayList<>();
  private WholeServer server;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    server = WholeServer.start(data);
  }

  @AfterEach
  void stop_apis() throws IOException {
    for (RawServer api : apis) {
      api.close();
    }
    apis.clear();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private RawServer api(RawServer.Script script) throws IOException {
    RawServer api = RawServer.start(script);
    apis.add(api);
    return api;
  }

  /**
   * A bot with a node for a good API and one for this one; talks to both.
   *
   * @return the error of the failed invocation
   */
  private JsonNode breaksWith(String reason, RawServer.Script script) throws IOException {
    RawServer bad = api(script);
    RawServer good = api(socket -> RawServer.write(socket, GOOD));
    server.put(
        "shop",
        """
        bot: shop
        egress: {allow: [127.0.0.1]}
        nodes:
          BAD: {start: true, user_says: [bad], integration: {type: api, url: '%s', timeout: %ds}}
          GOOD: {start: true, user_says: [good], integration: {type: api, url: '%s', timeout: 20s}}
        """
            .formatted(
                bad.url("/"),
                (reason.equals("timeout") ? TIMEOUT : LONG).toSeconds(),
                good.url("/")));
    server.deploy("shop");
    assertThat(WholeServer.texts(server.say("shop", "good"))).containsExactly("fine");
    long start = System.nanoTime();
    JsonNode turn = server.say("shop", "bad");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    assertThat(WholeServer.texts(turn)).containsExactly(WholeServer.BREAK);
    JsonNode invocation = server.invocation(turn);
    assertThat(invocation.path("outcome").asString()).isEqualTo("failed");
    assertThat(invocation.at("/error/reason").asString()).isEqualTo(reason);
    assertThat(invocation.path("duration_ms").asLong(0)).isLessThan(SOON.toMillis());
    assertThat(bad.connections).as("is called once").hasSize(1);
    assertThat(WholeServer.texts(server.say("shop", "good"))).containsExactly("fine");
    return invocation.path("error");
  }

  @Test
  void it_answers_html() throws IOException {
    JsonNode error =
        breaksWith(
            "bad_content",
            socket -> RawServer.write(socket, RawServer.http("200 OK", "<!doctype html><p>Hi")));
    assertThat(error.path("message").asString()).contains("it begins: <!doctype html>");
  }

  @Test
  void it_answers_nothing() throws IOException {
    JsonNode error =
        breaksWith("bad_content", socket -> RawServer.write(socket, RawServer.http("200 OK", "")));
    assertThat(error.path("message").asString()).contains("an empty body");
  }

  @Test
  void it_answers_five_gigabytes_and_says_so() throws IOException {
    breaksWith("response_too_large", socket -> flood(socket, "Content-Length: 5368709120\r\n\r\n"));
  }

  @Test
  void it_answers_without_end_and_does_not_say_so() throws IOException {
    breaksWith(
        "response_too_large", socket -> flood(socket, "Connection: close\r\n\r\n{\"a\": \""));
  }

  private static void flood(Socket socket, String head) throws IOException {
    RawServer.write(socket, "HTTP/1.1 200 OK\r\n" + head);
    byte[] block = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
    OutputStream out = socket.getOutputStream();
    for (long sent = 0; sent < 5L << 30; sent += block.length) {
      out.write(block);
    }
  }

  @Test
  void it_sends_a_byte_a_second() throws IOException {
    JsonNode error =
        breaksWith(
            "timeout",
            socket -> {
              RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
              while (true) {
                Thread.sleep(Duration.ofSeconds(1));
                RawServer.write(socket, " ");
              }
            });
    assertThat(error.path("message").asString()).contains("within 3 s", "reading the answer");
  }

  @Test
  void it_redirects() throws IOException {
    RawServer elsewhere = api(socket -> RawServer.write(socket, GOOD));
    JsonNode error =
        breaksWith(
            "bad_status",
            socket ->
                RawServer.write(
                    socket,
                    "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                        .formatted(elsewhere.url("/"))));
    assertThat(error.path("message").asString()).contains("302", "redirects are not followed");
    assertThat(elsewhere.connections).isEmpty();
  }

  @Test
  void it_closes_the_connection() throws IOException {
    JsonNode error = breaksWith("connect_failed", Socket::close);
    assertThat(error.path("message").asString()).contains("closed the connection");
  }

  @Test
  void it_closes_the_connection_in_the_middle_of_its_answer() throws IOException {
    JsonNode error =
        breaksWith(
            "bad_content",
            socket ->
                RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\""));
    assertThat(error.path("message").asString()).contains("before its end");
  }

  @Test
  void it_answers_late() throws IOException {
    JsonNode error =
        breaksWith(
            "timeout",
            socket -> {
              Thread.sleep(TIMEOUT.plus(LONG));
              RawServer.write(socket, GOOD);
            });
    assertThat(error.path("message").asString()).contains("within 3 s", "waiting for the answer");
  }
}
