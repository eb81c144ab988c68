package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.TalkingBot;
import org.junit.jupiter.api.Test;

/** What a user asks while a question of the bot is open (contract F13). */
class SideQuestionTest {
  private final TalkingBot hotel =
      new TalkingBot(
          """
          bot: hotel
          entities:
            nights: {type: number}
            guests: {type: number, reprompt: "How many guests, as a number?"}
            room: {type: number}
          nodes:
            BOOK:
              start: true
              user_says: ["book"]
              entities:
                - {entity: nights, ask: "How many nights?"}
                - {entity: guests, ask: "How many guests?"}
              bot_says: ["%entitytag_nights nights, %entitytag_guests guests"]
            HOURS:
              start: true
              user_says: ["when are you open"]
              bot_says: ["Always."]
            KEY:
              start: true
              user_says: ["lost my key"]
              entities: [{entity: room, ask: "Which room?"}]
              bot_says: ["A new key for %entitytag_room"]
            LEAVE:
              start: true
              user_says: ["forget it"]
              bot_says: ["Goodbye."]
              end: true
          """);

  @Test
  void a_side_question_is_answered_and_the_open_question_asked_again() {
    hotel.say("book");
    hotel.say("3");

    assertThat(hotel.say("when are you open")).containsExactly("Always.", "How many guests?");
    assertThat(hotel.say("hmm")).containsExactly("How many guests, as a number?");
    assertThat(hotel.say("2")).containsExactly("3 nights, 2 guests");
  }

  @Test
  void nothing_is_asked_again_once_all_is_known() {
    hotel.say("book");
    hotel.say("3");
    hotel.say("2");

    assertThat(hotel.say("when are you open")).containsExactly("Always.");
  }

  @Test
  void a_node_that_collects_or_ends_leaves_the_open_question() {
    hotel.say("book");
    assertThat(hotel.say("lost my key")).containsExactly("Which room?");
    assertThat(hotel.say("12")).containsExactly("A new key for 12");

    hotel.say("book");
    assertThat(hotel.say("forget it")).containsExactly("Goodbye.");
  }
}
