package io.patchbay.conversation;

import io.patchbay.base.Json;
import io.patchbay.bot.Node;
import io.patchbay.hsl.HslElement;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the bot can do, as quick replies. */
final class Suggestions {
  private static final int MOST = 3;

  /** A quick reply is a word or two; who writes longer utterances means them to be typed. */
  private static final int LONGEST = 40;

  private Suggestions() {}

  /** The same bubbles; the last one, where it is nothing but words, with the suggestions. */
  static List<HslElement> to(List<HslElement> said, Turn turn) {
    List<String> utterances =
        turn.live.bot().nodes().values().stream()
            .filter(node -> node.start() && node.active() && !node.userSays().isEmpty())
            .map(Node::userSays)
            .map(List::getFirst)
            .filter(utterance -> utterance.length() <= LONGEST)
            .limit(MOST)
            .toList();
    if (said.isEmpty() || utterances.isEmpty() || !isPlain(said.getLast())) {
      return said;
    }
    List<HslElement> all = new ArrayList<>(said);
    ObjectNode last = all.removeLast().json().deepCopy();
    ArrayNode replies = last.withObject("data").putArray("quick_replies");
    for (String utterance : utterances) {
      ObjectNode reply = replies.addObject();
      reply.put("actionable_text", utterance).put("type", "TEXT_ONLY").put("is_default", 0);
      reply.set("payload", Json.object().put("message", utterance));
    }
    HslElement suggesting = HslElement.of(last);
    turn.room.add(suggesting);
    all.add(suggesting);
    return all;
  }

  private static boolean isPlain(HslElement element) {
    return element instanceof HslElement.Text text && text.actionables().isEmpty();
  }
}
