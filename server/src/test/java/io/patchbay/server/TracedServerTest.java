package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.patchbay.base.Json;
import io.patchbay.testing.SpanReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole server: a client's trace goes through it to the team's API and to the collector. */
class TracedServerTest {
  private static final String TOKEN = "token-of-this-test";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  @TempDir private Path data;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer api;
  private SpanReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = SpanReceiver.start();
    api = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 10);
    api.createContext(
        "/",
        exchange -> {
          received.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("traceparent"))
                  + exchange.getRequestURI().getPath());
          exchange.getRequestBody().readAllBytes();
          byte[] body = "{\"response\": \"fine\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    api.start();
  }

  @AfterEach
  void stop() {
    receiver.close();
    api.stop(0);
    client.close();
  }

  private PatchbayServer server(Map<String, String> environment) throws IOException {
    return PatchbayServer.start(TestConfig.of(data, TOKEN), environment);
  }

  private void deploy(PatchbayServer server) throws Exception {
    int port = api.getAddress().getPort();
    var _ =
        send(
            server,
            "PUT",
            "/api/v1/bots/shop",
            """
            bot: shop
            egress: {allow: ["127.0.0.1:%1$d"]}
            nodes:
              CALL:
                start: true
                user_says: [call]
                integration: {type: api, url: 'http://127.0.0.1:%1$d/ours'}
              OWN:
                start: true
                user_says: [own]
                integration:
                  type: api
                  url: 'http://127.0.0.1:%1$d/own'
                  headers: {traceparent: theirs}
            """
                .formatted(port));
    String version = send(server, "POST", "/api/v1/bots/shop/train", "").get("version").asString();
    var _ =
        send(
            server,
            "POST",
            "/api/v1/bots/shop/deployments",
            "{\"version\": \"%s\", \"environment\": \"production\"}".formatted(version));
  }

  private JsonNode say(PatchbayServer server, String text) throws Exception {
    return send(
        server,
        "POST",
        "/api/v1/bots/shop/messages?debug=true",
        "{\"user\": {\"auth_id\": \"the-user\"}, \"text\": \"%s\"}".formatted(text));
  }

  private JsonNode send(PatchbayServer server, String method, String path, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + TOKEN)
            .header("traceparent", "00-" + TRACE + "-" + PARENT + "-01")
            .header("Content-Type", method.equals("PUT") ? "application/yaml" : "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
    return Json.parse(answer.body());
  }

  @Test
  void a_clients_trace_goes_on_to_the_api_and_to_the_collector() throws Exception {
    JsonNode answer;
    try (PatchbayServer server = server(receiver.environment())) {
      deploy(server);
      answer = say(server, "call");
      var _ = say(server, "own");
      var _ = send(server, "POST", "/api/v1/bots/shop/integrations/CALL/test", "{}");
    }
    assertThat(receiver.await(5)).hasSize(5).allMatch(span -> span.trace().equals(TRACE));
    assertThat(receiver.named("turn")).hasSize(2).allMatch(span -> span.parent().equals(PARENT));
    String id = answer.at("/log/invocations/0").asString();
    SpanReceiver.Span invocation =
        receiver.named("invocation").stream()
            .filter(span -> id.equals(span.attributes().get("patchbay.invocation_id")))
            .findFirst()
            .orElseThrow();
    assertThat(invocation.parent()).isEqualTo(receiver.named("turn").getFirst().id());
    assertThat(invocation.attributes())
        .containsEntry("patchbay.type", "api")
        .containsEntry("patchbay.outcome", "succeeded");
    assertThat(received.getFirst())
        .as("B15")
        .isEqualTo("00-" + TRACE + "-" + invocation.id() + "-01/ours");
    assertThat(received.get(1)).isEqualTo("theirs/own");
    assertThat(receiver.named("invocation"))
        .extracting(span -> span.attributes().get("patchbay.origin"))
        .containsExactlyInAnyOrder("chat", "chat", "test");
    assertThat(receiver.wire()).doesNotContain("the-user").doesNotContain("fine");

    assertThat(answer.at("/log/measures/0/invocation_id").asString()).as("J2").isEqualTo(id);
    assertThat(answer.at("/log/measures/0/timing/total_ms").asDouble()).isPositive();
    assertThat(answer.at("/log/measures/0/bytes_out").asLong()).isGreaterThan(100);
  }

  @Test
  void without_a_collector_no_trace_is_sent_on() throws Exception {
    try (PatchbayServer server = server(Map.of())) {
      deploy(server);
      assertThat(say(server, "call").at("/state").asString()).isEqualTo("bot");
    }
    assertThat(received).containsExactly("null/ours");
    assertThat(receiver.spans()).isEmpty();
  }
}
