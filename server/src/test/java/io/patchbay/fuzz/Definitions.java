package io.patchbay.fuzz;

import io.patchbay.base.Json;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The definitions that others are made of, with their code and samples. */
final class Definitions {
  static final String PAYLOAD =
      """
      {"user": {"auth_id": "u1", "full_name": "Ann"}, "bot": {"name": "x"}, "node": "RUN",
       "entities": {"order_id": [{"entity_value": {"value": "abc123"}}]},
       "conversation_details": {"turns": 1}, "user_details": {}, "env_variables": {}}
      """;

  private final List<ObjectNode> all;

  Definitions(List<ObjectNode> all) {
    this.all = List.copyOf(all);
  }

  ObjectNode one(Dice dice) {
    return dice.of(all).deepCopy();
  }

  /** Python of one of them. */
  String source(Dice dice) {
    return dice.of(
        all.stream().flatMap(d -> d.path("code").valueStream()).map(JsonNode::asString).toList());
  }

  /** What a user may say to a bot that is defined so. */
  static List<String> utterances(JsonNode definition) {
    Stream<String> said =
        definition
            .path("nodes")
            .valueStream()
            .flatMap(node ->
                Stream.concat(
                    node.path("user_says").valueStream(),
                    node.path("connections")
                        .valueStream()
                        .flatMap(c -> c.path("user_says").valueStream())))
            .filter(JsonNode::isString)
            .map(JsonNode::asString);
    return Stream.concat(
            said, Stream.of("abc123", "def456", "+12025550143", "123456", "a@b.example", "12.5"))
        .filter(text -> !text.isEmpty() && text.length() < 1000)
        .toList();
  }

  /**
   * Nothing outside of this machine can be reached, and no integration takes longer than a second,
   * whatever else was changed.
   */
  static ObjectNode bounded(ObjectNode definition, String bot) {
    definition.put("bot", bot);
    definition.set("egress", Json.parse("{\"public\": false, \"allow\": [\"localhost\"]}"));
    definition.set("limits", Json.parse("{\"code_timeout\": \"1s\", \"api_timeout\": \"1s\"}"));
    for (JsonNode node : definition.path("nodes")) {
      if (node.path("integration") instanceof ObjectNode integration) {
        integration.remove("timeout");
      }
    }
    return definition;
  }
}
