package io.patchbay.integration;

import io.patchbay.base.Json;
import java.util.Collection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON that an integration receives (contract C1), all but its {@code env_variables}. */
public final class Payload {
  /** The constant value of {@code event}. */
  public static final String EVENT = "API_INTEGRATION";

  private Payload() {}

  /**
   * @param entities entity name to items, with every declared entity in it
   */
  public static ObjectNode of(
      String node,
      UserProfile user,
      int conversationNo,
      ObjectNode conversationDetails,
      ObjectNode userDetails,
      ObjectNode entities) {
    ObjectNode payload = Json.object();
    payload.put("node", node);
    payload.put("event", EVENT);
    payload.set("user", user(user));
    payload.put("conversation_no", conversationNo);
    payload.set("conversation_details", conversationDetails);
    payload.set("user_details", userDetails);
    payload.set("entities", entities);
    return payload;
  }

  public static ObjectNode user(UserProfile user) {
    return Json.object()
        .put("user_id", user.userId())
        .put("user_name", user.userName())
        .put("full_name", user.fullName())
        .put("device_platform", user.devicePlatform())
        .put("language_code", user.languageCode())
        .put("auth_id", user.authId())
        .put("auth_code", user.authCode());
  }

  /** {@code user_details} of a user of whom nothing was stored (contract D2). */
  public static ObjectNode defaultUserDetails() {
    return Json.object().put("language_code", "en").put("name", UserProfile.GUEST);
  }

  /** Exactly the declared entities, {@code []} where nothing was collected. */
  public static ObjectNode entities(Collection<String> declared, ObjectNode collected) {
    ObjectNode entities = Json.object();
    for (String name : declared) {
      JsonNode items = collected.get(name);
      entities.set(name, items == null ? Json.array() : items);
    }
    return entities;
  }
}
