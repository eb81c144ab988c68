package io.patchbay.integration;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import io.patchbay.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an output says of the details (contract D3, K4, K5): a key that is there replaces the whole
 * object; null, absent, wrongly typed or too large leaves it as it was.
 *
 * @param warnings why a given key is not stored
 */
public record DetailsUpdate(
    Optional<ObjectNode> conversation, Optional<ObjectNode> user, List<String> warnings) {
  /** Characters of compact JSON. */
  public record Limits(int conversationDetails, int userDetails) {
    public static final Limits DEFAULT = new Limits(2500, 200);

    /**
     * For details that come from outside a turn.
     *
     * @throws Refusal with a problem for each that is too large
     */
    public void check(Optional<ObjectNode> conversation, Optional<ObjectNode> user) {
      List<Problem> problems = new ArrayList<>();
      conversation
          .flatMap(details -> excess("conversation_details", details, conversationDetails))
          .ifPresent(problems::add);
      user.flatMap(details -> excess("user_details", details, userDetails))
          .ifPresent(problems::add);
      if (!problems.isEmpty()) {
        throw new Refusal(ErrorCode.INVALID_CONTENT, "The details are too large", problems);
      }
    }

    private static Optional<Problem> excess(String key, ObjectNode details, int limit) {
      int length = Json.write(details).length();
      return length <= limit
          ? Optional.empty()
          : Optional.of(
              new Problem(key, "has %d characters, the limit is %d".formatted(length, limit)));
    }
  }

  static DetailsUpdate read(ObjectNode output, Limits limits) {
    List<String> warnings = new ArrayList<>();
    return new DetailsUpdate(
        part(output, "conversation_details", limits.conversationDetails(), warnings),
        part(output, "user_details", limits.userDetails(), warnings),
        List.copyOf(warnings));
  }

  private static Optional<ObjectNode> part(
      ObjectNode output, String key, int limit, List<String> warnings) {
    JsonNode value = output.get(key);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!(value instanceof ObjectNode object)) {
      warnings.add(key + " is not stored: it must be an object");
      return Optional.empty();
    }
    int length = Json.write(object).length();
    if (length > limit) {
      warnings.add(
          "%s is not stored: it has %d characters, the limit is %d".formatted(key, length, limit));
      return Optional.empty();
    }
    return Optional.of(object);
  }
}
