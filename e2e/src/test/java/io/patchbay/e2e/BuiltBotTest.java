package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A bot put by the API with code and API nodes behaves as its definition says. */
class BuiltBotTest {
  private static final String BOT = "/api/v1/bots/built";
  private static final String BREAK = "Something went wrong on our side. Please try again.";

  @TempDir static Path data;

  private static Program program;
  private static HttpServer api;
  private static ServerSocket silent;
  private static final AtomicInteger SILENT_CONNECTIONS = new AtomicInteger();
  private static final List<String> BODIES = new CopyOnWriteArrayList<>();
  private static final List<String> SIGNATURES = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    program = Program.start(data);
    api = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    api.createContext(
        "/hook",
        exchange -> {
          BODIES.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          SIGNATURES.add(exchange.getRequestHeaders().getFirst("X-Hub-Signature"));
          byte[] reply =
              "{\"status\":true,\"response\":[\"hooked\"],\"conversation_details\":{\"n\":1}}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, reply.length);
          exchange.getResponseBody().write(reply);
          exchange.close();
        });
    api.start();
    silent = new ServerSocket(0);
    Thread.ofPlatform().daemon().name("silent").start(BuiltBotTest::count);
    build();
  }

  private static void count() {
    try {
      while (true) {
        silent.accept().close();
        SILENT_CONNECTIONS.incrementAndGet();
      }
    } catch (IOException e) {
      // Closed at the end of the tests.
    }
  }

  private static void build() {
    int denied = silent.getLocalPort();
    String definition =
        """
        bot: built
        name: Built
        language: en
        base_url: {staging: "http://127.0.0.1:%1$d", production: "http://127.0.0.1:%1$d"}
        egress: {allow: ["127.0.0.1:%1$d"]}
        limits: {code_timeout: 5s}
        variables: {SIGN: {secret: true}, PLAIN: {}}
        entities:
          order_id: {type: regex, pattern: '[a-z]{3}\\d{3}', reprompt: "Like abc123."}
        nodes:
          TRACK:
            start: true
            user_says: ["track"]
            entities: [{entity: order_id, required: true, ask: "Which order?"}]
            integration: {type: code, timeout: 30s}
            connections:
              - {to: LATE, when: {all: [{variable: days, greater_than: 2}]}}
              - {to: FINE}
          LATE: {bot_says: ["[[id]] is late by [[days]] days."]}
          FINE: {bot_says: ["[[id]] is fine."], end: true}
          HOOK:
            start: true
            user_says: ["hook"]
            integration: {type: api, path: /hook, secret: SIGN}
          COUNT: {start: true, user_says: ["count"], integration: {type: code, timeout: 30s}}
          LOOP: {start: true, user_says: ["loop"], integration: {type: code}}
          RAISE: {start: true, user_says: ["raise"], integration: {type: code, timeout: 30s}}
          REACH: {start: true, user_says: ["reach"], integration: {type: code, timeout: 30s}}
          LEAK: {start: true, user_says: ["leak"], integration: {type: code, timeout: 30s}}
          DENIED_PLAIN: {start: true, user_says: ["denied plain"], integration: {type: api, url: "http://127.0.0.1:%2$d/x"}}
          DENIED_NAME: {start: true, user_says: ["denied name"], integration: {type: api, url: "http://localhost:%2$d/x"}}
          DENIED_MAPPED: {start: true, user_says: ["denied mapped"], integration: {type: api, url: "http://[::ffff:127.0.0.1]:%2$d/x"}}
          DENIED_DECIMAL: {start: true, user_says: ["denied decimal"], integration: {type: api, url: "http://2130706433:%2$d/x"}}
          DENIED_TLS: {start: true, user_says: ["denied tls"], integration: {type: api, url: "https://127.0.0.1:%2$d/x"}}
        """
            .formatted(api.getAddress().getPort(), denied);
    expect(200, program.put(BOT, definition, "application/yaml"));
    code(
        "TRACK",
        """
        import json

        def main(event, context):
            body = json.loads(event["body"])
            order = body["entities"]["order_id"][0]["entity_value"]["value"]
            days = 3 if order.startswith("l") else 0
            return {"statusCode": 200, "body": json.dumps({"status": True, "id": order, "days": days})}
        """);
    code(
        "COUNT",
        """
        import json, os
        calls = 0

        def main(event, context):
            global calls
            calls += 1
            files = os.listdir("/tmp")
            open("/tmp/left", "w").write("x")
            details = json.loads(event["body"])["conversation_details"]
            details["turns"] = details.get("turns", 0) + 1
            print("calls", calls)
            return {"statusCode": 200, "body": json.dumps({"status": True, "response":
                [f"{calls} {len(files)} {details['turns']}"], "conversation_details": details})}
        """);
    code("LOOP", "def main(event, context):\n    print('before')\n    while True:\n        pass\n");
    code("RAISE", "def main(event, context):\n    x = 1\n    return {}['missing']\n");
    code(
        "LEAK",
        """
        import json

        def main(event, context):
            sign = json.loads(event["body"])["env_variables"]["SIGN"]
            print("signed by", sign)
            return {"statusCode": 200, "body": json.dumps({"status": True, "key": sign, "response": ["leaked"]})}
        """);
    code(
        "REACH",
        """
        import json, socket

        def main(event, context):
            try:
                socket.create_connection(("127.0.0.1", %d), 20)
                said = "connected"
            except OSError as e:
                said = type(e).__name__
            return {"statusCode": 200, "body": json.dumps({"status": True, "response": [said]})}
        """
            .formatted(denied));
    expect(
        200,
        program.put(
            BOT + "/variables/SIGN",
            "{\"staging\": \"test-secret\", \"production\": \"prod-secret\"}",
            "application/json"));
    JsonNode trained = expect(200, program.post(BOT + "/train", "")).json();
    assertThat(trained.get("problems")).isEmpty();
    String version = trained.get("version").asString();
    for (String environment : List.of("staging", "production")) {
      expect(
          201,
          program.post(
              BOT + "/deployments",
              "{\"version\": \"%s\", \"environment\": \"%s\"}".formatted(version, environment)));
    }
  }

  private static void code(String node, String source) {
    JsonNode saved =
        expect(200, program.put(BOT + "/code/" + node, source, "text/x-python")).json();
    assertThat(saved.get("problems")).isEmpty();
  }

  private static Program.Answer expect(int status, Program.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isIn(status, 200, 201);
    return answer;
  }

  @AfterAll
  static void end() throws IOException {
    program.close();
    api.stop(0);
    silent.close();
  }

  @Test
  void a_required_entity_is_asked_reprompted_and_rules_choose_the_reply() {
    assertThat(say("a", "track")).containsExactly("Which order?");
    assertThat(say("a", "dunno")).containsExactly("Like abc123.");
    assertThat(say("a", "lmn123")).containsExactly("lmn123 is late by 3 days.");
    assertThat(say("b", "track abc123")).containsExactly("abc123 is fine.");
  }

  @Test
  void details_are_kept_while_globals_and_tmp_are_fresh_at_every_call() {
    assertThat(say("c", "count")).containsExactly("1 0 1");
    assertThat(say("c", "count")).containsExactly("1 0 2");
    assertThat(say("c", "count")).containsExactly("1 0 3");
  }

  @Test
  void an_exception_ends_in_the_bot_break_with_line_and_traceback() {
    JsonNode turn = program.say("built", "production", "d", "raise");
    assertThat(Program.texts(turn)).containsExactly(BREAK);
    JsonNode error = invocation(turn).get("error");
    assertThat(error.get("reason").asString()).isEqualTo("exception");
    assertThat(error.get("line").asInt()).isEqualTo(3);
    assertThat(error.get("traceback").asString())
        .contains("KeyError: 'missing'", "return {}['missing']");
  }

  @Test
  void an_endless_loop_ends_in_the_bot_break_at_the_deadline_with_its_logs() {
    JsonNode turn = program.say("built", "production", "e", "loop");
    assertThat(Program.texts(turn)).containsExactly(BREAK);
    JsonNode invocation = invocation(turn);
    assertThat(invocation.at("/error/reason").asString()).isEqualTo("timeout");
    // The bot's limit; the wall clock may be slewed, a machine may pause. Without it, 20 s hold.
    assertThat(invocation.get("duration_ms").asDouble()).isBetween(4_990.0, 15_000.0);
    assertThat(invocation.get("logs").toString()).contains("before");
    assertThat(say("e", "track abc123")).as("the next message works").hasSize(1);
  }

  @Test
  void the_api_gets_a_signed_payload_without_secrets() throws Exception {
    JsonNode turn = program.say("built", "staging", "f", "hook");
    assertThat(Program.texts(turn)).containsExactly("hooked");
    String body = BODIES.getLast();
    assertThat(SIGNATURES.getLast()).isEqualTo("sha1=" + hmac("test-secret", body));
    assertThat(body).doesNotContain("test-secret").contains("\"node\":\"HOOK\"");
    assertThat(invocation(turn).toString()).doesNotContain("test-secret");
    assertThat(program.get(BOT + "/variables").text()).doesNotContain("test-secret");
  }

  @Test
  void a_search_finds_what_is_kept_but_no_secret() {
    assertThat(say("s", "leak")).hasSize(1);
    assertThat(search("Signed%20by%20***")).isEqualTo(1);
    assertThat(search("%22key%22%3A%22***%22")).isEqualTo(1);
    assertThat(search("prod-secret")).isZero();
    assertThat(search("test-secret")).isZero();
  }

  private static int search(String text) {
    return program.get(BOT + "/invocations?text=" + text).json().get("invocations").size();
  }

  private static String hmac(String key, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void an_address_outside_the_allow_list_is_never_connected() {
    for (String form : List.of("plain", "name", "mapped", "decimal", "tls")) {
      JsonNode turn = program.say("built", "production", "g-" + form, "denied " + form);
      assertThat(Program.texts(turn)).as(form).containsExactly(BREAK);
      assertThat(invocation(turn).at("/error/reason").asString())
          .as(form)
          .isIn("egress_denied", "insecure_url");
    }
    JsonNode reach = program.say("built", "production", "h", "reach");
    assertThat(Program.texts(reach)).containsExactly("PermissionError");
    JsonNode attempt = invocation(reach).at("/egress/0");
    assertThat(attempt.get("verdict").asString()).as("the refusal is visible").isEqualTo("denied");
    assertThat(attempt.get("port").asInt()).isEqualTo(silent.getLocalPort());
    assertThat(SILENT_CONNECTIONS).hasValue(0);
  }

  @Test
  void a_test_invocation_runs_the_draft_and_stores_nothing_but_itself() {
    JsonNode tested =
        program
            .post(
                BOT + "/integrations/COUNT/test",
                "{\"input\": {\"conversation_details\": {\"turns\": 41}}}")
            .json();
    assertThat(tested.get("outcome").asString()).isEqualTo("succeeded");
    assertThat(tested.at("/response/0/text").asString()).isEqualTo("1 0 42");
    assertThat(tested.at("/logs/0/message").asString()).isEqualTo("calls 1");
    JsonNode row =
        program.get("/api/v1/invocations/" + tested.get("invocation_id").asString()).json();
    assertThat(row.get("origin").asString()).isEqualTo("TEST");
  }

  @Test
  void what_a_later_issue_brings_is_refused_with_its_place() {
    Program.Answer answer =
        program.put(
            "/api/v1/bots/later",
            """
            bot: later
            variables: {K: {secret: sealed}}
            entities: {when: {type: date}}
            nodes:
              A:
                start: true
                user_says: ["a"]
                integration: {type: api, url: "https://x.example/", auth: {type: bearer, token: K}, retry: {attempts: 2, on: [connect], safe: true}}
            """,
            "application/yaml");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().get("problems").valueStream().map(p -> p.get("pointer").asString()))
        .contains(
            "variables.K.secret",
            "entities.when.type",
            "nodes.A.integration.auth",
            "nodes.A.integration.retry");
    assertThat(answer.text()).contains("not supported yet");
  }

  private static List<String> say(String user, String text) {
    return Program.texts(program.say("built", "production", user, text));
  }

  private static JsonNode invocation(JsonNode turn) {
    return program.get("/api/v1/invocations/" + turn.at("/log/invocations/0").asString()).json();
  }
}
