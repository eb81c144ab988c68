package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.server.WholeServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Bad input to the whole server: each gets an error that says what is wrong, in time, changes
 * nothing, and the next message is answered.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final String BOTS = "/api/v1/bots/";
  private static final String MESSAGES = BOTS + "shop/messages";
  private static final String CODE = "def main(event, context):\n    return None\n";

  private static final String BOT =
      """
      bot: shop
      nodes:
        HELLO: {start: true, user_says: [hello], bot_says: [Hi]}
        RUN: {start: true, user_says: [run], integration: {type: code}}
      """;

  private WholeServer server;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    server = WholeServer.start(data);
    server.put("shop", BOT);
    server.code("shop", "RUN", CODE);
    server.deploy("shop");
    server.put("draft", "bot: draft\nnodes: {A: {start: true, user_says: [a], bot_says: [b]}}\n");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void the_next_message_is_answered_and_nothing_was_changed() {
    assertThat(WholeServer.texts(server.say("shop", "hello"))).containsExactly("Hi");
    assertThat(server.send("GET", BOTS + "shop/code/RUN", "text/x-python", new byte[0]).body())
        .isEqualTo(CODE);
  }

  private static JsonNode refused(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    JsonNode problem = answer.json();
    assertThat(problem.path("code").asString()).isEqualTo(code);
    assertThat(problem.path("detail").asString()).isNotEmpty();
    return problem;
  }

  private static List<String> places(JsonNode problem) {
    return problem.path("problems").valueStream().map(p -> p.path("pointer").asString()).toList();
  }

  @Test
  void malformed_json() {
    for (String body : List.of("", "{", "{\"text\": \"hello\"", "hello", "{\"a\":1}}", "{'a':1}")) {
      refused(server.json("POST", MESSAGES, body), 400, "malformed_json");
    }
  }

  @Test
  void wrong_types_are_told_all_at_once() {
    Answer answer =
        server.json(
            "POST",
            MESSAGES,
            """
            {"user": {"auth_id": 7, "device_platform": "x", "custom_data": []},
             "text": ["hello"], "payload": "yes", "attachments": {}, "message_id": true}
            """);
    assertThat(places(refused(answer, 422, "invalid_content")))
        .containsExactlyInAnyOrder(
            "user.auth_id",
            "user.device_platform",
            "user.custom_data",
            "text",
            "payload",
            "attachments",
            "message_id");
    refused(server.json("POST", MESSAGES, "[]"), 422, "invalid_content");
    refused(server.json("POST", MESSAGES, "{\"text\": \"hello\"}"), 422, "invalid_content");
  }

  @Test
  void an_unknown_bot_node_environment_or_version() {
    String hello = "{\"user\": {\"auth_id\": \"a\"}, \"text\": \"hello\"}";
    refused(server.json("POST", BOTS + "nobody/messages", hello), 404, "unknown_bot");
    refused(server.json("POST", MESSAGES + "?environment=prod", hello), 400, "unknown_environment");
    refused(server.json("POST", BOTS + "shop/integrations/NO/test", "{}"), 404, "unknown_node");
    refused(
        server.send(
            "PUT", BOTS + "shop/code/NO", "text/x-python", CODE.getBytes(StandardCharsets.UTF_8)),
        404,
        "unknown_node");
    refused(
        server.json(
            "POST",
            BOTS + "shop/deployments",
            "{\"version\": \"v_none\", \"environment\": \"production\"}"),
        404,
        "unknown_version");
  }

  @Test
  void nothing_is_deployed() {
    String a = "{\"user\": {\"auth_id\": \"a\"}, \"text\": \"a\"}";
    refused(server.json("POST", BOTS + "draft/messages", a), 409, "not_deployed");
    refused(server.json("POST", MESSAGES + "?environment=staging", a), 409, "not_deployed");
  }

  @Test
  void a_message_of_ten_megabytes() {
    String text = "x".repeat(10_000_000);
    Answer answer =
        server.json("POST", MESSAGES, "{\"user\":{\"auth_id\":\"a\"},\"text\":\"" + text + "\"}");
    assertThat(refused(answer, 413, "too_large").path("detail").asString()).contains("1048576");
    String shorter = text.substring(0, 100_001);
    answer =
        server.json(
            "POST", MESSAGES, "{\"user\":{\"auth_id\":\"a\"},\"text\":\"" + shorter + "\"}");
    assertThat(places(refused(answer, 422, "invalid_content"))).containsExactly("text");
  }

  @Test
  void lone_surrogates_wherever_they_stand() {
    for (String body :
        List.of(
            "{\"user\":{\"auth_id\":\"a\"},\"text\":\"\\ud800\"}",
            "{\"user\":{\"auth_id\":\"a\\udc00\"},\"text\":\"x\"}",
            "{\"user\":{\"auth_id\":\"a\",\"custom_data\":{\"\\ud83d\":1}},\"text\":\"x\"}",
            "{\"user\":{\"auth_id\":\"a\"},\"payload\":{\"a\":[\"\\ud83d x\"]}}")) {
      refused(server.json("POST", MESSAGES, body), 422, "invalid_content");
    }
    byte[] raw = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
    refused(server.send("POST", MESSAGES, "application/json", raw), 400, "malformed_json");
    refused(
        server.json("PUT", BOTS + "shop", "{\"bot\": \"shop\", \"name\": \"\\ud800\"}"),
        422,
        "invalid_content");
    Answer answer = server.json("GET", BOTS + "shop/users/%ED%A0%80/conversation", "");
    refused(answer, 400, "invalid_request");
  }

  @Test
  void two_hundred_entities() {
    String entities =
        IntStream.range(0, 200)
            .mapToObj(i -> "  e%d: {type: regex, pattern: 'e%d-[a-z]+'}\n".formatted(i, i))
            .collect(Collectors.joining());
    server.put("many", "bot: many\nentities:\n" + entities + node(50));
    server.code(
        "many",
        "ALL",
        """
        import json

        def main(event, context):
            n = sum(1 for v in json.loads(event["body"])["entities"].values() if v)
            return {"statusCode": 200, "body": json.dumps({"response": [str(n)]})}
        """);
    server.deploy("many");
    String said =
        IntStream.range(0, 200).mapToObj(i -> " e" + i + "-x").collect(Collectors.joining());
    assertThat(WholeServer.texts(server.say("many", "all"))).containsExactly("Which?");
    assertThat(WholeServer.texts(server.say("many", said))).containsExactly("50");

    Answer answer =
        server.send(
            "PUT",
            BOTS + "many",
            "application/yaml",
            ("bot: many\nentities:\n" + entities + node(200)).getBytes(StandardCharsets.UTF_8));
    assertThat(places(refused(answer, 422, "invalid_content")))
        .containsExactly("nodes.ALL.entities");
    assertThat(server.get(BOTS + "many").at("/nodes/ALL/entities")).hasSize(50);
  }

  private static String node(int entities) {
    String uses =
        IntStream.range(0, entities)
            .mapToObj(i -> "{entity: e%d, required: %b, ask: 'Which?'}".formatted(i, i == 0))
            .collect(Collectors.joining(", "));
    return """
    nodes:
      ALL:
        start: true
        user_says: [all]
        entities: [%s]
        integration: {type: code}
    """
        .formatted(uses);
  }

  @Test
  void a_definition_with_ten_mistakes_is_refused_with_the_place_of_each() {
    String yaml =
        """
        bot: shop
        lable: Shop
        language: xx
        limits: {memory: 1TiB}
        entities:
          order_id: {type: regexp, pattern: 'x'}
          code: {type: regex, pattern: '(['}
        nodes:
          HELLO:
            start: yes
            entities: [{entity: order_di}]
            integration: {type: code, path: /x}
            connections:
              - {to: LATE, when: {all: [{variable: state, eqals: late}]}}
              - {to: LOST}
          LATE: {bot_says: [{text: "Late."}]}
        """;
    Answer answer =
        server.send(
            "PUT", BOTS + "shop", "application/yaml", yaml.getBytes(StandardCharsets.UTF_8));
    assertThat(places(refused(answer, 422, "invalid_content")))
        .containsExactlyInAnyOrder(
            "lable",
            "language",
            "limits.memory",
            "entities.order_id.type",
            "entities.code.pattern",
            "nodes.HELLO.start",
            "nodes.HELLO.entities[0].entity",
            "nodes.HELLO.integration.path",
            "nodes.HELLO.connections[0].when.all[0].eqals",
            "nodes.HELLO.connections[1].to",
            "nodes.LATE.bot_says[0]");
    assertThat(server.get(BOTS + "shop").path("nodes").size()).isEqualTo(2);
  }

  @Test
  void code_that_is_not_utf8() {
    byte[] latin = "# caf\u00e9\ndef main(e, c): pass\n".getBytes(StandardCharsets.ISO_8859_1);
    refused(
        server.send("PUT", BOTS + "shop/code/RUN", "text/x-python", latin), 422, "invalid_content");
    byte[] utf16 = CODE.getBytes(StandardCharsets.UTF_16);
    refused(
        server.send("PUT", BOTS + "shop/code/RUN", "text/x-python", utf16), 422, "invalid_content");
    byte[] big = new byte[9 * 1024 * 1024];
    refused(server.send("PUT", BOTS + "shop/code/RUN", "text/x-python", big), 413, "too_large");
  }
}
