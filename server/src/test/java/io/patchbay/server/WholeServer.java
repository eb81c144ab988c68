package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The whole product on a free port, and a client that waits for no answer too long. */
final class WholeServer implements AutoCloseable {
  static final String BREAK = "Something went wrong on our side. Please try again.";
  private static final String TOKEN = "token-of-this-test";

  /** Within it every answer must have come, whatever was sent, also on a machine that is busy. */
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final PatchbayServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private WholeServer(PatchbayServer server) {
    this.server = server;
  }

  static WholeServer start(Path data) throws IOException {
    return new WholeServer(PatchbayServer.start(TestConfig.of(data, TOKEN)));
  }

  record Answer(int status, String body) {
    JsonNode json() {
      return Json.parse(body);
    }
  }

  int port() {
    return server.port();
  }

  Answer send(String method, String path, String type, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .timeout(DEADLINE)
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Answer json(String method, String path, String body) {
    return send(method, path, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  /** The body of a success. */
  JsonNode good(String method, String path, String type, String body) {
    Answer answer = send(method, path, type, body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status).as("%s %s: %s", method, path, answer.body).isBetween(200, 204);
    return answer.body.isEmpty() ? Json.object() : answer.json();
  }

  JsonNode get(String path) {
    return good("GET", path, "application/json", "");
  }

  void put(String bot, String yaml) {
    var _ = good("PUT", "/api/v1/bots/" + bot, "application/yaml", yaml);
  }

  void code(String bot, String node, String python) {
    var _ = good("PUT", "/api/v1/bots/" + bot + "/code/" + node, "text/x-python", python);
  }

  /** Trains the draft and makes it live in production. */
  void deploy(String bot) {
    String at = "/api/v1/bots/" + bot;
    JsonNode trained = good("POST", at + "/train", "application/json", "");
    assertThat(trained.path("problems")).isEmpty();
    var _ =
        good(
            "POST",
            at + "/deployments",
            "application/json",
            Json.write(
                Json.object()
                    .put("version", trained.path("version").asString())
                    .put("environment", "production")));
  }

  /** The whole turn with its log. */
  JsonNode say(String bot, String text) {
    var message = Json.object().put("text", text);
    message.putObject("user").put("auth_id", "u1");
    return good(
        "POST",
        "/api/v1/bots/" + bot + "/messages?debug=true",
        "application/json",
        Json.write(message));
  }

  static List<String> texts(JsonNode turn) {
    return turn.path("messages").valueStream().map(m -> m.path("text").asString("")).toList();
  }

  /** What is kept of the one invocation of a turn. */
  JsonNode invocation(JsonNode turn) {
    return get("/api/v1/invocations/" + turn.at("/log/invocations/0").asString());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
