package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.integration.FailureReason;
import io.patchbay.testing.TalkingBot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which node a message reaches and what is asked there: "Rules that decide behaviour". */
class RoutingTest {
  private static final String BREAK = "Something went wrong on our side. Please try again.";
  private static final String NOT_UNDERSTOOD = "Sorry, I did not understand that.";

  private final TalkingBot shop =
      new TalkingBot(
          """
          bot: shop
          name: Shop
          language: en
          entities:
            order_id: {type: regex, pattern: '[a-z]{3}\\d{3}', reprompt: "An order id looks like abc123."}
            size: {type: dictionary, values: {large: [big, l], small: [s]}}
            remark: {type: text}
            old_pin: {type: number, min_digits: 4, max_digits: 4}
            new_pin: {type: number, min_digits: 4, max_digits: 4}
          nodes:
            TRACK:
              start: true
              user_says: ["track my order", "where is my order"]
              entities:
                - {entity: order_id, required: true, ask: "Please give me the order id."}
                - {entity: size, required: false}
              integration: {type: code}
              connections:
                - {to: LATE, when: {all: [{variable: state, equals: late}, {variable: days, greater_than: 2}]}}
                - {to: SHIPPED}
            SHIPPED:
              bot_says: ["Order [[order_id]] is [[state]], %full_name."]
              end: true
            LATE:
              bot_says: ["It is late. Shall I complain?"]
              connections:
                - {to: COMPLAIN, user_says: ["yes", "please do"]}
                - {to: BYE, entity: {size: {values: [large]}}}
                - {to: LATE, entity: {order_id: {present: true}}}
            COMPLAIN: {bot_says: ["I have told them."], end: true}
            BYE: {bot_says: ["Then not. Goodbye."], end: true}
            OPINION:
              start: true
              user_says: ["i have an opinion"]
              entities: [{entity: remark, required: true, ask: "What is it?"}]
              bot_says: ["You said: %entitytag_remark"]
            PINS:
              start: true
              user_says: ["change my pin"]
              entities:
                - {entity: old_pin, required: true, ask: "Old pin?"}
                - {entity: new_pin, required: true, ask: "New pin?"}
              bot_says: ["From %entitytag_old_pin to %entitytag_new_pin."]
            HELLO:
              start: true
              user_says: ["hello"]
              bot_says: ["Hi!"]
              connections: [{to: MENU}]
            MENU: {bot_says: ["I can track orders."]}
            FORGET:
              start: true
              user_says: ["forget everything"]
              context_clear: true
              bot_says: ["Forgotten."]
            SILENT: {start: true, user_says: ["say nothing at all"]}
            CIRCLE_A: {start: true, user_says: ["run in circles"], integration: {type: code}, connections: [{to: CIRCLE_B}]}
            CIRCLE_B: {connections: [{to: CIRCLE_A}]}
            SLEEPING: {start: true, active: false, user_says: ["wake up"], bot_says: ["Never said."]}
          """);

  @Test
  void a_missing_required_entity_is_asked_for_then_reprompted_then_the_integration_runs() {
    shop.replies("TRACK", "{\"status\": true, \"order_id\": \"abc123\", \"state\": \"shipped\"}");

    assertThat(shop.say("track my order")).containsExactly("Please give me the order id.");
    assertThat(shop.say("what?")).containsExactly("An order id looks like abc123.");
    assertThat(shop.payloads).isEmpty();
    assertThat(shop.say("it is abc123")).containsExactly("Order abc123 is shipped, Guest User.");
    assertThat(shop.payloads).hasSize(1);
  }

  @Test
  void an_entity_in_the_first_message_is_not_asked_for() {
    shop.replies("TRACK", "{\"status\": true, \"order_id\": \"abc123\", \"state\": \"shipped\"}");

    assertThat(shop.say("where is my order abc123")).hasSize(1);
    assertThat(shop.payloads.getFirst().at("/entities/order_id/0/entity_value/value").asString())
        .isEqualTo("abc123");
  }

