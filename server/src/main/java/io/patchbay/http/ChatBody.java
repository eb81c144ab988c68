package io.patchbay.http;

import io.patchbay.base.Problem;
import io.patchbay.bot.Environment;
import io.patchbay.conversation.ChatMessage;
import io.patchbay.conversation.ChatMessage.UserFields;
import io.patchbay.conversation.ConversationStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a chat message, naming all that is wrong with it at once. Unknown keys are ignored. */
final class ChatBody {
  private static final int LONGEST_ID = 255;
  private static final int LONGEST_TEXT = 10_000;
  private static final int LONGEST_FIELD = 1_000;
  private static final int MOST_ATTACHMENTS = 20;

  /** Keys of a payload under which a button's message is. */
  private static final List<String> SAID = List.of("gogo_message", "message");

  /** Bytes of JSON. */
  private static final int LARGEST_PAYLOAD = 16 * 1024;

  private static final int LARGEST_ATTACHMENTS = 64 * 1024;

  private ChatBody() {}

  static ChatMessage read(String bot, Environment environment, JsonNode body) {
    var problems = new ArrayList<Problem>();
    Fields message = Fields.lenient(body, problems);
    Optional<Fields> user = message.nested("user");
    message.require("user", user.isPresent());
    String authId = user.map(ChatBody::authId).orElse("");
    UserFields fields = user.map(ChatBody::userFields).orElse(UserFields.NONE);
    Optional<String> messageId = message.text("message_id", 1, LONGEST_ID);
    Optional<String> text = message.text("text", 0, LONGEST_TEXT).filter(t -> !t.isEmpty());
    Optional<ObjectNode> payload = message.object("payload").filter(p -> !p.isEmpty());
    payload.ifPresent(given -> check(given, message));
    List<JsonNode> attachments = message.list("attachments", MOST_ATTACHMENTS);
    message.noMoreJson("attachments", LARGEST_ATTACHMENTS);
    boolean says = text.isPresent() || payload.isPresent() || !attachments.isEmpty();
    if (!says && problems.isEmpty()) {
      message.problem("", "needs a text, a payload or attachments");
    }
    message.finish();
    ConversationStore.Key key = new ConversationStore.Key(bot, environment, authId);
    return new ChatMessage(key, messageId, fields, text, payload, attachments);
  }

  /** What a payload says is bound as a text is. */
  private static void check(ObjectNode payload, Fields message) {
    message.noMoreJson("payload", LARGEST_PAYLOAD);
    for (String key : SAID) {
      String said = payload.path(key).asString("");
      if (said.codePointCount(0, said.length()) > LONGEST_TEXT) {
        message.problem("payload." + key, "must have " + LONGEST_TEXT + " characters at most");
      }
    }
  }

  private static String authId(Fields user) {
    Optional<String> authId = user.text("auth_id", 1, LONGEST_ID);
    user.require("auth_id", authId.isPresent());
    return authId.orElse("");
  }

  private static UserFields userFields(Fields user) {
    return new UserFields(
        field(user, "full_name").or(() -> field(user, "name")),
        field(user, "language_code"),
        user.integer("device_platform"),
        field(user, "auth_code"),
        field(user, "email"),
        field(user, "mobile_no"),
        user.object("custom_data"));
  }

  private static Optional<String> field(Fields user, String name) {
    return user.text(name, 0, LONGEST_FIELD).filter(value -> !value.isEmpty());
  }
}
