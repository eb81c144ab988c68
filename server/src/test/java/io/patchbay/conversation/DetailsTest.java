package io.patchbay.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Refusal;
import io.patchbay.base.Secret;
import io.patchbay.bot.Environment;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.testing.TalkingBot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Details, replies, message ids, records: what a turn carries and what it leaves. */
class DetailsTest {
  private static final String BREAK = "That failed.";

  private final TalkingBot bot =
      new TalkingBot(
          """
          bot: keeper
          name: Keeper
          language: en
          bot_break: "That failed."
          variables:
            OPEN: {}
            HIDDEN: {secret: true}
          entities:
            word: {type: dictionary, values: {a: [], b: []}}
          base_url: {staging: "https://api.example", production: "https://api.example"}
          nodes:
            RUN:
              start: true
              user_says: ["run"]
              integration:
                type: code
                response_before: ["One moment."]
                response_after: ["Done."]
            END:
              start: true
              end: true
              user_says: ["end"]
              integration: {type: code}
            HOOK:
              start: true
              user_says: ["call"]
              integration: {type: api, path: /x}
            RULED:
              start: true
              user_says: ["rule"]
              integration: {type: code}
              connections: [{to: END, when: {any: [{variable: x, equals: 1}]}}]
          """);

  private static String reply(String rest) {
    return "{\"status\": true, \"response\": [\"ok\"]" + rest + "}";
  }

  @Test
  void first_generation_replies_with_its_response_between_before_and_after() {
    bot.replies(
        "RUN", "{\"status\": true, \"response\": [\"one\", {\"type\": \"TEXT\"}, \"two\"]}");
    ObjectNode answer = bot.send("run");
    assertThat(TalkingBot.texts(answer))
        .as("B10, K20")
        .containsExactly("One moment.", "one", "", "two", "Done.");
    assertThat(answer.at("/messages/0"))
        .isEqualTo(
            Json.parse(
                "{\"text\":\"One moment.\",\"type\":\"TEXT\",\"data\":{\"quick_replies\":[]}}"));
    assertThat(answer.get("node").asString()).isEqualTo("RUN");
    assertThat(answer.propertyNames())
        .containsExactly("turn_id", "conversation_no", "node", "state", "messages");
  }

  @Test
  void a_failure_or_no_response_is_a_bot_break_without_the_response_after() {
    bot.answers("RUN", _ -> TalkingBot.fails(FailureReason.TIMEOUT));
    assertThat(bot.say("run")).as("E3, K20").containsExactly("One moment.", BREAK);
    bot.replies("RUN", "{\"status\": false}");
    assertThat(bot.say("run")).as("K13").containsExactly("One moment.", BREAK);
    bot.replies("RUN", "{\"status\": true, \"response\": []}");
    assertThat(bot.say("run")).as("K1").containsExactly("One moment.", BREAK);
    assertThat(bot.log.all())
        .extracting(r -> r.failure().orElseThrow().reason())
        .containsExactly(FailureReason.TIMEOUT, FailureReason.NO_RESULT, FailureReason.NO_RESULT);
  }

  @Test
  void rules_of_which_none_matches_are_a_bot_break_with_its_reason() {
    bot.replies("RULED", "{\"status\": true, \"x\": 2, \"response\": [\"ignored\"]}");
    assertThat(bot.say("rule")).containsExactly(BREAK);
    assertThat(bot.log.all().getLast().failure().orElseThrow().reason())
        .isEqualTo(FailureReason.NO_RULE_MATCHED);
  }

  @Test
  void an_end_node_completes_on_status_true_and_stays_otherwise() {
    bot.replies("END", reply(""));
    assertThat(bot.send("end").get("state").asString()).as("E1").isEqualTo("complete");
    bot.replies("END", "{\"status\": false, \"response\": [\"no\"]}");
    assertThat(bot.send("end").get("state").asString()).isEqualTo("bot");
    bot.replies("RUN", reply(""));
    assertThat(bot.send("run").get("state").asString()).as("not an end node").isEqualTo("bot");
  }

