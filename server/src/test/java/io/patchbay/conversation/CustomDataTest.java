package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.testing.TalkingBot;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What messages say about a user beside the text. */
class CustomDataTest {
  private static final String YAML =
      """
      bot: acme
      nodes: {RUN: {start: true, user_says: ["run"], integration: {type: code}}}
      """;

  private final TalkingBot bot =
      new TalkingBot(YAML).replies("RUN", "{\"status\": true, \"response\": [\"ran\"]}");

  @Test
  @DisplayName("C10: custom data is bounded, by one message and by many")
  void custom_data_that_is_too_large_is_left_out_and_the_message_is_answered() {
    assertThat(say("kept", "a")).contains("ran").doesNotContain("custom_data");
    assertThat(say("huge", "x".repeat(900_000)))
        .contains("ran", "custom_data was not taken over", "2500 at most");
    for (int i = 0; i < 100; i++) {
      say("small" + i, "x".repeat(90));
    }
    String details = Json.write(bot.payloads.getLast().get("user_details"));
    assertThat(details).hasSizeBetween(2300, 2500).contains("\"kept\":\"a\"", "small0");
    assertThat(details).doesNotContain("huge", "small99");
  }

  private String say(String key, String value) {
    ObjectNode data = Json.object().put(key, value);
    bot.with(
        new ChatMessage.UserFields(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(data)));
    TurnAnswer answer = bot.turn(Optional.empty(), "run");
    return Json.write(answer.response()) + answer;
  }
}
