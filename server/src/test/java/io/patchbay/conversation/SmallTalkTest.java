package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.testing.TalkingBot;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people say to any bot, answered without its builder having thought of it. */
class SmallTalkTest {
  private static final String HOTEL =
      """
      bot: hotel
      name: Hotel
      language: en
      entities:
        nights: {type: number, reprompt: "How many nights, as a number?"}
      nodes:
        BOOK:
          start: true
          user_says: ["book"]
          entities: [{entity: nights, required: true, ask: "How many nights?"}]
          integration: {type: code}
        HOURS:
          start: true
          user_says: ["when are you open"]
          bot_says: ["Always."]
        THANKED:
          start: true
          user_says: ["thank you"]
          bot_says: ["My own thanks."]
      """;

  private final TalkingBot hotel = new TalkingBot(HOTEL);

  @Test
  void who_stops_is_not_asked_again_and_nothing_runs() {
    hotel.say("book");
    assertThat(hotel.say("Never mind!")).containsExactly("All right, I have stopped that.");
    assertThat(hotel.say("3")).containsExactly("Sorry, I did not understand that.");
    assertThat(hotel.payloads).isEmpty();
  }

  @Test
  void thanks_and_greetings_leave_the_question_open() {
    hotel.say("book");
    assertThat(hotel.say("thanks")).containsExactly("You are welcome.", "How many nights?");
    assertThat(hotel.say("hi"))
        .containsExactly("Hello! What can I do for you?", "How many nights?");
    hotel.replies("BOOK", "{\"status\": true, \"response\": [\"Booked.\"]}");
    assertThat(hotel.say("3")).containsExactly("Booked.");
  }

  @Test
  void yes_and_no_run_nothing_again() {
    hotel.replies("BOOK", "{\"status\": true, \"response\": [\"Booked.\"]}");
    hotel.say("book");
    hotel.say("3");
    hotel.say("yes");
    hotel.say("ok");
    hotel.say("no thanks");
    hotel.say("please help me");
    assertThat(hotel.payloads).hasSize(1);
  }

  @Test
  void a_greeting_tells_what_the_bot_can_do() {
    var answer = hotel.turn(Optional.empty(), "hello");
    assertThat(answer.log().path("small_talk").asString()).isEqualTo("hello");
    assertThat(answer.response().at("/messages/0/data/quick_replies/0/payload/message").asString())
        .isEqualTo("book");
  }

  @Test
  void it_is_understood_in_hindi_and_answered_in_the_users_language() {
    assertThat(hotel.say("धन्यवाद")).containsExactly("You are welcome.");
  }

  @Test
  void a_node_that_says_so_wins() {
    assertThat(hotel.say("thank you")).containsExactly("My own thanks.");
  }

  @Test
  void a_builder_changes_the_words_or_switches_it_off() {
    hotel.deploy(HOTEL + "small_talk: {bye: \"Sleep well.\"}\nnot_understood: \"Pardon?\"\n");
    assertThat(hotel.say("bye")).containsExactly("Sleep well.");
    assertThat(hotel.say("thanks")).containsExactly("You are welcome.");
    hotel.deploy(HOTEL + "small_talk: false\nnot_understood: \"Pardon?\"\n");
    assertThat(hotel.say("bye")).containsExactly("Pardon?");
  }

  @Test
  void a_first_message_may_be_a_value_that_leads_back_to_its_start_node() {
    hotel.deploy(
        """
        bot: hotel
        name: Hotel
        language: en
        entities:
          nights: {type: number}
        nodes:
          BOOK:
            start: true
            user_says: ["book"]
            entities: [{entity: nights, required: true, ask: "How many nights?"}]
            integration: {type: code}
            connections: [{to: BOOK, entity: {nights: {present: true}}}]
        """);
    hotel.replies("BOOK", "{\"status\": true, \"response\": [\"Booked.\"]}");
    assertThat(hotel.say("3 nights please")).containsExactly("Booked.");
  }

  @Test
  void where_a_message_may_mean_two_nodes_the_user_is_asked_which() {
    hotel.deploy(
        """
        bot: hotel
        name: Hotel
        language: en
        entities: {}
        nodes:
          CHANGE: {start: true, user_says: ["change my booking"], bot_says: ["Changed."]}
          CANCEL: {start: true, user_says: ["cancel my booking"], bot_says: ["Cancelled."]}
        """);
    var answer = hotel.turn(Optional.empty(), "my booking");
    assertThat(TalkingBot.texts(answer.response())).containsExactly("Did you mean this?");
    assertThat(answer.log().path("offered")).hasSize(2);
    assertThat(answer.log().has("not_understood")).isFalse();
    String offered =
        answer.response().at("/messages/0/data/quick_replies/0/payload/message").asString();
    assertThat(hotel.say(offered)).containsAnyOf("Changed.", "Cancelled.");
  }
}
