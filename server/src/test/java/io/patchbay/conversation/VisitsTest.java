package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.TalkingBot;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One message that leads to a node more than once. */
class VisitsTest {
  private static final String YAML =
      """
      bot: acme
      nodes:
        POLL:
          start: true
          user_says: ["poll"]
          integration: {type: code}
          connections:
            - {to: POLL, when: {all: [{variable: pending, equals: true}]}}
            - {to: DONE}
        DONE: {bot_says: ["done"]}
      """;

  @Test
  void every_visit_has_an_idempotency_key_of_its_own_which_a_retry_has_again() {
    List<String> first = keysOfThreeVisits("m1");
    assertThat(new HashSet<>(first)).hasSize(3);
    assertThat(keysOfThreeVisits("m1")).as("the same message, elsewhere again").isEqualTo(first);
    assertThat(keysOfThreeVisits("m2")).doesNotContainAnyElementsOf(first);
  }

  private static List<String> keysOfThreeVisits(String message) {
    TalkingBot bot = new TalkingBot(YAML);
    bot.answers(
        "POLL", _ -> TalkingBot.succeeds("{\"pending\": " + (bot.payloads.size() < 3) + "}"));
    assertThat(TalkingBot.texts(bot.turn(Optional.of(message), "poll").response()))
        .containsExactly("done");
    return bot.keys;
  }
}