  @Test
  void details_are_replaced_as_a_whole_kept_and_expire_three_hours_after_their_last_write() {
    bot.replies("RUN", reply(", \"conversation_details\": {\"a\": 1, \"b\": [2]}"));
    bot.say("run");
    bot.replies(
        "RUN", reply(", \"conversation_details\": {\"c\": 3}, \"user_details\": {\"t\": 1}"));
    bot.say("run");
    assertThat(bot.payloads.getLast().get("conversation_details"))
        .isEqualTo(Json.parse("{\"a\":1,\"b\":[2]}"));
    bot.replies("RUN", reply(", \"conversation_details\": null"));
    bot.clock.advance(Duration.ofMinutes(179));
    bot.say("run");
    assertThat(bot.payloads.getLast().get("conversation_details"))
        .as("K4: replaced, not merged; null leaves it")
        .isEqualTo(Json.parse("{\"c\":3}"));
    assertThat(bot.payloads.getLast().get("user_details")).isEqualTo(Json.parse("{\"t\":1}"));
    bot.clock.advance(Duration.ofMinutes(2));
    bot.say("run");
    assertThat(bot.payloads.getLast().get("conversation_details")).as("D1, K8").isEmpty();
    assertThat(bot.payloads.getLast().get("user_details"))
        .isEqualTo(Json.parse("{\"language_code\":\"en\",\"name\":\"Guest User\"}"));
  }

  @Test
  void a_break_discards_the_details_of_its_turn() {
    bot.replies("RULED", "{\"x\": 2, \"conversation_details\": {\"a\": 1}}");
    bot.say("rule");
    bot.replies("RUN", reply(""));
    bot.say("run");
    assertThat(bot.payloads.getLast().get("conversation_details")).as("K4").isEmpty();
  }

  @Test
  void details_over_their_limit_are_not_stored_and_the_reply_is_still_sent() {
    String big = "x".repeat(2500);
    bot.replies(
        "RUN",
        reply(", \"conversation_details\": {\"v\": \"" + big + "\"}, \"user_details\": [1]"));
    assertThat(bot.say("run")).as("K5").containsExactly("One moment.", "ok", "Done.");
    assertThat(bot.log.all().getLast().logs())
        .extracting(l -> l.level() + " " + l.message())
        .containsExactly(
            "WARNING conversation_details is not stored: it has 2508 characters, the limit is 2500",
            "WARNING user_details is not stored: it must be an object");
    bot.say("run");
    assertThat(bot.payloads.getLast().get("conversation_details")).isEmpty();
  }

  @Test
  void details_of_a_user_survive_the_end_and_are_shared_by_environment_only() {
    bot.replies(
        "END", reply(", \"user_details\": {\"k\": \"v\"}, \"conversation_details\": {\"a\": 1}"));
    bot.say("end");
    assertThat(bot.outside().read(bot.key()).get("conversation_details")).as("D1").isEmpty();
    bot.say("end");
    assertThat(bot.payloads.getLast().get("user_details")).isEqualTo(Json.parse("{\"k\":\"v\"}"));
    bot.in(Environment.STAGING).say("end");
    assertThat(bot.payloads.getLast().get("user_details").has("k")).isFalse();
  }