  @Test
  void the_first_rule_that_holds_chooses_the_node_and_the_default_comes_last() {
    shop.replies("TRACK", "{\"status\": true, \"state\": \"late\", \"days\": \"3\"}");
    assertThat(shop.say("track my order abc123")).containsExactly("It is late. Shall I complain?");

    shop.as("u2").replies("TRACK", "{\"status\": true, \"state\": \"late\", \"days\": 2}");
    assertThat(shop.say("track my order abc123")).first().asString().startsWith("Order");
  }

  @Test
  void a_connection_with_user_says_or_entity_waits_for_the_next_message() {
    shop.replies("TRACK", "{\"status\": true, \"state\": \"late\", \"days\": 9}");
    shop.say("track my order abc123");
    assertThat(shop.say("Yes!")).containsExactly("I have told them.");

    shop.as("u2").say("track my order abc123");
    assertThat(shop.say("the big one")).containsExactly("Then not. Goodbye.");

    shop.as("u3").say("track my order abc123");
    assertThat(shop.say("and abc124"))
        .as("a self-loop by entity")
        .containsExactly("It is late. Shall I complain?");
  }

  @Test
  void a_self_connection_does_not_run_again_on_what_was_collected_before() {
    shop.replies("TRACK", "{\"status\": true, \"state\": \"late\", \"days\": 9}");
    shop.say("track my order abc123");
    assertThat(shop.say("xyzzy")).as("F14").containsExactly(NOT_UNDERSTOOD);
  }

  @Test
  void an_end_node_completes_and_the_next_message_opens_the_next_number_with_nothing_kept() {
    shop.replies(
        "TRACK",
        "{\"status\": true, \"order_id\": \"abc123\", \"state\": \"shipped\","
            + " \"conversation_details\": {\"tries\": 1}}");

    var answer = shop.send("track my order abc123");
    assertThat(answer.get("state").asString()).isEqualTo("complete");
    assertThat(answer.get("conversation_no").asInt()).isEqualTo(1);

    var next = shop.send("track my order");
    assertThat(next.get("conversation_no").asInt()).isEqualTo(2);
    assertThat(TalkingBot.texts(next)).containsExactly("Please give me the order id.");
    shop.say("abc999");
    assertThat(shop.payloads.getLast().get("conversation_details")).isEmpty();
    assertThat(shop.payloads.getLast().get("conversation_no").asInt()).isEqualTo(2);
  }

  @Test
  void an_output_node_that_ends_completes_only_on_status_true() {
    shop.replies("TRACK", "{\"status\": false, \"state\": \"lost\"}");
    assertThat(shop.send("track my order abc123").get("state").asString())
        .as("K19")
        .isEqualTo("bot");
    shop.as("u2").replies("TRACK", "{\"status\": \"true\", \"state\": \"lost\"}");
    assertThat(shop.send("track my order abc123").get("state").asString())
        .as("K12")
        .isEqualTo("complete");
  }

  @Test
  void a_start_node_matches_again_in_a_running_conversation_and_asks_anew() {
    shop.replies("TRACK", "{\"status\": true, \"state\": \"late\", \"days\": 9}");
    shop.say("track my order abc123");
    assertThat(shop.say("track my order")).containsExactly("Please give me the order id.");
    assertThat(shop.say("hello")).containsExactly("Hi!", "I can track orders.");
  }

  @Test
  void a_text_entity_takes_the_whole_message_but_not_the_utterance_that_led_there() {
    assertThat(shop.say("i have an opinion")).containsExactly("What is it?");
    assertThat(shop.say("Your shop: abc123, it is BIG!"))
        .containsExactly("You said: Your shop: abc123, it is BIG!");
  }

  @Test
  void one_number_answers_one_question() {
    shop.say("change my pin");
    assertThat(shop.say("1234")).containsExactly("New pin?");
    assertThat(shop.say("5678")).containsExactly("From 1234 to 5678.");
  }

  @Test
  void a_connection_with_only_to_moves_on_in_the_same_turn() {
    var answer = shop.send("Hello?");
    assertThat(TalkingBot.texts(answer)).containsExactly("Hi!", "I can track orders.");
    assertThat(answer.get("node").asString()).isEqualTo("MENU");
  }

