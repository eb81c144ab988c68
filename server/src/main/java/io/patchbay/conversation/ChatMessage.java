package io.patchbay.conversation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a user sent to a bot.
 *
 * @param messageId the sender's id of this message, for safe retries; unique per key
 * @param text what the user typed; empty where there is only a payload
 * @param payload of a tapped button, such as {@code {"gogo_message": ...}}
 */
public record ChatMessage(
    ConversationStore.Key key,
    Optional<String> messageId,
    UserFields user,
    Optional<String> text,
    Optional<ObjectNode> payload,
    List<JsonNode> attachments) {
  public ChatMessage {
    attachments = List.copyOf(attachments);
  }

  /** What the message says of its user; what is empty stays as it was. */
  public record UserFields(
      Optional<String> fullName,
      Optional<String> languageCode,
      OptionalInt devicePlatform,
      Optional<String> authCode,
      Optional<String> email,
      Optional<String> mobileNo,
      Optional<ObjectNode> customData) {
    public static final UserFields NONE =
        new UserFields(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }
}
