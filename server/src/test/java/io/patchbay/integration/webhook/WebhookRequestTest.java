package io.patchbay.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bot.Environment;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.Invoker;
import io.patchbay.integration.Invoker.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves, byte by byte. */
class WebhookRequestTest {
  private RawServer server;

  @BeforeEach
  void start() throws IOException {
    server = RawServer.answering(RawServer.http("200 OK", "{\"status\":true}"));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  @DisplayName("B5, B6, K18: the signed request, every header and byte")
  void the_signed_request_is_exactly_this() {
    Reply reply =
        TestCalls.path("/api/v1/endpoint?a=1")
            .base(Environment.STAGING, "http://127.0.0.1:" + server.port() + "/")
            .secretVariable("HOOK", "test")
            .signedBy("HOOK")
            .body("{\"node\":\"ORDER_STATUS\",\"event\":\"API_INTEGRATION\"}")
            .send();

    assertThat(TestCalls.output(reply)).isEqualTo("{\"status\":true}");
    String[] parts = server.requests.getFirst().split("\r\n\r\n", -1);
    List<String> lines = Arrays.asList(parts[0].split("\r\n"));
    assertThat(lines.getFirst()).isEqualTo("POST /api/v1/endpoint?a=1 HTTP/1.1");
    assertThat(lines.subList(1, lines.size()))
        .containsExactlyInAnyOrder(
            "Host: 127.0.0.1:" + server.port(),
            "User-Agent: Patchbay/0.1.0",
            "Accept: application/json",
            "Accept-Encoding: identity",
            "Content-Type: application/json",
            "Content-Length: 49",
            "Connection: close",
            "Idempotency-Key: turn_01:TRACK_ORDER",
            "X-Patchbay-Delivery: inv_01",
            "X-Patchbay-Timestamp: 1767225600",
            "X-Hub-Signature: sha1=74dc12c57903ebe7344d4d12c23212051e669c98",
            "X-Hub-Signature-256: sha256="
                + "209a75fd174e7da8af6943f60ec2ed46533b5127cad168e5eb09f3ce195a0c73",
            "webhook-id: inv_01",
            "webhook-timestamp: 1767225600",
            "webhook-signature: v1,JSrTLiXde/YrUrz6Y6lCwA3BCQmM8wnC8vHFCCF88XI=");
    assertThat(parts[1]).isEqualTo("{\"node\":\"ORDER_STATUS\",\"event\":\"API_INTEGRATION\"}");
  }

  @Test
  @DisplayName("B6: the body's UTF-8 bytes, whole, with their length")
  void the_body_is_sent_as_its_utf8_bytes() {
    String body = "{\"text\":\"नमस्ते 😀 \\u0041\"}";

    TestCalls.to(server.url("/")).body(body).send();

    assertThat(request()).endsWith("\r\n\r\n" + body);
    assertThat(request())
        .contains("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n")
        .doesNotContain("Transfer-Encoding");
  }

  @Test
  @DisplayName("B6: a large body is neither chunked nor compressed")
  void a_large_body_has_its_length() {
    String body = "{\"text\":\"" + "x".repeat(3_000_000) + "\"}";

    assertThat(TestCalls.output(TestCalls.to(server.url("/")).body(body).send())).isNotEmpty();

    assertThat(request()).contains("Content-Length: 3000011\r\n").endsWith("xxx\"}");
  }

  @Test
  @DisplayName("B5: without a secret there is no signature header")
  void an_unsigned_request_has_no_signature_headers() {
    TestCalls.to(server.url("/")).secretVariable("HOOK", "test").send();

    assertThat(request().toLowerCase(Locale.ROOT))
        .doesNotContain("signature")
        .doesNotContain("webhook-")
        .contains("x-patchbay-delivery: inv_01")
        .contains("x-patchbay-timestamp: 1767225600");
  }

  @Test
  @DisplayName("B5: never unsigned: without the secret's value nothing is sent")
  void a_secret_without_a_value_sends_nothing() {
    for (TestCalls calls :
        List.of(
            TestCalls.to(server.url("/")).signedBy("HOOK"),
            TestCalls.to(server.url("/")).secretVariable("HOOK", "").signedBy("HOOK"))) {
      Reply reply = calls.send();

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(FailureReason.CONNECT_FAILED);
      assertThat(TestCalls.failure(reply).message())
          .isEqualTo(
              "the signature needs the variable HOOK, which has no value in staging, so nothing was sent");
      assertThat(reply.egress()).isEmpty();
    }
    assertThat(server.connections).isEmpty();
  }

  @Test
  void authored_headers_are_filled_and_sent() {
    TestCalls.to(server.url("/"))
        .header("Authorization", "Bearer [[TOKEN]]")
        .header("X-Team", "[[TEAM]]-[[ TEAM ]]")
        .header("accept", "application/problem+json")
        .secretVariable("TOKEN", "abc")
        .variable("TEAM", "red")
        .send();

    assertThat(request())
        .contains("Authorization: Bearer abc\r\n")
        .contains("X-Team: red-red\r\n")
        .contains("accept: application/problem+json\r\n")
        .doesNotContain("Accept: application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "content-length",
        "Transfer-Encoding",
        "Connection",
        "Content-Type",
        "Accept-Encoding",
        "Expect",
        "X-Hub-Signature",
        "WEBHOOK-ID",
        "Idempotency-Key"
      })
  void authored_headers_that_would_change_the_message_are_left_out(String name) {
    Reply reply = TestCalls.to(server.url("/")).header(name, "forged-value").send();

    assertThat(TestCalls.output(reply)).isNotEmpty();
    assertThat(request()).doesNotContain("forged-value");
    assertThat(reply.logs())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.level()).isEqualTo("WARNING");
          assertThat(line.message()).contains(name);
        });
  }

  @Test
  void headers_that_cannot_be_sent_are_refused_without_showing_their_value() {
    for (String value :
        List.of("hush\r\nX-Evil: 1", "hush\u0000", "hüsh", "hush" + "x".repeat(20_000))) {
      Reply reply =
          TestCalls.to(server.url("/"))
              .header("Authorization", "Bearer [[TOKEN]]")
              .secretVariable("TOKEN", value)
              .send();

      assertThat(TestCalls.failure(reply).message())
          .contains("the header Authorization")
          .doesNotContain("hush")
          .doesNotContain("hüsh");
    }
    for (String name : List.of("", "X Y", "X:Y", "X\r\nY", "é")) {
      assertThat(
              TestCalls.failure(TestCalls.to(server.url("/")).header(name, "v").send()).message())
          .contains("a name that HTTP does not allow");
    }
    assertThat(server.connections).isEmpty();
  }

  @Test
  void an_unset_variable_in_a_header_is_named() {
    assertThat(
            TestCalls.failure(TestCalls.to(server.url("/")).header("X-Key", "[[NOPE]]").send())
                .message())
        .isEqualTo("the header X-Key needs the variable NOPE, which has no value in staging");
  }

  @Test
  void ids_made_of_a_clients_text_cannot_break_the_headers() {
    var call = TestCalls.to(server.url("/")).call();
    var hostile =
        new Invoker.Call<>(
            "inv 1\r\nX-Evil: 1",
            "schlüssel\n😀",
            call.bot(),
            call.node(),
            call.integration(),
            call.environment(),
            call.source(),
            call.variables(),
            call.mask(),
            call.body(),
            call.timeout(),
            call.deadline());
    try (var invoker = new WebhookInvoker(TestCalls.BOUNDS, "0.1.0", TestCalls.CLOCK)) {
      assertThat(TestCalls.output(invoker.invoke(hostile))).isNotEmpty();
    }

    assertThat(request())
        .contains("X-Patchbay-Delivery: inv+1%0D%0AX-Evil%3A+1\r\n")
        .contains("Idempotency-Key: schl%C3%BCssel%0A%F0%9F%98%80\r\n");
  }

  @Test
  void each_call_has_a_connection_of_its_own_even_if_the_server_keeps_it() throws IOException {
    try (var keeping =
            RawServer.start(socket -> {
              RawServer.write(socket, RawServer.http("200 OK", "{}"));
              Thread.sleep(30_000);
            });
        var invoker = new WebhookInvoker(TestCalls.BOUNDS, "0.1.0", TestCalls.CLOCK)) {
      for (int i = 0; i < 3; i++) {
        assertThat(TestCalls.output(TestCalls.to(keeping.url("/")).by(invoker))).isEqualTo("{}");
      }
      assertThat(keeping.connections).hasSize(3);
    }
  }

  private String request() {
    return server.requests.getFirst();
  }
}
