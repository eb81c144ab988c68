package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.testing.TalkingBot;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KeptEntitiesTest {
  /** A node for each of so many texts, each leading to the next. */
  private static String texts(int count) {
    var entities = new StringBuilder("bot: kept\nentities:\n");
    var nodes = new StringBuilder("nodes:\n");
    for (int i = 0; i < count; i++) {
      entities.append("  t%d: {type: text}\n".formatted(i));
      nodes.append(
          """
            N%d:
              start: %s
              user_says: ["go %d"]
              entities: [{entity: t%d, ask: "What?"}]
              bot_says: ["Kept."]
              connections: [{to: N%d, user_says: ["go on"]}]
          """
              .formatted(i, i == 0, i, i, (i + 1) % count));
    }
    return entities.append(nodes).toString();
  }

  @Test
  void what_a_conversation_keeps_is_bounded_and_the_oldest_is_forgotten_with_a_warning() {
    var bot = new TalkingBot(texts(20));
    bot.say("go 0");
    JsonNode log = Json.object();
    for (int i = 0; i < 20; i++) {
      log = bot.turn(Optional.empty(), i + "x".repeat(9_990)).log();
      if (i < 19) {
        bot.say("go on");
      }
    }
    assertThat(log.path("warnings").toString())
        .contains("was forgotten: a conversation keeps at most 256 KiB of entities");
    var kept = bot.conversations.conversation(bot.key()).orElseThrow().entities();
    assertThat(kept).doesNotContainKey("t0").containsKey("t19");
    long characters = kept.values().stream().mapToLong(v -> v.toString().length()).sum();
    assertThat(characters).isBetween(200_000L, KeptEntities.MOST + 1_000L);
  }
}
