package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.testing.TalkingBot;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Any node may have utterances, entities, bot says and an integration at once. */
class NodeShapesTest {
  private final TalkingBot bot =
      new TalkingBot(
          """
          bot: shapes
          name: Shapes
          language: en
          base_url: {staging: "https://api.example", production: "https://api.example"}
          entities:
            size: {type: dictionary, values: {large: [big]}}
            id: {type: regex, pattern: '[a-z]{3}\\d{3}'}
          nodes:
            ALL:
              start: true
              user_says: ["all at once"]
              entities: [{entity: id, required: true, ask: "Which one, %name?"}]
              bot_says: ["[[deep.items.0]] for %entitytag_id"]
              integration: {type: code}
            HOOK:
              start: true
              user_says: ["ask the api"]
              integration: {type: api, path: /x}
              connections:
                - {to: YES, when: {all: [{variable: found, equals: true}]}}
                - {to: NO}
            YES:
              bot_says:
                - text: "Found [[count]]"
                  type: CAROUSEL
                  data: {width: THIN, items: "[[cards]]"}
                - "[[card]]"
                - {}
            NO: {bot_says: ["Nothing."]}
            DICE:
              start: true
              user_says: ["roll"]
              bot_says: [{variants: ["one", "two", "three"]}]
            LANGUAGES:
              start: true
              user_says: ["greet me"]
              bot_says: [{en: "Hello", hi: "नमस्ते"}]
          """);

  @Test
  void without_rules_and_response_the_nodes_own_bot_says_render_over_the_output() {
    bot.replies("ALL", "{\"status\": true, \"deep\": {\"items\": [\"Tea\"]}}");
    assertThat(bot.say("all at once")).containsExactly("Which one, Guest?");
    assertThat(bot.say("abc123")).containsExactly("Tea for abc123");
    bot.replies("ALL", "{\"status\": true, \"response\": [\"mine\"]}");
    assertThat(bot.say("all at once abc123")).as("K1: a response wins").containsExactly("mine");
  }

  @Test
  void rules_work_over_the_output_of_an_api_too_and_variables_may_be_whole_elements() {
    bot.replies(
        "HOOK",
        "{\"found\": true, \"count\": 2, \"cards\": [{\"title\": \"A\"}],"
            + " \"card\": \"{\\\"text\\\": \\\"x\\\", \\\"type\\\": \\\"BUTTON\\\", \\\"data\\\": {\\\"items\\\": []}}\"}");
    ObjectNode answer = bot.send("ask the api");
    assertThat(answer.get("messages"))
        .as("F8, F10")
        .isEqualTo(
            Json.parse(
                "[{\"text\":\"Found 2\",\"type\":\"CAROUSEL\",\"data\":{\"width\":\"THIN\","
                    + "\"items\":[{\"title\":\"A\"}]}},"
                    + "{\"text\":\"x\",\"type\":\"BUTTON\",\"data\":{\"items\":[]}}]"));
    assertThat(answer.get("node").asString()).isEqualTo("YES");
    bot.replies("HOOK", "{\"found\": false}");
    assertThat(bot.say("ask the api")).containsExactly("Nothing.");
  }

  @Test
  void variants_are_picked_at_random() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100 && seen.size() < 3; i++) {
      seen.addAll(bot.say("roll"));
    }
    assertThat(seen).containsExactlyInAnyOrder("one", "two", "three");
  }

  @Test
  void texts_come_in_the_users_language_and_the_name_lives_apart_from_the_details() {
    bot.with(
        new ChatMessage.UserFields(
            Optional.of("Ada"),
            Optional.of("hi"),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    assertThat(bot.say("greet me")).as("F22").containsExactly("नमस्ते");
    ObjectNode seen = bot.outside().read(bot.key());
    assertThat(seen.at("/user/full_name").asString()).isEqualTo("Ada");
    assertThat(seen.at("/user/language_code").asString()).isEqualTo("hi");
    assertThat(seen.get("user_details"))
        .as("D2")
        .isEqualTo(Json.parse("{\"language_code\":\"en\",\"name\":\"Guest User\"}"));
  }

  @Test
  void only_the_active_nodes_entities_are_detected() {
    bot.replies("ALL", "{\"status\": true, \"response\": [\"ok\"]}");
    bot.say("all at once, the big one");
    bot.say("abc123");
    assertThat(bot.payloads.getLast().at("/entities/size")).isEmpty();
    assertThat(bot.payloads.getLast().at("/entities/id")).hasSize(1);
  }

  @Test
  void the_message_log_tells_which_node_and_why() {
    bot.replies("ALL", "{\"status\": true, \"response\": [\"ok\"]}");
    ObjectNode log = bot.turn(Optional.empty(), "all at once abc123").log();
    assertThat(log.at("/nodes/0/node").asString()).as("J2").isEqualTo("ALL");
    assertThat(log.at("/nodes/0/detection_method").asString()).isIn("utterance_similarity");
    assertThat(log.at("/entities/0/name").asString()).isEqualTo("id");
    assertThat(log.at("/entities/0/type").asString()).isEqualTo("regex");
    assertThat(log.get("invocations")).hasSize(1);
    log = bot.turn(Optional.empty(), "roll some dice perhaps").log();
    assertThat(log.has("bot_break") || log.at("/nodes/0/node").asString().equals("DICE")).isTrue();
  }
}
