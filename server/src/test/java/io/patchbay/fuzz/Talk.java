package io.patchbay.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Right requests by the administrator, which must succeed. */
final class Talk {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Wire wire;
  private final Identity identity;

  Talk(Wire wire, Identity identity) {
    this.wire = wire;
    this.identity = identity;
  }

  Sent request(String method, String path, String type, String body) {
    List<Header> headers =
        List.of(
            new Header("Host", identity.host()),
            identity.bearer(),
            new Header("Content-Type", type));
    return new Sent(method, path, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  Sent json(String method, String path, String body) {
    return request(method, path, "application/json", body);
  }

  Answer send(Sent sent) {
    try {
      return wire.ask(sent, PATIENCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode good(String method, String path, String body) {
    Answer answer = send(json(method, path, body));
    assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isBetween(200, 204);
    return answer.body().isEmpty() ? Json.object() : Json.parse(answer.body());
  }

  JsonNode get(String path) {
    return good("GET", path, "");
  }

  JsonNode say(String bot, String text) {
    return good(
        "POST",
        "/api/v1/bots/" + bot + "/messages?debug=true",
        "{\"user\": {\"auth_id\": \"u1\", \"full_name\": \"Ann\"}, \"text\": \"%s\"}"
            .formatted(text));
  }
}