  @Test
  void the_payload_has_exactly_the_documented_shape() {
    bot.bots.putVariable("keeper", "OPEN", Map.of(Environment.PRODUCTION, new Secret("o")), false);
    bot.bots.putVariable(
        "keeper", "HIDDEN", Map.of(Environment.PRODUCTION, new Secret("hush-hush")), false);
    bot.replies("RUN", reply("")).replies("HOOK", reply(""));
    bot.with(
        new ChatMessage.UserFields(
            Optional.of("Ada Lovelace"),
            Optional.of("hi"),
            OptionalInt.of(14),
            Optional.of("code"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Json.object().put("plan", "gold"))));
    bot.say("run");
    ObjectNode payload = bot.payloads.getLast();
    assertThat(payload.propertyNames())
        .as("C1")
        .containsExactly(
            "node",
            "event",
            "user",
            "conversation_no",
            "conversation_details",
            "user_details",
            "entities",
            "env_variables");
    assertThat(payload.get("node").asString()).isEqualTo("RUN");
    assertThat(payload.get("event").asString()).isEqualTo("API_INTEGRATION");
    assertThat(payload.get("user").propertyNames())
        .containsExactly(
            "user_id",
            "user_name",
            "full_name",
            "device_platform",
            "language_code",
            "auth_id",
            "auth_code");
    assertThat(payload.at("/user/full_name").asString()).isEqualTo("Ada Lovelace");
    assertThat(payload.at("/user/device_platform").asInt()).isEqualTo(14);
    assertThat(payload.get("entities")).isEqualTo(Json.parse("{\"word\":[]}"));
    assertThat(payload.at("/user_details/plan").asString()).as("C10").isEqualTo("gold");
    assertThat(payload.get("env_variables"))
        .as("K30: code gets secrets")
        .isEqualTo(Json.parse("{\"OPEN\":\"o\",\"HIDDEN\":\"hush-hush\"}"));
    bot.say("call");
    assertThat(bot.payloads.getLast().get("env_variables"))
        .as("K30: an API does not")
        .isEqualTo(Json.parse("{\"OPEN\":\"o\"}"));
  }

  @Test
  void a_secret_is_in_no_reply_and_no_record() {
    bot.bots.putVariable(
        "keeper", "HIDDEN", Map.of(Environment.PRODUCTION, new Secret("hush-hush")), true);
    bot.replies(
        "RUN",
        "{\"status\": true, \"hush-hush\": 1, \"response\": [\"it is hush-hush, aHVzaC1odXNo\"]}");
    assertThat(bot.say("run")).contains("it is ***, ***");
    assertThat(bot.conversations.turns.toString()).doesNotContain("hush-hush");
    assertThat(bot.log.all().toString()).doesNotContain("hush-hush").contains("***");
  }

