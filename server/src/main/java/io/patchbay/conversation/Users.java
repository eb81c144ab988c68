package io.patchbay.conversation;

import io.patchbay.base.Hashes;
import io.patchbay.base.Json;
import io.patchbay.integration.Payload;
import io.patchbay.integration.UserProfile;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Users are made by their first message and updated by what later ones say (contract K31). */
final class Users {
  /** Characters of user details with custom data, as compact JSON; more is not taken over. */
  static final int MAX_CUSTOM_DATA = 2500;

  private Users() {}

  static UserProfile updated(
      Optional<ConversationStore.User> kept, ChatMessage message, String botLanguage) {
    String authId = message.key().authId();
    UserProfile was =
        kept.map(ConversationStore.User::profile).orElseGet(() -> unknown(authId, botLanguage));
    ChatMessage.UserFields says = message.user();
    return new UserProfile(
        was.userId(),
        was.userName(),
        says.fullName().orElse(was.fullName()),
        says.devicePlatform().orElse(was.devicePlatform()),
        says.languageCode().orElse(was.languageCode()),
        authId,
        says.authCode().orElse(was.authCode()),
        says.email().orElse(was.email()),
        says.mobileNo().orElse(was.mobileNo()));
  }

  static UserProfile unknown(String authId, String language) {
    return new UserProfile(
        Hashes.sha256("user_id:" + authId).substring(0, 22),
        Hashes.sha256("user_name:" + authId).substring(0, 24),
        UserProfile.GUEST,
        UserProfile.BOT_API,
        language,
        authId,
        "",
        "",
        "");
  }

  /**
   * Custom data of a message is readable as user details (contract C10).
   *
   * @param warning is told where it is too large
   */
  static ConversationStore.Details details(
      Optional<ConversationStore.User> kept,
      ChatMessage.UserFields says,
      Instant now,
      Consumer<String> warning) {
    ConversationStore.Details was =
        Openings.unexpiredUser(
            kept.map(ConversationStore.User::details)
                .orElseGet(() ->
                    new ConversationStore.Details(Payload.defaultUserDetails(), Optional.empty())),
            now);
    return says.customData()
        .map(data -> {
          ObjectNode merged = was.value().deepCopy();
          merged.setAll(data);
          int size = Json.write(merged).length();
          if (size > MAX_CUSTOM_DATA) {
            warning.accept(
                "custom_data was not taken over: user_details would have %d characters, %d at most"
                    .formatted(size, MAX_CUSTOM_DATA));
            return was;
          }
          return new ConversationStore.Details(merged, Optional.of(now));
        })
        .orElse(was);
  }
}
