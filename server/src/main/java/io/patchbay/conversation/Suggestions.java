package io.patchbay.conversation;

import io.patchbay.base.Json;
import io.patchbay.bot.Bot;
import io.patchbay.hsl.HslElement;
import io.patchbay.hsl.ReplyRoom;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Utterances as quick replies. */
final class Suggestions {
  private static final int MOST = 3;

  /** A quick reply is a word or two; who writes longer utterances means them to be typed. */
  private static final int LONGEST = 40;

  private Suggestions() {}

  /** What the bot can do. */
  static List<String> of(Bot bot) {
    return bot.nodes().values().stream()
        .filter(node -> node.start() && node.active() && !node.userSays().isEmpty())
        .map(node -> node.userSays().getFirst())
        .filter(utterance -> utterance.length() <= LONGEST)
        .limit(MOST)
        .toList();
  }

  /** The same bubbles; the last one, where it is nothing but words, with these to be tapped. */
  static List<HslElement> offer(List<String> utterances, List<HslElement> said, ReplyRoom room) {
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
    HslElement offering = HslElement.of(last);
    room.add(offering);
    all.add(offering);
    return all;
  }

  private static boolean isPlain(HslElement element) {
    return element instanceof HslElement.Text text && text.actionables().isEmpty();
  }
}
