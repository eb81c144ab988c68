package io.patchbay.conversation;

import io.patchbay.base.Hashes;
import io.patchbay.base.Json;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a chat message says, and what tells it from another one. */
final class MessageText {
  private MessageText() {}

  /** The text, or what a tapped button sends in its place (contract H2, H7). */
  static String of(ChatMessage message) {
    return message.text().or(() -> message.payload().flatMap(MessageText::tapped)).orElse("");
  }

  private static Optional<String> tapped(ObjectNode payload) {
    return Stream.of("gogo_message", "message")
        .map(payload::get)
        .filter(value -> value != null && value.isString())
        .map(JsonNode::asString)
        .findFirst();
  }

  /** Hash of all that the user sent: the same for a retry, another for another message. */
  static String hash(ChatMessage message) {
    ArrayNode content = Json.array();
    content.add(message.text().orElse(null));
    content.add(message.payload().orElse(null));
    message.attachments().forEach(content::add);
    return Hashes.sha256(Json.write(content));
  }
}
