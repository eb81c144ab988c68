package io.patchbay.intent;

import io.patchbay.bot.Bot;
import io.patchbay.bot.Connection;
import io.patchbay.bot.LocalText;
import io.patchbay.bot.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes bots that have nothing but utterances and connections. */
final class MatcherBots {
  private MatcherBots() {}

  static Bot bot(Node... nodes) {
    Map<String, Node> byName = new LinkedHashMap<>();
    for (Node node : nodes) {
      byName.put(node.name(), node);
    }
    return bot(byName);
  }

  static Bot bot(Map<String, Node> nodes) {
    return new Bot(
        "test",
        "Test",
        "en",
        Map.of(),
        false,
        Bot.Phrases.of(new LocalText(Map.of("en", Bot.DEFAULT_BOT_BREAK))),
        Bot.Egress.DEFAULT,
        Bot.Limits.DEFAULT,
        Map.of(),
        Map.of(),
        nodes);
  }

  static Node start(String name, String... utterances) {
    return node(name, true, true, List.of(utterances));
  }

  static Node node(
      String name,
      boolean start,
      boolean active,
      List<String> utterances,
      Connection... connections) {
    return new Node(
        name,
        name,
        start,
        false,
        false,
        active,
        utterances,
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(connections));
  }

  static Connection says(String to, String... utterances) {
    return new Connection(to, new Connection.Trigger.UserSays(List.of(utterances)));
  }
}