  @Test
  void nothing_to_say_and_a_circle_are_bot_breaks_and_what_nothing_matches_is_none() {
    var answer = shop.turn(Optional.empty(), "xyzzy plugh");
    assertThat(TalkingBot.texts(answer.response())).containsExactly(NOT_UNDERSTOOD);
    assertThat(answer.log().path("not_understood").asBoolean()).isTrue();
    assertThat(answer.log().has("bot_break")).isFalse();
    assertThat(answer.response().at("/messages/0/data/quick_replies"))
        .as("what the bot can do")
        .hasSize(3);
    assertThat(shop.say("say nothing at all")).containsExactly(BREAK);
    shop.replies("CIRCLE_A", "{\"status\": true}");
    assertThat(shop.say("run in circles")).containsExactly(BREAK);
    assertThat(shop.payloads).as("the circle is left").hasSizeLessThan(TurnHandler.MAX_NODES);
    assertThat(shop.say("wake up")).as("a sleeping node").containsExactly(NOT_UNDERSTOOD);
    assertThat(shop.say("hello")).as("the next message works").hasSize(2);
  }

  @Test
  void a_context_clear_node_forgets_entities_and_selection_but_does_not_complete() {
    shop.replies("TRACK", "{\"status\": true, \"state\": \"late\", \"days\": 9}");
    shop.say("track my order abc123");
    var answer = shop.send("forget everything");
    assertThat(answer.get("state").asString()).isEqualTo("bot");
    assertThat(shop.outside().read(shop.key()).get("entities")).isEmpty();
    assertThat(shop.say("yes, do")).as("no longer at LATE").containsExactly(NOT_UNDERSTOOD);
  }

  @Test
  void after_a_failed_integration_the_same_value_tries_again() {
    shop.answers("TRACK", _ -> TalkingBot.fails(FailureReason.TIMEOUT));
    assertThat(shop.say("track my order abc123")).containsExactly(BREAK);
    shop.replies("TRACK", "{\"status\": true, \"order_id\": \"abc123\", \"state\": \"here\"}");
    assertThat(shop.say("abc123")).containsExactly("Order abc123 is here, Guest User.");
  }

  @Test
  void node_and_entities_are_forgotten_two_hours_after_the_user_last_spoke() {
    shop.say("track my order");
    shop.clock.advance(Duration.ofMinutes(119));
    assertThat(shop.say("what?")).containsExactly("An order id looks like abc123.");
    shop.clock.advance(Duration.ofHours(2));
    assertThat(shop.say("abc123")).as("D6, K8").containsExactly(NOT_UNDERSTOOD);
  }

  @Test
  void a_deployment_without_the_active_node_matches_as_in_a_new_conversation() {
    shop.replies("TRACK", "{\"status\": true, \"state\": \"late\", \"days\": 9}");
    shop.say("track my order abc123");
    shop.deploy(
        """
        bot: shop
        name: Shop
        language: en
        entities: {order_id: {type: regex, pattern: '[a-z]{3}\\d{3}'}}
        nodes:
          CANCEL:
            start: true
            user_says: ["cancel it"]
            integration: {type: code}
        """);
    shop.replies("CANCEL", "{\"status\": true, \"response\": [\"Cancelled.\"]}");
    assertThat(shop.say("yes, do")).containsExactly(NOT_UNDERSTOOD);
    assertThat(shop.say("cancel it")).containsExactly("Cancelled.");
    assertThat(shop.payloads.getLast().at("/entities/order_id/0/original_text").asString())
        .as("entities are kept")
        .isEqualTo("abc123");
    assertThat(shop.payloads.getLast().get("entities").propertyNames())
        .as("exactly the declared entities")
        .isEqualTo(List.of("order_id").stream().collect(java.util.stream.Collectors.toSet()));
  }

  @Test
  void different_users_and_environments_have_conversations_of_their_own() {
    shop.say("track my order");
    assertThat(shop.as("other").say("abc123")).containsExactly(NOT_UNDERSTOOD);
    assertThat(shop.as("u1").in(io.patchbay.bot.Environment.STAGING).say("abc123"))
        .containsExactly(NOT_UNDERSTOOD);
  }
}
