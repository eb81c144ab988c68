package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bot.Environment;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationRecord.State;
import io.patchbay.testing.TalkingBot;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What those who watch hear of turns and of the invocations inside them. */
class WatchedTest {
  private final TalkingBot bot =
      new TalkingBot(
          """
          bot: shop
          human_assistance: true
          nodes:
            HELLO: {start: true, user_says: [hello], bot_says: [Hi]}
            BYE: {start: true, user_says: [bye], bot_says: [Bye], end: true}
            RUN: {start: true, user_says: [run], integration: {type: code}}
          """);

  @Test
  void a_turn_is_told_with_the_state_that_it_left() {
    bot.send("hello");
    bot.in(Environment.STAGING).send("bye");

    assertThat(bot.watched).containsExactly("production bot", "staging complete");
    assertThat(bot.finished).isEmpty();
  }

  @Test
  void a_bot_break_is_told_with_its_reason() {
    bot.send("something else entirely");
    bot.answers("RUN", _ -> TalkingBot.fails(FailureReason.TIMEOUT)).as("u2").send("run");

    assertThat(bot.watched).containsExactly("production bot", "production pending timeout");
    assertThat(bot.finished).extracting(r -> r.state()).containsExactly(State.FAILED);
  }

  @Test
  void a_repeated_message_is_told_once_as_a_turn() {
    bot.replies("RUN", "{\"status\": true, \"response\": [\"ok\"]}");
    bot.turn(Optional.of("m1"), "run");
    bot.turn(Optional.of("m1"), "run");

    assertThat(bot.watched).containsExactly("production bot", "production repeated");
    assertThat(bot.finished).extracting(r -> r.state()).containsExactly(State.SUCCEEDED);
  }
}
