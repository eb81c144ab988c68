package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.TalkingBot;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CostlyRulesTest {
  @Test
  void rules_that_look_through_a_large_output_again_and_again_end_in_a_bot_break_with_the_place() {
    var rules = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      rules.append(
          "      - {to: END, when: {all: [{variable: text, contains: \"b%d\"}]}}\n".formatted(i));
    }
    var bot =
        new TalkingBot(
            """
            bot: ruled
            nodes:
              ASK:
                start: true
                user_says: ["hello"]
                integration: {type: code}
                connections:
            %s      - {to: END}
              END: {bot_says: ["Done."]}
            """
                .formatted(rules));
    bot.replies("ASK", "{\"status\": true, \"text\": \"%s\"}".formatted("a".repeat(1_000_000)));
    JsonNode broke = bot.turn(Optional.empty(), "hello").log().path("bot_break");
    assertThat(broke.path("reason").asString()).isEqualTo("result_too_large");
    assertThat(broke.path("message").asString())
        .isEqualTo(
            "the rules compare too much of an output as large as this; see"
                + " nodes.ASK.connections[8].when");

    bot.replies("ASK", "{\"status\": true, \"text\": \"%s\"}".formatted("a".repeat(100_000)));
    assertThat(bot.say("hello")).containsExactly("Done.");
  }
}
