package io.patchbay.conversation;

import io.patchbay.base.Json;
import io.patchbay.entity.EntityValue;
import io.patchbay.hsl.HslElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What a turn answers and what it leaves behind. */
final class Answers {
  private Answers() {}

  static ObjectNode response(Turn turn) {
    ObjectNode response = Json.object();
    response.put("turn_id", turn.id);
    response.put("conversation_no", turn.number);
    response.put("node", turn.answeredAt.orElse(null));
    response.put("state", turn.state);
    ArrayNode messages = response.putArray("messages");
    turn.bubbles.stream().map(HslElement::json).forEach(messages::add);
    return response;
  }

  static ConversationStore.Turn saved(Turn turn, ObjectNode response) {
    return new ConversationStore.Turn(
        turn.id,
        turn.message.key(),
        turn.message.messageId(),
        turn.messageHash,
        new ConversationStore.Saved(
            turn.number, turn.state, turn.node, turn.asked, entities(turn), turn.details, turn.now),
        new ConversationStore.User(turn.profile, turn.userDetails),
        lines(turn, response),
        List.copyOf(turn.invocations),
        response,
        turn.now);
  }

  private static Map<String, JsonNode> entities(Turn turn) {
    Map<String, JsonNode> entities = new LinkedHashMap<>();
    turn.entities.forEach((name, values) -> entities.put(name, items(values)));
    return entities;
  }

  static ArrayNode items(List<EntityValue> values) {
    ArrayNode items = Json.array();
    values.stream().map(EntityValue::toJson).forEach(items::add);
    return items;
  }

  private static List<ConversationStore.TranscriptLine> lines(Turn turn, ObjectNode response) {
    List<ConversationStore.TranscriptLine> lines = new ArrayList<>();
    lines.add(line(turn, "user", StringNode.valueOf(turn.text)));
    response.get("messages").forEach(bubble -> lines.add(line(turn, "bot", bubble)));
    return lines;
  }

  private static ConversationStore.TranscriptLine line(Turn turn, String sender, JsonNode body) {
    return new ConversationStore.TranscriptLine(turn.id, turn.number, sender, body, turn.now);
  }
}
