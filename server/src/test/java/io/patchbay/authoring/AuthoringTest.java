package io.patchbay.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import io.patchbay.base.Refusal;
import io.patchbay.base.Secret;
import io.patchbay.bot.Environment;
import io.patchbay.bot.definition.BotYaml;
import io.patchbay.testing.TalkingBot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AuthoringTest {
  private static final String YAML =
      """
      bot: acme
      name: Acme
      variables: {OPEN: {}, KEY: {secret: true}}
      entities: {size: {type: dictionary, values: {large: [big]}}}
      nodes:
        RUN:
          start: true
          user_says: ["run"]
          integration: {type: code}
        RULED:
          start: true
          user_says: ["rule"]
          integration: {type: code}
          connections: [{to: SAID, when: {any: [{variable: x, equals: 1}]}}]
        SAID: {bot_says: ["x is [[x]]"]}
      """;

  private final TalkingBot bot = new TalkingBot(YAML);
  private final Authoring authoring = bot.authoring;

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void what_is_put_comes_back_with_code_and_samples_and_can_be_put_again() {
    authoring.putCode("acme", "RUN", utf8("x = 'ü'\n"), Optional.empty());
    authoring.putSample(
        "acme", "RUN", "default", Json.parse("{\"entities\": {}}"), Optional.empty());
    Authoring.Definition now = authoring.definition("acme");
    assertThat(now.document().at("/code/RUN").asString()).isEqualTo("x = 'ü'\n");
    assertThat(now.document().at("/samples/RUN/default/entities").isObject()).isTrue();
    Authoring.Definition again = authoring.put("acme", now.document(), Optional.of(now.revision()));
    assertThat(again.document()).isEqualTo(now.document());
  }

  @Test
  void a_copy_has_the_code_the_samples_and_the_values_and_its_secrets_stay_secret() {
    authoring.putCode("acme", "RUN", utf8("x = 1"), Optional.empty());
    authoring.putSample("acme", "RUN", "late", Json.object(), Optional.empty());
    authoring.putVariable("acme", "OPEN", Map.of(Environment.STAGING, "o"), Optional.empty());
    authoring.putVariable("acme", "KEY", Map.of(Environment.PRODUCTION, "k"), Optional.empty());
    Authoring.Definition made = authoring.copy("acme", "twin", Optional.of("Twin"));
    assertThat(made.document().path("name").asString()).isEqualTo("Twin");
    assertThat(authoring.code("twin", "RUN")).isEqualTo("x = 1");
    assertThat(authoring.sample("twin", "RUN", "late").isObject()).isTrue();
    Authoring.VariableView key =
        authoring.variables("twin").stream().filter(v -> v.name().equals("KEY")).findFirst().get();
    assertThat(key.secret()).isTrue();
    assertThat(key.values()).isEmpty();
    assertThat(key.set()).containsEntry(Environment.PRODUCTION, true);
    authoring.putCode("twin", "RUN", utf8("x = 2"), Optional.empty());
    assertThat(authoring.code("acme", "RUN")).as("the other is not touched").isEqualTo("x = 1");
    refused(ErrorCode.INVALID_CONTENT, () -> authoring.copy("acme", "twin", Optional.empty()));
    refused(ErrorCode.UNKNOWN_BOT, () -> authoring.copy("none", "new", Optional.empty()));
  }

  @Test
  void a_sample_under_an_old_revision_is_refused_and_overwrites_nothing() {
    String old = authoring.definition("acme").revision();
    String now = authoring.putSample("acme", "RUN", "late", Json.object(), Optional.of(old));
    assertThat(now).isEqualTo(authoring.definition("acme").revision()).isNotEqualTo(old);
    refused(
        ErrorCode.STALE,
        () ->
            authoring.putSample("acme", "RUN", "late", Json.parse("{\"a\": 1}"), Optional.of(old)));
    assertThat(authoring.sample("acme", "RUN", "late")).isEqualTo(Json.object());
  }

  @Test
  void a_removed_sample_is_gone_and_the_others_stay() {
    authoring.putSample("acme", "RUN", "default", Json.object(), Optional.empty());
    authoring.putSample("acme", "RUN", "late", Json.object(), Optional.empty());
    authoring.deleteSample("acme", "RUN", "late");
    refused(ErrorCode.UNKNOWN_SAMPLE, () -> authoring.deleteSample("acme", "RUN", "late"));
    refused(ErrorCode.UNKNOWN_NODE, () -> authoring.deleteSample("acme", "NONE", "late"));
    assertThat(authoring.sample("acme", "RUN", "default").isObject()).isTrue();
  }

  @Test
  void a_put_keeps_the_code_that_it_does_not_carry_and_hides_that_of_a_node_that_is_gone() {
    authoring.putCode("acme", "RUN", utf8("kept = 1"), Optional.empty());
    authoring.put("acme", BotYaml.read(YAML), Optional.empty());
    assertThat(authoring.code("acme", "RUN")).isEqualTo("kept = 1");
    authoring.put("acme", BotYaml.read("{bot: acme, nodes: {}}"), Optional.empty());
    assertThat(authoring.definition("acme").document().has("code")).isFalse();
    authoring.put("acme", BotYaml.read(YAML), Optional.empty());
    assertThat(authoring.code("acme", "RUN")).as("the node came back").isEqualTo("kept = 1");
  }

  @Test
  void a_patch_sets_what_it_names_removes_what_it_names_as_null_and_leaves_the_rest() {
    authoring.putCode("acme", "RUN", utf8("x = 1"), Optional.empty());
    String old = authoring.definition("acme").revision();
    Authoring.Definition now =
        authoring.patch(
            "acme",
            Json.parse(
                """
                {"name": null, "nodes": {"SAID": {"position": {"x": 4, "y": -5}, "end": true},
                "RULED": {"user_says": ["one", "two"]}}, "code": {"RULED": "y = 2"}}\
                """),
            Optional.of(old));
    assertThat(now.document().has("name")).isFalse();
    assertThat(now.document().at("/nodes/SAID").toString())
        .isEqualTo("{\"bot_says\":[\"x is [[x]]\"],\"position\":{\"x\":4,\"y\":-5},\"end\":true}");
    assertThat(now.document().at("/nodes/RULED/user_says")).hasSize(2);
    assertThat(authoring.code("acme", "RUN")).isEqualTo("x = 1");
    assertThat(authoring.code("acme", "RULED")).isEqualTo("y = 2");
    refused(
        ErrorCode.STALE,
        () -> authoring.patch("acme", Json.parse("{\"name\":\"b\"}"), Optional.of(old)));
    for (String wrong :
        List.of("[]", "1", "{\"bot\": \"other\"}", "{\"nodes\": {\"SAID\": null}}")) {
      refused(
          ErrorCode.INVALID_CONTENT,
          () -> authoring.patch("acme", Json.parse(wrong), Optional.empty()));
    }
    assertThat(authoring.definition("acme").revision()).isEqualTo(now.revision());
  }

  @Test
  void a_stale_revision_a_wrong_name_and_an_invalid_document_change_nothing() {
    Authoring.Definition before = authoring.definition("acme");
    refused(
        ErrorCode.STALE,
        () -> authoring.put("acme", BotYaml.read("{bot: acme}"), Optional.of("stale")));
    refused(
        ErrorCode.INVALID_CONTENT,
        () -> authoring.put("acme", BotYaml.read("{bot: other}"), Optional.empty()));
    refused(
        ErrorCode.INVALID_CONTENT, () -> authoring.put("acme", Json.parse("[]"), Optional.empty()));
    refused(
        ErrorCode.STALE,
        () -> authoring.put("fresh", BotYaml.read("{bot: fresh}"), Optional.of("any")));
    assertThat(authoring.definition("acme")).isEqualTo(before);
  }

  @Test
  void code_that_is_not_text_or_has_no_place_is_refused() {
    refused(
        ErrorCode.INVALID_CONTENT,
        () -> authoring.putCode("acme", "RUN", new byte[] {(byte) 0xff}, Optional.empty()));
    refused(
        ErrorCode.INVALID_CONTENT,
        () -> authoring.putCode("acme", "RUN", utf8("a\0b"), Optional.empty()));
    refused(
        ErrorCode.TOO_LARGE,
        () ->
            authoring.putCode(
                "acme", "RUN", utf8("#".repeat(SourceText.MAX_CHARACTERS + 1)), Optional.empty()));
    refused(
        ErrorCode.UNKNOWN_NODE,
        () -> authoring.putCode("acme", "NOPE", utf8("x"), Optional.empty()));
    refused(
        ErrorCode.INVALID_CONTENT,
        () -> authoring.putCode("acme", "SAID", utf8("x"), Optional.empty()));
    refused(
        ErrorCode.UNKNOWN_BOT, () -> authoring.putCode("no", "RUN", utf8("x"), Optional.empty()));
  }

  @Test
  void a_secret_is_written_and_never_read_back_whatever_a_later_write_says() {
    var shown =
        authoring.putVariable(
            "acme", "NEW", Map.of(Environment.STAGING, "hush-hush"), Optional.of(true));
    assertThat(shown.secret()).isTrue();
    assertThat(shown.values()).isEmpty();
    assertThat(shown.set())
        .isEqualTo(Map.of(Environment.STAGING, true, Environment.PRODUCTION, false));
    shown =
        authoring.putVariable(
            "acme", "NEW", Map.of(Environment.PRODUCTION, "other"), Optional.of(false));
    assertThat(shown.secret()).isTrue();
    assertThat(shown.values()).isEmpty();
    assertThat(authoring.variables("acme"))
        .extracting(Authoring.VariableView::name)
        .containsExactly("KEY", "NEW", "OPEN");
  }

  @Test
  void a_variable_once_declared_a_secret_stays_one_when_the_declaration_is_gone() {
    authoring.putVariable(
        "acme", "KEY", Map.of(Environment.STAGING, "hush-hush"), Optional.empty());
    authoring.put(
        "acme", BotYaml.read(YAML.replace("KEY: {secret: true}", "KEY: {}")), Optional.empty());
    assertThat(authoring.variables("acme"))
        .filteredOn(v -> v.name().equals("KEY"))
        .singleElement()
        .satisfies(v -> assertThat(v.secret()).isTrue())
        .satisfies(v -> assertThat(v.values()).isEmpty());
    authoring.putVariable("acme", "OPEN", Map.of(Environment.STAGING, "late"), Optional.empty());
    authoring.put(
        "acme", BotYaml.read(YAML.replace("OPEN: {}", "OPEN: {secret: true}")), Optional.empty());
    authoring.put("acme", BotYaml.read(YAML), Optional.empty());
    assertThat(authoring.variables("acme").toString()).doesNotContain("late");
  }

  @Test
  void a_variable_of_a_bad_name_or_size_is_refused_and_an_unknown_one_cannot_be_deleted() {
    refused(
        ErrorCode.INVALID_CONTENT,
        () -> authoring.putVariable("acme", "1 x", Map.of(), Optional.empty()));
    refused(
        ErrorCode.INVALID_CONTENT,
        () ->
            authoring.putVariable(
                "acme",
                "OPEN",
                Map.of(Environment.STAGING, "x".repeat(VariableDesk.MAX_VALUE + 1)),
                Optional.empty()));
    refused(ErrorCode.UNKNOWN_VARIABLE, () -> authoring.deleteVariable("acme", "OPEN"));
  }

  @Test
  void the_values_of_one_environment_have_a_size_together() {
    String value = "x".repeat(VariableDesk.MAX_VALUE);
    int most = VariableDesk.MAX_VALUES / VariableDesk.MAX_VALUE;
    for (int i = 0; i < most; i++) {
      put("A" + i, Environment.STAGING, value);
    }
    refused(ErrorCode.INVALID_CONTENT, () -> put("B", Environment.STAGING, "x"));
    put("B", Environment.PRODUCTION, value);
    put("A1", Environment.STAGING, value.substring(1));
    put("B", Environment.STAGING, "x");
    ObjectNode values = Json.object();
    for (int i = 0; i <= most; i++) {
      values.put("A" + i, value);
    }
    assertThat(TestInvocation.problems(Json.object().set("env_variables", values)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.pointer()).isEqualTo("input.env_variables"));
  }

  @Test
  void what_a_mask_has_many_spellings_of_counts_more_in_a_secret() {
    String wide = "\u00e9".repeat(VariableDesk.MAX_VALUE);
    for (int i = 0; i < 4; i++) {
      authoring.putVariable("acme", "S" + i, Map.of(Environment.STAGING, wide), Optional.of(true));
    }
    refused(
        ErrorCode.INVALID_CONTENT,
        () ->
            authoring.putVariable(
                "acme", "S4", Map.of(Environment.STAGING, "x"), Optional.of(true)));
    refused(ErrorCode.INVALID_CONTENT, () -> put("OPEN", Environment.STAGING, "x"));
    put("OPEN", Environment.PRODUCTION, wide);
  }

  @Test
  void a_value_of_a_sample_input_that_is_no_text_is_a_problem_with_its_place() {
    assertThat(
            TestInvocation.problems(
                Json.parse("{\"env_variables\": {\"A\": [], \"B\": {}, \"C\": 1, \"D\": null}}")))
        .extracting(Problem::pointer)
        .containsExactly("input.env_variables.A", "input.env_variables.B");
    assertThat(TestInvocation.problems(Json.parse("{\"env_variables\": 1}"))).hasSize(1);
  }

  @Test
  void values_of_an_older_release_may_be_too_many_and_can_be_made_shorter() {
    bot.bots.putVariable(
        "acme",
        "OLD",
        Map.of(Environment.STAGING, new Secret("x".repeat(VariableDesk.MAX_VALUES + 10))),
        false);
    put("OLD", Environment.STAGING, "x".repeat(VariableDesk.MAX_VALUE));
    put("NEW", Environment.STAGING, "x");
  }

  private void put(String name, Environment environment, String value) {
    authoring.putVariable("acme", name, Map.of(environment, value), Optional.empty());
  }

  @Test
  void training_twice_makes_one_version_and_a_change_makes_another() {
    String first = authoring.train("acme").version().orElseThrow();
    assertThat(authoring.train("acme").version()).contains(first);
    authoring.putCode("acme", "RUN", utf8("x = 2"), Optional.empty());
    assertThat(authoring.train("acme").version().orElseThrow()).isNotEqualTo(first);
  }

  @Test
  void missing_code_prevents_a_version_and_a_failing_sample_or_unset_variable_is_a_warning() {
    authoring.put("bare", BotYaml.read(YAML.replace("bot: acme", "bot: bare")), Optional.empty());
    Authoring.Trained trained = authoring.train("bare");
    assertThat(trained.version()).isEmpty();
    assertThat(trained.problems())
        .extracting(Problem::pointer)
        .containsExactly("code.RUN", "code.RULED");
    authoring.putSample("acme", "RUN", "default", Json.object(), Optional.empty());
    trained = authoring.train("acme");
    assertThat(trained.version()).isPresent();
    assertThat(trained.warnings())
        .extracting(Problem::pointer)
        .contains("variables.KEY", "variables.OPEN", "samples.RUN.default");
  }

  @Test
  void a_sample_that_is_no_payload_is_a_warning_of_training() {
    bot.replies("RUN", "{}");
    authoring.putSample(
        "acme", "RUN", "odd", Json.parse("{\"user\": 7, \"entities\": []}"), Optional.empty());
    Authoring.Trained trained = authoring.train("acme");
    assertThat(trained.version()).isPresent();
    assertThat(trained.warnings())
        .contains(
            new Problem("samples.RUN.odd", "is no payload: input.user: must be a JSON object"));
  }

  @Test
  void a_memory_limit_that_never_fits_the_server_is_a_warning_of_training() {
    bot.replies("RUN", "{}");
    bot.mostMemory = 256L << 20;
    assertThat(authoring.train("acme").warnings())
        .extracting(Problem::pointer)
        .doesNotContain("limits.memory");
    bot.mostMemory--;
    assertThat(authoring.train("acme").warnings())
        .filteredOn(warning -> warning.pointer().equals("limits.memory"))
        .singleElement()
        .asString()
        .contains("256 MiB", "--calls-memory");
  }

  @Test
  void an_unknown_version_cannot_be_deployed() {
    refused(
        ErrorCode.UNKNOWN_VERSION,
        () -> authoring.deploy("acme", "nope", Environment.STAGING, "test"));
  }

  @Test
  void a_test_invocation_takes_defaults_and_staging_values_and_stores_only_itself() {
    bot.bots.putVariable("acme", "KEY", Map.of(Environment.STAGING, new Secret("hush-hush")), true);
    bot.bots.putVariable("acme", "OPEN", Map.of(Environment.STAGING, new Secret("o")), false);
    bot.replies(
        "RUN",
        "{\"status\": true, \"response\": [\"hush-hush\"], \"conversation_details\": {\"a\": 1}}");
    ObjectNode answer =
        authoring.test(
            "acme",
            "RUN",
            Optional.of(
                Json.parse(
                    "{\"user_data\": {\"full_name\": \"Ada\"}, \"entities\": {\"extra\": []}}")));
    ObjectNode payload = bot.payloads.getLast();
    assertThat(payload.at("/user/full_name").asString()).as("K6").isEqualTo("Ada");
    assertThat(payload.at("/user/device_platform").asInt()).isEqualTo(13);
    assertThat(payload.get("entities")).isEqualTo(Json.parse("{\"size\": [], \"extra\": []}"));
    assertThat(payload.at("/env_variables/KEY").asString()).isEqualTo("hush-hush");
    assertThat(answer.get("outcome").asString()).isEqualTo("succeeded");
    assertThat(answer.at("/response/0/text").asString()).as("K30").isEqualTo("***");
    assertThat(answer.get("conversation_details")).as("K27").isEqualTo(Json.parse("{\"a\":1}"));
    assertThat(answer.toString()).doesNotContain("hush-hush");
    assertThat(bot.conversations.turns).isEmpty();
    assertThat(bot.log.all()).hasSize(1);
  }

  @Test
  void a_test_of_a_ruled_node_shows_what_the_chosen_node_says() {
    bot.replies("RULED", "{\"x\": 1}");
    ObjectNode answer = authoring.test("acme", "RULED", Optional.empty());
    assertThat(answer.at("/response/0/text").asString()).isEqualTo("x is 1");
    assertThat(answer.get("next_node").asString()).isEqualTo("SAID");
    bot.replies("RULED", "{\"x\": 2}");
    answer = authoring.test("acme", "RULED", Optional.empty());
    assertThat(answer.at("/error/reason").asString()).isEqualTo("no_rule_matched");
    assertThat(answer.get("output")).isEqualTo(Json.parse("{\"x\": 2}"));
  }

  @Test
  void an_input_that_is_no_object_and_a_node_without_integration_are_refused() {
    for (JsonNode input : List.of(Json.parse("[]"), Json.parse("\"x\""), Json.parse("1"))) {
      refused(ErrorCode.INVALID_CONTENT, () -> authoring.test("acme", "RUN", Optional.of(input)));
    }
    refused(
        ErrorCode.INVALID_CONTENT,
        () ->
            authoring.test(
                "acme", "RUN", Optional.of(Json.parse("{\"entities\": 5, \"user\": []}"))));
    refused(ErrorCode.INVALID_CONTENT, () -> authoring.test("acme", "SAID", Optional.empty()));
    refused(ErrorCode.UNKNOWN_NODE, () -> authoring.test("acme", "NOPE", Optional.empty()));
  }
}