  @Test
  void the_same_message_id_gives_the_same_reply_and_one_execution() {
    bot.replies("RUN", reply(""));
    var first = bot.turn(Optional.of("m1"), "run").response();
    var again = bot.turn(Optional.of("m1"), "run").response();
    assertThat(again).isEqualTo(first);
    assertThat(bot.payloads).hasSize(1);
    assertThatThrownBy(() -> bot.turn(Optional.of("m1"), "end"))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.MESSAGE_ID_REUSED));
  }

  @Test
  void a_retry_of_an_interrupted_turn_breaks_and_a_new_id_runs_it() {
    bot.answers(
        "RUN",
        _ -> {
          throw new IllegalStateException("as if the server died here");
        });
    assertThatThrownBy(() -> bot.turn(Optional.of("m1"), "run"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(bot.log.interruptLeftovers(bot.clock.instant())).isEqualTo(1);

    bot.replies("RUN", reply(""));
    var retry = bot.turn(Optional.of("m1"), "run");
    assertThat(TalkingBot.texts(retry.response())).containsExactly(BREAK);
    assertThat(retry.log().at("/bot_break/reason").asString()).isEqualTo("interrupted");
    assertThat(bot.payloads).as("never run again by itself").hasSize(1);
    assertThat(TalkingBot.texts(bot.turn(Optional.of("m2"), "run").response())).contains("ok");
  }

  @Test
  void a_retry_of_a_turn_that_could_not_be_saved_does_not_run_it_twice() {
    bot.answers(
        "RUN",
        _ -> {
          throw new IllegalStateException("as if the disk were full when the turn was saved");
        });
    assertThatThrownBy(() -> bot.turn(Optional.of("m1"), "run"))
        .isInstanceOf(IllegalStateException.class);
    bot.replies("RUN", reply(""));
    assertThat(TalkingBot.texts(bot.turn(Optional.of("m1"), "run").response()))
        .containsExactly(BREAK);
    assertThat(bot.payloads).hasSize(1);
  }

  @Test
  void a_started_row_is_written_before_the_integration_runs() {
    bot.answers(
        "RUN",
        _ -> {
          assertThat(bot.log.all().getLast().state()).isEqualTo(InvocationRecord.State.STARTED);
          return TalkingBot.succeeds(reply(""));
        });
    assertThat(bot.say("run")).contains("ok");
    assertThat(bot.log.all().getLast().state()).isEqualTo(InvocationRecord.State.SUCCEEDED);
  }

  @Test
  void messages_of_one_user_wait_for_each_other_and_different_users_do_not() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    bot.answers(
        "RUN",
        _ -> {
          running.countDown();
          await(release);
          return TalkingBot.succeeds(reply(""));
        });
    bot.replies("END", reply(""));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ConversationStore.Key one = bot.as("one").key();
      ConversationStore.Key two = bot.as("two").key();
      var first = threads.submit(() -> bot.turns.handle(message(one, "run")));
      assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
      var waiting = threads.submit(() -> bot.turns.handle(message(one, "end")));
      assertThat(TalkingBot.texts(bot.turns.handle(message(two, "end")).response()))
          .containsExactly("ok");
      assertThat(waiting.isDone()).isFalse();
      release.countDown();
      first.get(30, TimeUnit.SECONDS);
      waiting.get(30, TimeUnit.SECONDS);
    }
    assertThat(bot.conversations.turns)
        .extracting(t -> t.key().authId())
        .containsExactly("two", "one", "one");
  }

  private static ChatMessage message(ConversationStore.Key key, String text) {
    return new ChatMessage(
        key,
        Optional.empty(),
        ChatMessage.UserFields.NONE,
        Optional.of(text),
        Optional.empty(),
        List.of());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_tapped_button_sends_its_gogo_message_where_there_is_no_text() {
    bot.replies("RUN", reply(""));
    var answer =
        bot.turns.handle(
            new ChatMessage(
                bot.key(),
                Optional.empty(),
                ChatMessage.UserFields.NONE,
                Optional.empty(),
                Optional.of(Json.object().put("message", "Run it").put("gogo_message", "run")),
                List.of()));
    assertThat(TalkingBot.texts(answer.response())).contains("ok");
  }

  @Test
  void restart_and_patch_work_from_outside() {
    bot.replies("RUN", reply(", \"conversation_details\": {\"a\": 1}"));
    bot.say("run");
    bot.outside()
        .patch(
            bot.key(),
            Optional.of(Json.object().put("b", 2)),
            Optional.of(Json.object().put("u", 1)));
    bot.say("run");
    assertThat(bot.payloads.getLast().get("conversation_details"))
        .as("D3")
        .isEqualTo(Json.parse("{\"b\":2}"));
    assertThat(bot.payloads.getLast().get("user_details")).isEqualTo(Json.parse("{\"u\":1}"));
    assertThatThrownBy(() ->
            bot.outside()
                .patch(
                    bot.key(),
                    Optional.of(Json.object().put("b", "x".repeat(2500))),
                    Optional.empty()))
        .as("K5")
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.INVALID_CONTENT));
    bot.outside().restart(bot.key());
    assertThat(bot.send("run").get("conversation_no").asInt()).isEqualTo(2);
    assertThat(bot.payloads.getLast().get("conversation_details")).isEmpty();
    assertThat(bot.outside().read(bot.key()).get("transcript")).hasSize(3 * 4);
  }

  @Test
  void an_unknown_bot_and_an_undeployed_one_are_refused() {
    assertThatThrownBy(
            () -> bot.outside().read(new ConversationStore.Key("no", Environment.STAGING, "u")))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.UNKNOWN_BOT));
    bot.authoring.put(
        "idle",
        Json.parse("{\"bot\":\"idle\",\"name\":\"Idle\",\"language\":\"en\",\"nodes\":{}}"),
        Optional.empty());
    assertThatThrownBy(() ->
            bot.turns.handle(
                message(new ConversationStore.Key("idle", Environment.STAGING, "u"), "hi")))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.NOT_DEPLOYED));
  }
}
