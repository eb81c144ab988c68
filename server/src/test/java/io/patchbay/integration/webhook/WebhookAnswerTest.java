package io.patchbay.integration.webhook;

import static io.patchbay.integration.FailureReason.BAD_CONTENT;
import static io.patchbay.integration.FailureReason.BAD_STATUS;
import static io.patchbay.integration.FailureReason.CONNECT_FAILED;
import static io.patchbay.integration.FailureReason.OVERLOADED;
import static io.patchbay.integration.FailureReason.RESPONSE_TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.integration.Failure;
import io.patchbay.integration.Invoker.Reply;
import io.patchbay.testing.BusyWork;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back, and what is made of it. */
class WebhookAnswerTest {
  @Test
  void an_object_is_the_output_with_what_was_measured() throws IOException {
    try (var server =
        RawServer.answering(RawServer.http("200 OK", "{\"status\":true,\"n\":1.50}"))) {
      Reply reply = TestCalls.to(server.url("/")).send();

      assertThat(TestCalls.output(reply)).isEqualTo("{\"status\":true,\"n\":1.50}");
      assertThat(reply.measures())
          .containsOnlyKeys("connect", "send", "wait", "read", "bytes_out", "bytes_in");
      assertThat(reply.measures().get("bytes_out"))
          .isEqualTo((double) reply.egress().getFirst().bytesOut())
          .isGreaterThan(100);
      assertThat(reply.measures().get("bytes_in"))
          .isEqualTo((double) reply.egress().getFirst().bytesIn())
          .isGreaterThan(10);
      assertThat(reply.measures().values()).allMatch(milliseconds -> milliseconds >= 0);
      assertThat(reply.egress())
          .singleElement()
          .satisfies(attempt -> {
            assertThat(attempt.time()).isEqualTo(TestCalls.CLOCK.instant());
            assertThat(attempt.name()).isEmpty();
            assertThat(attempt.address()).contains("127.0.0.1");
            assertThat(attempt.port()).isEqualTo(server.port());
            assertThat(attempt.allowed()).isTrue();
            assertThat(attempt.bytesOut()).isEqualTo(server.requests.getFirst().length());
            assertThat(attempt.bytesIn())
                .isEqualTo(RawServer.http("200 OK", "{\"status\":true,\"n\":1.50}").length());
            assertThat(attempt.duration()).isPositive();
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "-9223372036854775808", "99999999999999999999", "5, -5", "x"})
  void a_length_that_makes_no_sense_is_a_failure_and_no_exception(String length)
      throws IOException {
    try (var server =
        RawServer.answering(
            "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n{\"status\":true}")) {
      Reply reply = TestCalls.to(server.url("/")).send();

      assertThat(reply.result())
          .satisfiesAnyOf(
              result -> assertThat(TestCalls.failure(reply).reason()).isEqualTo(BAD_CONTENT),
              result -> assertThat(TestCalls.output(reply)).isEqualTo("{\"status\":true}"));
      if (length.startsWith("-")) {
        assertThat(TestCalls.failure(reply).message()).contains("broke the rules of HTTP");
      }
    }
  }

  @ParameterizedTest
  @DisplayName("K3: exactly 200 is success")
  @ValueSource(
      ints = {
        101, 201, 202, 203, 204, 205, 206, 207, 226, 300, 301, 302, 303, 304, 307, 308, 400, 401,
        403, 404, 407, 408, 409, 410, 413, 418, 421, 422, 429, 500, 501, 502, 503, 504, 599
      })
  void every_other_status_is_a_failure(int status) throws IOException {
    String body = status == 101 || status == 204 || status == 304 ? "" : "{\"status\":true}";
    try (var server =
        RawServer.answering(
            "HTTP/1.1 %d Whatever\r\nLocation: /elsewhere\r\nRetry-After: 0\r\nWWW-Authenticate: Basic\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.length(), body))) {
      Failure failure = TestCalls.failure(TestCalls.to(server.url("/")).send());

      assertThat(failure.reason()).isEqualTo(BAD_STATUS);
      assertThat(failure.message()).contains("status " + status);
      assertThat(server.connections).as("sent once").hasSize(1);
    }
  }

  @Test
  @DisplayName("K3: redirects are not followed")
  void redirects_are_not_followed() throws IOException {
    try (var elsewhere = RawServer.answering(RawServer.http("200 OK", "{}"));
        var server =
            RawServer.answering(
                "HTTP/1.1 307 Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                    .formatted(elsewhere.url("/")))) {
      Failure failure = TestCalls.failure(TestCalls.to(server.url("/")).send());

      assertThat(failure.message()).contains("307").contains("redirects are not followed");
      assertThat(elsewhere.connections).isEmpty();
    }
  }

  @Test
  void a_failed_answer_shows_how_it_begins() throws IOException {
    try (var server =
        RawServer.answering(RawServer.http("400 Bad Request", "{\"error\":\"no such order\"}"))) {
      assertThat(TestCalls.failure(TestCalls.to(server.url("/")).send()).message())
          .isEqualTo(
              "127.0.0.1:%d answered with status 400 instead of 200, saying: {\"error\":\"no such order\"}"
                  .formatted(server.port()));
    }
  }

  @Test
  void a_failed_answer_is_not_waited_for() throws IOException {
    try (var server =
        RawServer.start(socket -> {
          RawServer.write(socket, "HTTP/1.1 500 Oops\r\nContent-Length: 1000\r\n\r\nfirst");
          Thread.sleep(20_000);
        })) {
      long start = System.nanoTime();
      Failure failure = TestCalls.failure(TestCalls.to(server.url("/")).send());

      assertThat(failure.message()).contains("500").contains("saying: first");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | an empty body",
        "`   ` | not well-formed JSON",
        "<!DOCTYPE html><html> | it begins: <!DOCTYPE html><html>",
        "[1,2] | it begins: [1,2]",
        "\"text\" | not an object",
        "true | not an object",
        "null | not an object",
        "12 | not an object",
        "{\"a\":1 | not well-formed JSON",
        "{\"a\":1}x | not well-formed JSON",
        "{\"a\":1}{\"b\":2} | not well-formed JSON",
        "{\"a\":NaN} | not well-formed JSON",
        "{'a':1} | not well-formed JSON",
        "{\"a\":1,\"a\":2} | a key comes twice"
      })
  void what_is_not_one_json_object_is_bad_content(String body, String why) throws IOException {
    try (var server = RawServer.answering(RawServer.http("200 OK", body))) {
      Failure failure = TestCalls.failure(TestCalls.to(server.url("/")).send());

      assertThat(failure.reason()).isEqualTo(BAD_CONTENT);
      assertThat(failure.message()).contains(why);
    }
  }

  @Test
  void a_body_that_is_too_deep_is_bad_content() throws IOException {
    String body = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    try (var server = RawServer.answering(RawServer.http("200 OK", body))) {
      assertThat(TestCalls.failure(TestCalls.to(server.url("/")).send()).message())
          .contains("too deeply nested");
    }
  }

  @Test
  void bytes_that_are_not_utf8_are_bad_content() throws IOException {
    try (var server =
        RawServer.start(socket -> {
          RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\":\"");
          socket.getOutputStream().write(new byte[] {(byte) 0xff, '"', '}'});
        })) {
      Failure failure = TestCalls.failure(TestCalls.to(server.url("/")).send());

      assertThat(failure.reason()).isEqualTo(BAD_CONTENT);
      assertThat(failure.message()).contains("bytes that are not UTF-8");
    }
  }

  @Test
  void utf16_is_bad_content_and_a_byte_order_mark_is_not() throws IOException {
    try (var marked = RawServer.answering(RawServer.http("200 OK", "\ufeff{\"a\":1}"));
        var utf16 =
            RawServer.answering(RawServer.http("200 OK", "\u0000{\u0000\"\u0000a\u0000\""))) {
      assertThat(TestCalls.output(TestCalls.to(marked.url("/")).send())).isEqualTo("{\"a\":1}");
      assertThat(TestCalls.failure(TestCalls.to(utf16.url("/")).send()).reason())
          .isEqualTo(BAD_CONTENT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 7\r\n\r\n{\"a\":1}",
        "Content-Length: 7\r\nContent-Type: text/html\r\n\r\n{\"a\":1}",
        "Content-Length: 7\r\n\r\n{\"a\":1}{\"b\":2} and more than it said",
        "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4;x=y\r\n\":1}\r\n0\r\n\r\n",
        "Connection: close\r\n\r\n{\"a\":1}"
      })
  void every_way_to_send_a_body_is_understood(String rest) throws IOException {
    try (var server = RawServer.answering("HTTP/1.1 200 OK\r\n" + rest)) {
      assertThat(TestCalls.output(TestCalls.to(server.url("/")).send())).isEqualTo("{\"a\":1}");
    }
  }

  @Test
  void interim_answers_are_passed_over() throws IOException {
    try (var server =
        RawServer.answering(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                + RawServer.http("200 OK", "{}"))) {
      assertThat(TestCalls.output(TestCalls.to(server.url("/")).send())).isEqualTo("{}");
    }
  }

  @Test
  void compressed_answers_are_told_as_such() throws IOException {
    try (var server =
        RawServer.answering(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\u001f\u0008x")) {
      assertThat(TestCalls.failure(TestCalls.to(server.url("/")).send()).message())
          .contains("compressed although that was not asked for");
    }
  }

  @Test
  @DisplayName("K15: one mebibyte is the most")
  void a_body_of_exactly_the_cap_passes() throws IOException {
    String body = "{\"a\":\"" + "x".repeat(Answers.MAX_BODY - 8) + "\"}";
    try (var server = RawServer.answering(RawServer.http("200 OK", body))) {
      assertThat(TestCalls.output(TestCalls.to(server.url("/")).send())).hasSize(Answers.MAX_BODY);
    }
    try (var server = RawServer.answering(RawServer.http("200 OK", body + " "))) {
      assertThat(TestCalls.failure(TestCalls.to(server.url("/")).send()).reason())
          .isEqualTo(RESPONSE_TOO_LARGE);
    }
  }

  @ParameterizedTest
  @DisplayName("K15: an answer without end is cut off at the cap")
  @ValueSource(
      strings = {
        "Content-Length: 5368709120",
        "Content-Length: 9223372036854775807",
        "Connection: close",
        "Content-Length: 99999999999999999999999"
      })
  void five_gigabytes_are_not_read(String length) throws IOException {
    try (var server = RawServer.start(socket -> flood(socket.getOutputStream(), length))) {
      Reply reply = TestCalls.to(server.url("/")).send();

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(RESPONSE_TOO_LARGE);
      assertThat(reply.egress().getFirst().bytesIn()).isLessThan(3L * 1024 * 1024);
    }
  }

  private static void flood(OutputStream out, String length) throws IOException {
    out.write(("HTTP/1.1 200 OK\r\n" + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    byte[] block = new byte[64 * 1024];
    Arrays.fill(block, (byte) ' ');
    for (long sent = 0; sent < 5L * 1024 * 1024 * 1024; sent += block.length) {
      out.write(block);
    }
  }

  @Test
  void an_endless_header_is_not_read() throws IOException {
    try (var server =
        RawServer.start(socket -> {
          RawServer.write(socket, "HTTP/1.1 200 OK\r\n");
          for (int i = 0; i < 1_000_000; i++) {
            RawServer.write(socket, "X-Header-%d: %s\r\n".formatted(i, "x".repeat(1000)));
          }
        })) {
      Reply reply = TestCalls.to(server.url("/")).send();

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(BAD_CONTENT);
      assertThat(reply.egress().getFirst().bytesIn()).isLessThan(1024 * 1024);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | CONNECT_FAILED | without an answer",
        "HTTP/1.1 20 | BAD_CONTENT | broke off",
        "SSH-2.0-OpenSSH_9.2~~ | BAD_CONTENT | does not speak HTTP",
        "HTTP/1.1 abc OK~~ | BAD_CONTENT | does not speak HTTP",
        "HTTP/1.1 200 OK~Content-Length: 100~~{\"a\": | BAD_CONTENT | before its end",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~{\"a\" | BAD_CONTENT | before its end",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~zz~ | BAD_CONTENT | before its end",
        "HTTP/1.1 204 None~Content-Length: 5~~hello | BAD_STATUS | 204"
      })
  void answers_that_break_off_are_told_apart(String sent, String reason, String why)
      throws IOException {
    try (var server = RawServer.answering(sent.replace("~", "\r\n"))) {
      Failure failure = TestCalls.failure(TestCalls.to(server.url("/")).send());

      assertThat(failure.reason().name()).isEqualTo(reason);
      assertThat(failure.message()).contains(why);
      assertThat(server.connections).as("sent once").hasSize(1);
    }
  }

  @Test
  void an_early_refusal_of_a_large_body_is_seen() throws IOException {
    try (var server =
        RawServer.deaf(socket -> {
          RawServer.write(socket, RawServer.http("413 Too Large", ""));
          socket.shutdownOutput();
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        })) {
      Failure failure =
          TestCalls.failure(
              TestCalls.to(server.url("/")).body("\"" + "x".repeat(8_000_000) + "\"").send());

      assertThat(failure.reason()).isEqualTo(BAD_STATUS);
      assertThat(failure.message()).contains("413");
    }
  }

  @Test
  void a_large_answer_that_nobody_has_room_to_read_is_overloaded() throws IOException {
    String large = "{\"x\":\"" + "x".repeat(100_000) + "\"}";
    try (var busy = new BusyWork();
        var server = RawServer.answering(RawServer.http("200 OK", large))) {
      Reply reply = busy.serve(() -> TestCalls.to(server.url("/")).send());

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(OVERLOADED);
      assertThat(TestCalls.failure(reply).message()).contains("has answered, but");
    }
  }

  @Test
  void nobody_listening_is_connect_failed() throws IOException {
    try (var nobody = RawServer.holdingPort()) {
      int port = nobody.getLocalPort();
      Reply reply = TestCalls.to("http://127.0.0.1:" + port + "/").send();

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(CONNECT_FAILED);
      assertThat(TestCalls.failure(reply).message())
          .isEqualTo("could not connect to 127.0.0.1:%d: Connection refused".formatted(port));
      assertThat(reply.egress()).singleElement().matches(attempt -> attempt.allowed());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"400 Bad Request", "200 OK"})
  void an_echoed_secret_is_masked(String status) throws IOException {
    String secret = "s3cr3t-" + "k".repeat(40);
    for (String body :
        List.of(
            "you sent " + secret,
            secret,
            "x".repeat(180) + secret,
            "{\"token\":\"" + secret + "\",",
            "<p>" + secret.toUpperCase(Locale.ROOT))) {
      try (var server = RawServer.answering(RawServer.http(status, body))) {
        Reply reply =
            TestCalls.to(server.url("/?k=[[KEY]]"))
                .header("Authorization", "[[KEY]]")
                .secretVariable("KEY", secret)
                .send();

        assertThat(TestCalls.failure(reply).message()).contains("***");
        assertThat(reply.toString()).doesNotContainIgnoringCase("s3cr3t").doesNotContain("kkkk");
      }
    }
  }
}
