package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.TalkingBot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An operator, or a time server, sets the clock back while users talk. */
class ClockSetBackTest {
  private static final String YAML =
      """
      bot: clock
      nodes:
        NOTE: {start: true, user_says: [note], integration: {type: code}}
        LOOK: {start: true, user_says: [look], integration: {type: code}}
        END: {start: true, user_says: [end], bot_says: [ended], end: true}
      """;
  private static final Duration MONTH = Duration.ofDays(30);

  private final TalkingBot bot =
      new TalkingBot(YAML)
          .replies(
              "NOTE",
              """
              {"response": ["noted"], "conversation_details": {"n": 1}, "user_details": {"u": 1}}
              """)
          .replies("LOOK", "{\"response\": [\"looked\"]}");

  @Test
  void details_survive_and_expire_three_hours_after_the_next_turn() {
    bot.say("note");
    bot.clock.advance(MONTH.negated());
    bot.say("look");
    assertThat(details()).isEqualTo("1 1");

    bot.clock.advance(Duration.ofMinutes(179));
    bot.say("look");
    assertThat(details()).isEqualTo("1 1");
    bot.clock.advance(Duration.ofMinutes(2));
    bot.say("look");
    assertThat(details()).as("written again at the first turn, so expired").isEqualTo("0 0");
  }

  @Test
  void what_is_set_from_outside_expires_as_if_written_then() {
    bot.say("note");
    bot.clock.advance(MONTH.negated());
    bot.outside().patch(bot.key(), Optional.empty(), Optional.empty());
    bot.clock.advance(Duration.ofMinutes(181));

    JsonNode shown = bot.outside().read(bot.key());
    assertThat(shown.get("conversation_details")).isEmpty();
    assertThat(shown.get("user_details").has("u")).isFalse();
  }

  @Test
  void a_message_that_is_sent_again_is_recognised_and_runs_nothing() {
    TurnAnswer first = bot.turn(Optional.of("m1"), "note");
    bot.clock.advance(MONTH.negated());

    assertThat(bot.turn(Optional.of("m1"), "note").response()).isEqualTo(first.response());
    assertThat(bot.payloads).hasSize(1);
  }

  @Test
  void the_transcript_keeps_the_order_of_the_turns_and_numbers_go_up() {
    bot.say("note");
    bot.clock.advance(MONTH.negated());
    bot.say("end");
    bot.clock.advance(MONTH.negated());
    bot.say("look");

    JsonNode shown = bot.outside().read(bot.key());
    assertThat(shown.get("conversation_no").asInt()).isEqualTo(2);
    assertThat(shown.get("transcript").valueStream().map(ClockSetBackTest::text))
        .containsExactly("note", "noted", "end", "ended", "look", "looked");
  }

  @Test
  void nothing_takes_less_than_no_time() {
    bot.answers(
        "LOOK",
        _ -> {
          bot.clock.advance(MONTH.negated());
          return TalkingBot.succeeds("{\"response\": [\"looked\"]}");
        });
    assertThat(bot.say("look")).containsExactly("looked");

    assertThat(bot.finished.getLast().duration()).isEqualTo(Duration.ZERO);
    assertThat(bot.took).containsExactly(Duration.ZERO);
  }

  @Test
  void a_call_gets_no_more_time_than_its_own() {
    bot.log.whileStarting = () -> bot.clock.advance(MONTH.negated());
    bot.say("look");

    Instant latest = bot.clock.instant().plusSeconds(20);
    assertThat(bot.deadlines.getLast()).isEqualTo(latest);
  }

  /** What the integration that ran last was given. */
  private String details() {
    JsonNode payload = bot.payloads.getLast();
    return payload.path("conversation_details").path("n").asInt(0)
        + " "
        + payload.path("user_details").path("u").asInt(0);
  }

  private static String text(JsonNode line) {
    JsonNode body = line.get("body");
    return body.isString() ? body.asString() : body.path("text").asString();
  }
}
