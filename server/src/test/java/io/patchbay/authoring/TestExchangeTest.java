package io.patchbay.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.bot.Environment;
import io.patchbay.integration.Exchange;
import io.patchbay.integration.InvocationJson;
import io.patchbay.testing.TalkingBot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a test of an API integration shows of both sides. */
class TestExchangeTest {
  private static final String YAML =
      """
      bot: acme
      name: Acme
      variables: {KEY: {secret: true}}
      base_url: {staging: "https://s.example", production: "https://p.example"}
      nodes:
        CALL:
          start: true
          user_says: ["call"]
          integration: {type: api, path: /answer}
        RUN:
          start: true
          user_says: ["run"]
          integration: {type: code}
      """;

  private final TalkingBot bot = new TalkingBot(YAML);

  private static Exchange exchange(String text, Optional<Exchange.Response> response) {
    return new Exchange(
        new Exchange.Request(
            "POST",
            "https://s.example/answer?" + text,
            List.of(
                new Exchange.Header("Authorization", text),
                new Exchange.Header("X-Hub-Signature", "sha1=" + text)),
            "{\"a\":\"" + text + "\"}"),
        response);
  }

  @Test
  void both_sides_are_shown_masked_and_nothing_of_them_is_kept() {
    bot.authoring.putVariable(
        "acme", "KEY", Map.of(Environment.STAGING, "hush-hush"), Optional.empty());
    bot.replies("CALL", "{\"response\": []}");
    bot.exchanges.put(
        "CALL",
        exchange(
            "hush-hush",
            Optional.of(
                new Exchange.Response(
                    200,
                    List.of(new Exchange.Header("X-hush-hush", "aHVzaC1odXNo")),
                    "unkept hush-hush aHVzaC1od",
                    true))));

    ObjectNode answer = bot.authoring.test("acme", "CALL", Optional.empty());
    assertThat(answer.get("exchange"))
        .isEqualTo(
            Json.parse(
                """
                {"request":{"method":"POST","url":"https://s.example/answer?***",
                "headers":[{"name":"Authorization","value":"***"},
                {"name":"X-Hub-Signature","value":"sha1=hush-hush"}],"body":"{\\"a\\":\\"***\\"}"},
                "response":{"status":200,"headers":[{"name":"X-***","value":"***"}],
                "body":"unkept *** ***","cut":true}}\
                """));
    String id = answer.get("invocation_id").asString();
    assertThat(InvocationJson.whole(bot.log.find(id).orElseThrow()).toString())
        .doesNotContain("unkept")
        .doesNotContain("exchange");
  }

  @Test
  void without_an_answer_the_response_is_left_out() {
    bot.exchanges.put("CALL", exchange("x", Optional.empty()));

    ObjectNode answer = bot.authoring.test("acme", "CALL", Optional.empty());
    assertThat(answer.get("outcome").asString()).isEqualTo("failed");
    assertThat(answer.at("/exchange/request/url").asString())
        .isEqualTo("https://s.example/answer?x");
    assertThat(answer.get("exchange").has("response")).isFalse();
  }

  @Test
  void code_has_no_exchange() {
    bot.replies("RUN", "{\"response\": []}");

    assertThat(bot.authoring.test("acme", "RUN", Optional.empty()).has("exchange")).isFalse();
  }

  @Test
  void a_message_of_a_chat_does_not_ask_for_it() {
    bot.replies("CALL", "{\"response\": [\"Hello\"]}");
    bot.exchanges.put("CALL", exchange("x", Optional.empty()));

    assertThat(bot.say("call")).contains("Hello");
    assertThat(bot.asked).isEmpty();
    bot.authoring.test("acme", "CALL", Optional.empty());
    assertThat(bot.asked).containsExactly("CALL");
  }
}
