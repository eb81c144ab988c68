package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.bot.Bot;
import io.patchbay.hsl.ReplyRoom;
import io.patchbay.testing.TalkingBot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** However a small output is multiplied, a reply has a bound, and the next turn is right. */
class ReplySizeTest {
  private static final String MEGABYTE = "a".repeat(1_000_000);

  private static TalkingBot bot(String botSays, String more) {
    return new TalkingBot(
        """
        bot: large
        nodes:
          GO: {start: true, user_says: ["go"], integration: {type: code%s}, bot_says: %s}
          HI: {start: true, user_says: ["hi"], bot_says: ["Hello."]}
        """
            .formatted(more, botSays));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"WORDS\"]",
        "[\"[[x]]\", \"[[x]]\"]",
        "[{text: \"WORDS\", type: TEXT, data: {}}]",
        "[{type: CAROUSEL, data: {items: [\"[[all]]\", \"[[all]]\"]}}]",
        "[\"[[many]]\"]",
        "[{en: \"WORDS\", hi: \"WORDS\"}]"
      })
  void a_reply_that_would_be_too_large_is_a_bot_break_with_its_place(String botSays) {
    TalkingBot bot = bot(botSays.replace("WORDS", "[[x]]y".repeat(600)), "");
    ObjectNode output = Json.object().put("status", true).put("x", MEGABYTE);
    output.putObject("all").put("text", MEGABYTE.substring(1));
    ArrayNode many = output.putArray("many");
    for (int i = 0; i < 100_000; i++) {
      many.add("");
    }
    bot.replies("GO", Json.write(output));

    TurnAnswer answer = bot.turn(Optional.empty(), "go");

    assertThat(TalkingBot.texts(answer.response())).containsExactly(Bot.DEFAULT_BOT_BREAK);
    assertThat(answer.log().path("bot_break").path("reason").asString())
        .isEqualTo("reply_too_large");
    assertThat(answer.log().path("bot_break").path("message").asString())
        .startsWith("node GO: with bot_says[")
        .endsWith("the reply has more than 1048576 bytes");
    assertThat(bot.say("hi")).containsExactly("Hello.");
  }

  @Test
  void what_was_said_before_in_the_same_turn_counts_and_is_not_sent() {
    TalkingBot bot =
        bot("[\"[[half]]\"]", ", response_before: [\"Wait.\"], response_after: [\"[[half]]\"]");
    bot.replies("GO", Json.write(Json.object().put("half", "a".repeat(600_000))));
    assertThat(bot.say("go")).containsExactly(Bot.DEFAULT_BOT_BREAK);
    assertThat(bot.say("hi")).containsExactly("Hello.");
  }

  @Test
  void a_response_of_too_many_bubbles_fails_the_integration_and_says_so_in_its_record() {
    TalkingBot bot = bot("[\"Never.\"]", "");
    ObjectNode output = Json.object().put("status", true);
    ArrayNode response = output.putArray("response");
    for (int i = 0; i < 200_000; i++) {
      response.add("");
    }
    bot.replies("GO", Json.write(output));
    assertThat(bot.say("go")).containsExactly(Bot.DEFAULT_BOT_BREAK);
    assertThat(bot.finished.getLast().failure())
        .hasValueSatisfying(f -> {
          assertThat(f.reason().wire()).isEqualTo("result_too_large");
          assertThat(f.message()).contains("response[");
        });
  }

  @Test
  void a_reply_that_is_as_large_as_one_may_be_is_sent() {
    TalkingBot bot = bot("[\"[[x]]\"]", "");
    bot.replies("GO", Json.write(Json.object().put("x", "a".repeat(1_048_000))));
    ObjectNode sent = bot.send("go");
    byte[] messages = Json.write(sent.get("messages")).getBytes(StandardCharsets.UTF_8);
    assertThat(messages.length).isBetween(1_048_000, ReplyRoom.MOST);
  }

  @Test
  void a_break_text_that_would_be_too_large_itself_gives_way_to_the_usual_one() {
    TalkingBot bot =
        new TalkingBot(
            """
            bot: large
            bot_break: "%s"
            entities: {note: {type: text}}
            nodes:
              GO:
                start: true
                user_says: ["go"]
                entities: [{entity: note, required: true, ask: "What?"}]
                integration: {type: code}
                bot_says: ["Done."]
            """
                .formatted("%entitytag_note".repeat(600)));
    bot.say("go");
    assertThat(bot.say("n".repeat(9_000))).isEqualTo(List.of(Bot.DEFAULT_BOT_BREAK));
  }

  @Test
  void a_test_of_the_same_integration_says_what_a_chat_would_do() {
    TalkingBot bot = bot("[\"%s\"]".formatted("[[x]]y".repeat(600)), "");
    bot.replies("GO", Json.write(Json.object().put("x", MEGABYTE)));
    ObjectNode tested = bot.authoring.test("large", "GO", Optional.empty());
    assertThat(tested.path("outcome").asString()).isEqualTo("failed");
    assertThat(tested.path("error").path("reason").asString()).isEqualTo("result_too_large");
    assertThat(tested.path("error").path("message").asString()).contains("bot_says[0]");
    assertThat(tested.has("response")).isFalse();
    assertThat(tested.path("output").path("x").asString()).hasSize(1_000_000);
  }
}
