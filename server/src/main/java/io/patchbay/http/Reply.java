package io.patchbay.http;

import io.patchbay.base.Json;
import io.patchbay.executor.work.Budget;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What goes back.
 *
 * @param body empty for none
 * @param headers besides those that every answer has
 */
record Reply(int status, Optional<Body> body, Map<String, String> headers) {
  static final String JSON = "application/json";
  static final String YAML = "application/yaml";
  static final String TEXT = "text/plain";
  static final String PYTHON = "text/x-python";

  /**
   * Bytes with their content type.
   *
   * @param bytes not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // sent once, never compared
  record Body(String type, byte[] bytes) {}

  static Reply json(JsonNode node) {
    return json(200, node);
  }

  /** Where it is long it is written where it holds up nobody. */
  static Reply json(int status, JsonNode node) {
    int small = (int) Budget.SMALL;
    return of(
        status,
        JSON,
        Json.writeUpTo(node, small)
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .orElseGet(() -> Budget.spendAnyway(small + 1, () -> utf8(node))));
  }

  /** YAML takes some ten times as long to write as JSON. */
  static Reply yaml(Yaml yaml, JsonNode node) {
    int small = (int) Budget.SMALL;
    int steps = Json.writeUpTo(node, small / 10).isPresent() ? 1 : small + 1;
    return Budget.spendAnyway(steps, () -> of(200, YAML, yaml.write().apply(node)));
  }

  private static byte[] utf8(JsonNode node) {
    return Json.write(node).getBytes(StandardCharsets.UTF_8);
  }

  static Reply of(int status, String type, String text) {
    return of(status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply of(int status, String type, byte[] bytes) {
    return new Reply(status, Optional.of(new Body(type, bytes)), Map.of());
  }

  static Reply empty() {
    return empty(204);
  }

  static Reply empty(int status) {
    return new Reply(status, Optional.empty(), Map.of());
  }

  /** To an address on this server. */
  static Reply redirect(String to) {
    return empty(303).header("Location", to);
  }

  Reply header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, body, Map.copyOf(more));
  }

  Reply etag(String revision) {
    return header("ETag", '"' + revision + '"');
  }
}
