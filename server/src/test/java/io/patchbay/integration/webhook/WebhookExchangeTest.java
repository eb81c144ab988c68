package io.patchbay.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bot.Environment;
import io.patchbay.integration.Exchange;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.Invoker.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of a call as a builder is shown them. */
class WebhookExchangeTest {
  private static final String HTML = "<html>\n  <h1>Oops &amp; sorry</h1>\n</html>\n";

  private static Exchange exchange(Reply reply) {
    return reply.exchange().get().orElseThrow();
  }

  private static Exchange.Response response(Reply reply) {
    return exchange(reply).response().orElseThrow();
  }

  private static List<String> lines(List<Exchange.Header> headers) {
    return headers.stream().map(header -> header.name() + ": " + header.value()).toList();
  }

  private static TestCalls signed(String url) {
    return TestCalls.to(url)
        .secretVariable("HOOK", "test")
        .signedBy("HOOK")
        .header("X-Own", "a")
        .body("{\"text\": \"नमस्ते\"}");
  }

  @Test
  void the_request_is_shown_as_it_went_over_the_wire() throws IOException {
    try (var server = RawServer.answering(RawServer.http("200 OK", "{\"a\": 1.0}"))) {
      Reply reply = signed(server.url("/answer?x=1#here")).send();

      String[] parts = server.requests.getFirst().split("\r\n\r\n", -1);
      List<String> wire = Arrays.asList(parts[0].split("\r\n"));
      Exchange.Request request = exchange(reply).request();
      assertThat(wire.getFirst()).isEqualTo("POST /answer?x=1 HTTP/1.1");
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.url()).isEqualTo(server.url("/answer?x=1"));
      assertThat(lines(request.headers()))
          .containsExactlyInAnyOrderElementsOf(wire.subList(1, wire.size()))
          .contains("Host: 127.0.0.1:" + server.port(), "Content-Length: 30");
      assertThat(request.body()).isEqualTo(parts[1]).isEqualTo("{\"text\": \"नमस्ते\"}");
      assertThat(response(reply))
          .isEqualTo(
              new Exchange.Response(
                  200,
                  List.of(
                      new Exchange.Header("Content-Type", "application/json"),
                      new Exchange.Header("Content-Length", "10")),
                  "{\"a\": 1.0}",
                  false));
    }
  }

  @Test
  void a_refused_connection_shows_the_headers_that_would_have_been_sent() throws IOException {
    try (var nobody = RawServer.holdingPort();
        var server = RawServer.answering(RawServer.http("200 OK", "{}"))) {
      Reply refused = signed("http://127.0.0.1:" + nobody.getLocalPort() + "/").send();

      assertThat(TestCalls.failure(refused).reason()).isEqualTo(FailureReason.CONNECT_FAILED);
      assertThat(exchange(refused).response()).isEmpty();
      List<String> sent = lines(exchange(signed(server.url("/")).send()).request().headers());

      assertThat(lines(exchange(refused).request().headers()))
          .containsExactlyInAnyOrderElementsOf(
              sent.stream()
                  .map(line -> line.replace(":" + server.port(), ":" + nobody.getLocalPort()))
                  .toList())
          .anyMatch(line -> line.startsWith("Host: 127.0.0.1:"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.acme.example/a, api.acme.example",
    "https://api.acme.example:8443/a, api.acme.example:8443",
    "http://[::2]/a, [::2]",
    "http://[::2]:81/a, [::2]:81"
  })
  void the_host_of_a_request_that_found_nobody(String url, String host) {
    try (var invoker = TestCalls.resolving(_ -> List.of())) {
      Reply reply = TestCalls.to(url).by(invoker);

      assertThat(TestCalls.failure(reply).reason())
          .isIn(FailureReason.DNS_FAILED, FailureReason.INSECURE_URL);
      assertThat(exchange(reply).request().url()).isEqualTo(url);
      assertThat(lines(exchange(reply).request().headers())).contains("Host: " + host);
      assertThat(exchange(reply).response()).isEmpty();
    }
  }

  @Test
  void without_a_request_there_is_no_exchange() {
    assertThat(TestCalls.to("http://127.0.0.1:1/").signedBy("UNSET").send().exchange().get())
        .isEmpty();
    assertThat(TestCalls.to("no address").send().exchange().get()).isEmpty();
  }

  @Test
  void a_deadline_that_has_passed_shows_the_request() {
    Reply reply = TestCalls.to("http://127.0.0.1:1/").timeout(Duration.ZERO).body("[1]").send();

    assertThat(TestCalls.failure(reply).reason()).isEqualTo(FailureReason.TIMEOUT);
    assertThat(exchange(reply).request().body()).isEqualTo("[1]");
    assertThat(exchange(reply).response()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "500 Internal Server Error, 500, BAD_STATUS",
    "404 Not Found, 404, BAD_STATUS",
    "307 Moved, 307, BAD_STATUS",
    "200 OK, 200, BAD_CONTENT"
  })
  void a_failed_answer_is_shown_as_it_came(String line, int status, FailureReason reason)
      throws IOException {
    String answer =
        "HTTP/1.1 %s\r\nContent-Type: text/html\r\nLocation: /b\r\nX-Two: 1\r\nx-two: 2\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(line, HTML.length(), HTML);
    try (var server = RawServer.answering(answer)) {
      Reply reply = TestCalls.to(server.url("/")).send();

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(reason);
      Exchange.Response response = response(reply);
      assertThat(response.status()).isEqualTo(status);
      assertThat(lines(response.headers()))
          .containsExactly(
              "Content-Type: text/html",
              "Location: /b",
              "X-Two: 1",
              "x-two: 2",
              "Content-Length: " + HTML.length());
      assertThat(response.body()).isEqualTo(HTML);
      assertThat(response.cut()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, false", "-1, false", "1, true", "100000, true"})
  void of_a_long_failed_answer_16_kibibytes_are_shown(int more, boolean cut) throws IOException {
    String page = "é" + "x".repeat(Answers.PEEK_BYTES - 2 + more);
    try (var server = RawServer.answering(RawServer.http("500 Oops", page))) {
      Reply reply = TestCalls.to(server.url("/")).send();

      assertThat(response(reply).body())
          .isEqualTo(page.substring(0, Math.min(page.length(), Answers.PEEK_BYTES - 1)));
      assertThat(response(reply).cut()).isEqualTo(cut);
      assertThat(TestCalls.failure(reply).message()).as("stays short").hasSizeLessThan(300);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 3000000", "Connection: close"})
  void of_an_answer_that_is_too_large_the_beginning_is_shown(String length) throws IOException {
    try (var server =
        RawServer.answering("HTTP/1.1 200 OK\r\n" + length + "\r\n\r\n" + "x".repeat(3_000_000))) {
      Reply reply = TestCalls.to(server.url("/")).send();

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(FailureReason.RESPONSE_TOO_LARGE);
      assertThat(response(reply).body()).isEqualTo("x".repeat(Answers.PEEK_BYTES));
      assertThat(response(reply).cut()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"500 Oops", "200 OK"})
  void an_answer_that_dribbles_is_cut_where_it_was_given_up(String status) throws IOException {
    var done = new CountDownLatch(1);
    try (var server =
        RawServer.start(socket -> {
          RawServer.write(socket, "HTTP/1.1 " + status + "\r\nContent-Length: 1000\r\n\r\nfirst");
          done.await();
        })) {
      Reply reply = TestCalls.to(server.url("/")).timeout(Duration.ofSeconds(3)).send();
      done.countDown();

      assertThat(response(reply).body()).isEqualTo("first");
      assertThat(response(reply).cut()).isTrue();
    }
  }

  @Test
  void a_server_that_never_answers_leaves_the_response_out() throws IOException {
    var done = new CountDownLatch(1);
    try (var server = RawServer.start(_ -> done.await())) {
      Reply reply = signed(server.url("/")).timeout(Duration.ofMillis(700)).send();
      done.countDown();

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(FailureReason.TIMEOUT);
      assertThat(lines(exchange(reply).request().headers())).contains("X-Own: a");
      assertThat(exchange(reply).response()).isEmpty();
    }
  }

  @Test
  void an_answer_that_breaks_the_rules_after_its_head_shows_the_head() throws IOException {
    try (var server = RawServer.answering("HTTP/1.1 204 None\r\nContent-Length: 5\r\n\r\nhello")) {
      Exchange.Response response = response(TestCalls.to(server.url("/")).send());

      assertThat(response.status()).isEqualTo(204);
      assertThat(lines(response.headers())).containsExactly("Content-Length: 5");
      assertThat(response.body()).isEmpty();
      assertThat(response.cut()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"500 Oops", "200 OK"})
  void bytes_that_are_not_utf8_are_replaced(String status) throws IOException {
    var answer = new ByteArrayOutputStream();
    String head = "HTTP/1.1 %s\r\nContent-Length: 5\r\n\r\na".formatted(status);
    answer.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    answer.write(0xff);
    answer.write("b€".getBytes(StandardCharsets.UTF_8), 0, 3);
    try (var server = RawServer.start(socket -> answer.writeTo(socket.getOutputStream()))) {
      assertThat(response(TestCalls.to(server.url("/")).send()).body()).isEqualTo("a\ufffdb\ufffd");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3cr3t-kkkkkkkkkkkk", "p&s'w\"+/x!<>^`{|}ü", "a#fragment-of-it", "12345678"})
  void no_secret_is_shown_wherever_it_was_sent_or_echoed(String secret) throws IOException {
    String header = secret.chars().allMatch(c -> c < 128) ? secret : "unused";
    try (var server =
        RawServer.start(socket ->
            RawServer.write(
                socket,
                "HTTP/1.1 302 Found\r\nLocation: /%s\r\nX-%s: 1\r\n\r\n%s and %s"
                    .formatted(header, header.replaceAll("\\W", ""), secret, secret)))) {
      Reply reply =
          TestCalls.path("/a/[[KEY]]?k=[[KEY]]")
              .base(Environment.STAGING, "http://127.0.0.1:" + server.port())
              .secretVariable("KEY", secret)
              .secretVariable("TOKEN", header)
              .header("Authorization", "Bearer [[TOKEN]]")
              .body("{\"echo\":\"" + secret.replace("\"", "\\\"") + "\"}")
              .send();

      Exchange exchange = exchange(reply);
      assertThat(exchange.request().url())
          .startsWith("http://127.0.0.1:" + server.port() + "/a/***")
          .endsWith(secret.contains("#") ? "***" : "?k=***");
      assertThat(lines(exchange.request().headers())).contains("Authorization: Bearer ***");
      assertThat(exchange.request().body()).contains("***");
      assertThat(exchange.response().orElseThrow().headers().getFirst().value()).isEqualTo("/***");
      assertThat(exchange.response().orElseThrow().body()).endsWith("***");
      assertThat(server.requests.getFirst()).as("it was really sent").contains(header);
      assertThat(exchange.toString()).doesNotContain(secret).doesNotContain(header);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0123456789", "ключ-секрет"})
  void a_secret_across_the_place_where_an_answer_is_cut_is_masked(String secret)
      throws IOException {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    for (int shown = 1; shown <= bytes.length; shown++) {
      String page = ".".repeat(Answers.PEEK_BYTES - shown) + secret + " and more";
      try (var server = RawServer.answering(RawServer.http("500 Oops", page))) {
        Exchange.Response response =
            response(TestCalls.to(server.url("/")).secretVariable("KEY", secret).send());

        // Fewer than four characters of a secret say little, and are anywhere.
        assertThat(response.body()).matches("\\.+(\\*\\*\\*|[^*]{0,3})");
        assertThat(response.cut()).isTrue();
      }
    }
  }

  @Test
  void signatures_are_shown_as_sent_even_where_a_secret_is_of_digits() throws IOException {
    try (var server = RawServer.answering(RawServer.http("200 OK", "{}"))) {
      Reply reply = signed(server.url("/")).secretVariable("DIGITS", "1767").send();

      assertThat(lines(exchange(reply).request().headers()))
          .containsAll(
              server
                  .requests
                  .getFirst()
                  .lines()
                  .filter(line -> line.matches("(?i)(x-hub-signature.*|webhook-signature): .*"))
                  .toList())
          .contains("X-Patchbay-Timestamp: ***225600");
    }
  }
}
