package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.TalkingBot;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What one message may cost, and what one conversation may keep. */
class CostlyMessagesTest {
  private final TalkingBot bot =
      new TalkingBot(
          """
          bot: costly
          entities:
            a: {type: regex, pattern: '(?:a{0,9}){100}b'}
            b: {type: regex, pattern: '(?:a{0,9}){100}c'}
            note: {type: text}
          nodes:
            ASK:
              start: true
              user_says: ["hello"]
              entities:
                - {entity: a, ask: "Which?"}
                - {entity: b, required: false}
              bot_says: ["Found %entitytag_a."]
          """);

  @Test
  void a_message_that_costs_too_much_breaks_its_turn_with_the_place_and_changes_nothing() {
    assertThat(bot.say("hello")).containsExactly("Which?");
    var answer = bot.turn(Optional.empty(), "a".repeat(10_000));
    assertThat(TalkingBot.texts(answer.response()))
        .containsExactly("Something went wrong on our side. Please try again.");
    JsonNode broke = answer.log().path("bot_break");
    assertThat(broke.path("reason").asString()).isEqualTo("message_too_costly");
    assertThat(broke.path("message").asString())
        .isEqualTo(
            "entity a costs too much to find in a message of 10000 characters; see entities.a");
    assertThat(bot.say("aaab")).containsExactly("Found aaab.");
  }

  @Test
  void an_opening_message_that_costs_too_much_breaks_too() {
    // The utterance is like enough to begin the node, whose entities are then searched for.
    var answer = bot.turn(Optional.empty(), "hello " + "a".repeat(9_000));
    assertThat(
            answer.log().path("bot_break").path("message").asString().contains("costs too much")
                || answer.log().path("not_understood").asBoolean())
        .isTrue();
    assertThat(bot.say("hello")).containsExactly("Which?");
  }
}
