package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.bot.Environment;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationLog;
import io.patchbay.integration.InvocationRecord;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drafts, code, samples, variables, releases and invocations over the wire. */
class BuilderApiTest {
  private static final String ACME = "/api/v1/bots/acme";

  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void bots_come_in_pages() {
    HttpResponse<String> first = server.get("/api/v1/bots");
    assertThat(TestServer.body(first))
        .isEqualTo(
            Json.parse(
                """
                {"bots":[{"bot":"acme","name":"Acme","updated_at":"2026-03-01T12:00:00.120Z",
                "live":{"production":"v_1"}}],"next_cursor":"c2"}\
                """));
    assertThat(server.rooms.told.getLast()).isEqualTo(List.of(Optional.empty(), 50));
    HttpResponse<String> second = server.get("/api/v1/bots?cursor=c2&limit=200");
    assertThat(TestServer.body(second).path("next_cursor").isNull()).isTrue();
    assertThat(server.rooms.told.getLast()).isEqualTo(List.of(Optional.of("c2"), 200));
  }

  @Test
  void a_definition_comes_as_json_or_yaml() {
    HttpResponse<String> json = server.get(ACME);
    assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json.headers().firstValue("ETag")).contains("\"r1\"");
    HttpResponse<String> yaml = server.get(ACME, "Accept", "application/yaml, */*;q=0.1");
    assertThat(yaml.headers().firstValue("Content-Type")).contains("application/yaml");
    assertThat(yaml.body()).startsWith("# yaml");
    assertThat(server.get(ACME, "If-None-Match", "\"r1\"").statusCode()).isEqualTo(304);
  }

  @Test
  void a_definition_is_taken_as_json_or_yaml() {
    for (String type : List.of("application/json", "application/yaml")) {
      HttpResponse<String> answer =
          server.send("PUT", ACME, "{\"bot\":\"acme\",\"x\":1}", "Content-Type", type);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(server.rooms.document.path("x").asInt()).isEqualTo(1);
    }
    assertThat(server.json("PUT", ACME, "[]").statusCode()).isEqualTo(422);
    assertThat(server.json("PUT", "/api/v1/bots/Bad%20Name", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void a_stale_if_match_is_refused_and_a_fresh_one_is_not() {
    String type = "application/json";
    for (String stale : List.of("\"r0\"", "\"r0\", \"r9\"")) {
      HttpResponse<String> answer =
          server.send("PUT", ACME, "{}", "Content-Type", type, "If-Match", stale);
      assertThat(answer.statusCode()).as(stale).isEqualTo(412);
      assertThat(TestServer.code(answer)).isEqualTo("stale");
    }
    for (String fresh : List.of("\"r1\"", "*", "\"r0\", \"r3\"", "W/\"r4\"")) {
      HttpResponse<String> answer =
          server.send("PUT", ACME, "{}", "Content-Type", type, "If-Match", fresh);
      assertThat(answer.statusCode()).as(fresh).isEqualTo(200);
    }
    HttpResponse<String> nothingThere =
        server.send("PUT", "/api/v1/bots/new", "{}", "Content-Type", type, "If-Match", "*");
    assertThat(nothingThere.statusCode()).isEqualTo(412);
  }

  @Test
  void a_part_is_changed_where_nobody_changed_the_bot_meanwhile_if_the_caller_says_so() {
    String type = "application/merge-patch+json";
    HttpResponse<String> saved =
        server.send("PATCH", ACME, "{\"y\":1}", "Content-Type", type, "If-Match", "\"r1\"");
    assertThat(saved.statusCode()).isEqualTo(200);
    assertThat(saved.headers().firstValue("ETag")).isPresent();
    assertThat(server.rooms.document.path("y").asInt()).isEqualTo(1);
    assertThat(server.json("PATCH", ACME, "{\"y\":2}").statusCode()).isEqualTo(200);
    HttpResponse<String> stale =
        server.send("PATCH", ACME, "{}", "Content-Type", type, "If-Match", "\"r0\"");
    assertThat(TestServer.code(stale)).isEqualTo("stale");
    assertThat(server.json("PATCH", "/api/v1/bots/none", "{}").statusCode()).isEqualTo(404);
    assertThat(server.send("PATCH", ACME, "a: 1", "Content-Type", "text/plain").statusCode())
        .isEqualTo(415);
  }

  @Test
  void packages_are_told_saved_and_tried_again() {
    String packages = ACME + "/packages";
    HttpResponse<String> saved =
        server.send("PUT", packages, "absent==1\n", "Content-Type", "text/plain");
    assertThat(saved.statusCode()).isEqualTo(200);
    assertThat(TestServer.body(saved))
        .isEqualTo(
            Json.parse(
                """
                {"requirements":"absent==1\\n","state":"failed",
                "lock":"acme==1.0 --hash=sha256:0\\n","set":"0123",
                "packages":[{"name":"acme","version":"1.0"}],"log":["Collecting absent"],
                "error":"absent is not there","installed_at":"2026-03-01T12:00:00.120Z"}\
                """));
    assertThat(server.get(packages).body()).isEqualTo(saved.body());
    assertThat(server.send("POST", packages + "/install", "").statusCode()).isEqualTo(200);
    assertThat(server.rooms.told.getLast()).isEqualTo("install acme");
    assertThat(
            server
                .send("PUT", packages, "a", "Content-Type", "text/plain", "If-Match", "\"r0\"")
                .statusCode())
        .isEqualTo(412);
    assertThat(server.json("PUT", packages, "{}").statusCode()).isEqualTo(415);
    assertThat(server.get("/api/v1/bots/none/packages").statusCode()).isEqualTo(404);
  }

  @Test
  void code_goes_in_and_out_as_text() {
    HttpResponse<String> got = server.get(ACME + "/code/TRACK");
    assertThat(got.body()).contains("ü");
    assertThat(got.headers().firstValue("Content-Type").orElse("")).startsWith("text/x-python");
    assertThat(got.headers().firstValue("ETag")).contains("\"r1\"");
    HttpResponse<String> put =
        server.send("PUT", ACME + "/code/TRACK", "def é(:", "Content-Type", "text/x-python");
    assertThat(TestServer.body(put))
        .isEqualTo(
            Json.parse(
                "{\"problems\":[{\"line\":1,\"column\":5,\"message\":\"invalid syntax\"}]}"));
    assertThat(put.headers().firstValue("ETag")).contains("\"r2\"");
    assertThat(server.rooms.told.getLast()).isEqualTo("def é(:");
  }

  @Test
  void code_that_is_not_text_is_refused() {
    HttpRequest put =
        HttpRequest.newBuilder(server.uri(ACME + "/code/TRACK"))
            .header("Authorization", "Bearer " + TestServer.TOKEN)
            .header("Content-Type", "text/x-python")
            .PUT(BodyPublishers.ofByteArray(new byte[] {(byte) 0xc3, 0x28}))
            .build();
    HttpResponse<String> answer = server.send(put);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(TestServer.code(answer)).isEqualTo("invalid_content");
  }

  @Test
  void the_unnamed_sample_is_the_default_one() {
    String samples = ACME + "/samples/TRACK";
    assertThat(server.json("PUT", samples, "{\"a\":1}").statusCode()).isEqualTo(204);
    assertThat(server.json("PUT", samples + "/late", "{\"a\":2}").statusCode()).isEqualTo(204);
    assertThat(server.get(samples + "/default").body()).isEqualTo("{\"a\":1}");
    assertThat(server.get(samples + "/late").body()).isEqualTo("{\"a\":2}");
    assertThat(server.get(samples + "/none").statusCode()).isEqualTo(404);
    assertThat(server.json("PUT", samples + "/..%2Fx", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void a_sample_is_saved_only_where_nobody_changed_the_bot_meanwhile_if_the_caller_says_so() {
    String late = ACME + "/samples/TRACK/late";
    HttpResponse<String> saved =
        server.send(
            "PUT", late, "{\"a\":1}", "Content-Type", "application/json", "If-Match", "\"r1\"");
    assertThat(saved.statusCode()).isEqualTo(204);
    assertThat(saved.headers().firstValue("ETag")).isPresent();
    HttpResponse<String> stale =
        server.send("PUT", late, "{}", "Content-Type", "application/json", "If-Match", "\"r0\"");
    assertThat(TestServer.code(stale)).isEqualTo("stale");
    HttpResponse<String> read = server.get(late);
    assertThat(read.body()).isEqualTo("{\"a\":1}");
    assertThat(read.headers().firstValue("ETag")).isPresent();
  }

  @Test
  void a_sample_that_is_removed_is_gone() {
    String late = ACME + "/samples/TRACK/late";
    assertThat(server.json("PUT", late, "{}").statusCode()).isEqualTo(204);
    assertThat(server.send("DELETE", late, "").statusCode()).isEqualTo(204);
    assertThat(TestServer.code(server.send("DELETE", late, ""))).isEqualTo("unknown_sample");
  }

  @Test
  void a_copy_is_asked_for_by_a_name_that_a_bot_can_have() {
    HttpResponse<String> made =
        server.json("POST", ACME + "/copies", "{\"bot\":\"acme-2\",\"name\":\"Zwei\"}");
    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(TestServer.body(made).path("bot").asString()).isEqualTo("acme-2");
    assertThat(made.headers().firstValue("ETag")).isPresent();
    for (String wrong :
        List.of("{}", "{\"bot\":\"A b\"}", "{\"bot\":\"\"}", "{\"bot\":\"x\",\"to\":1}", "[]")) {
      HttpResponse<String> answer = server.json("POST", ACME + "/copies", wrong);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(422);
    }
    assertThat(server.json("POST", "/api/v1/bots/none/copies", "{\"bot\":\"x\"}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void the_values_of_secrets_are_never_shown() {
    HttpResponse<String> answer = server.get(ACME + "/variables");
    assertThat(answer.body()).doesNotContain("leaked");
    assertThat(TestServer.body(answer))
        .isEqualTo(
            Json.parse(
                """
                {"variables":[{"name":"CRM_KEY","secret":true,"declared":true,
                "set":{"staging":true,"production":false}},
                {"name":"CRM_URL","secret":false,"declared":true,"staging":"https://s.example",
                "set":{"staging":true,"production":false}}],"next_cursor":null}\
                """));
  }

  @Test
  void a_variable_is_set_per_environment() {
    HttpResponse<String> answer =
        server.json("PUT", ACME + "/variables/CRM_URL", "{\"production\":\"p\",\"secret\":true}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("\"p\"");
    assertThat(server.rooms.told).contains(Map.of(Environment.PRODUCTION, "p"), Optional.of(true));
    HttpResponse<String> bad =
        server.json(
            "PUT",
            ACME + "/variables/X",
            "{\"staging\":null,\"production\":1,\"secret\":\"y\",\"z\":1}");
    assertThat(bad.statusCode()).isEqualTo(422);
    assertThat(TestServer.body(bad).path("problems")).hasSize(4);
    assertThat(server.send("DELETE", ACME + "/variables/CRM_URL", "").statusCode()).isEqualTo(204);
  }

  @Test
  void a_test_runs_with_and_without_input() {
    String test = ACME + "/integrations/TRACK/test";
    assertThat(server.send("POST", test, "").statusCode()).isEqualTo(200);
    assertThat(server.rooms.told.getLast()).isEqualTo(Optional.empty());
    assertThat(server.json("POST", test, "{\"input\":{\"a\":1}}").body()).contains("inv_2");
    assertThat(server.rooms.told.getLast()).isEqualTo(Optional.of(Json.parse("{\"a\":1}")));
    assertThat(server.json("POST", test, "{\"inputs\":{}}").statusCode()).isEqualTo(422);
  }

  @Test
  void training_says_what_prevents_a_version() {
    assertThat(TestServer.body(server.send("POST", ACME + "/train", "")))
        .isEqualTo(
            Json.parse(
                """
                {"version":null,"problems":[{"pointer":"nodes.A.connections[1].to",
                "message":"no node B"}],"warnings":[]}\
                """));
  }

  @Test
  void versions_are_listed_shown_and_deployed() {
    assertThat(server.get(ACME + "/versions").body()).contains("v_1", "next_cursor");
    assertThat(TestServer.body(server.get(ACME + "/versions/v_1")).at("/definition/code/TRACK"))
        .hasToString("\"x\"");
    HttpResponse<String> made =
        server.json(
            "POST", ACME + "/deployments", "{\"version\":\"v_1\",\"environment\":\"staging\"}");
    assertThat(TestServer.body(made))
        .isEqualTo(
            Json.parse(
                """
                {"deployment_id":"dep_1","bot":"acme","version":"v_1","environment":"staging",
                "by":"admin","at":"2026-03-01T12:00:00.120Z"}\
                """));
    assertThat(server.get(ACME + "/deployments").body()).contains("dep_1");
    HttpResponse<String> unknown =
        server.json(
            "POST", ACME + "/deployments", "{\"version\":\"v_1\",\"environment\":\"test\"}");
    assertThat(TestServer.code(unknown)).isEqualTo("unknown_environment");
    assertThat(server.json("POST", ACME + "/deployments", "{}").statusCode()).isEqualTo(422);
  }

  @Test
  void invocations_are_filtered() {
    HttpResponse<String> answer =
        server.get(
            ACME
                + "/invocations?node=TRACK&outcome=failed&reason=timeout&origin=CHAT"
                + "&environment=staging&version=v_1&since=2026-03-01T13:00:00%2B01:00"
                + "&until=2026-03-01T12:00:00.001Z&text=100%25+%F0%9F%91%8D");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(server.log.filters.getLast())
        .isEqualTo(
            new InvocationLog.Filter(
                "acme",
                Optional.of("TRACK"),
                Optional.of("failed"),
                Optional.of(FailureReason.TIMEOUT),
                Optional.of(InvocationRecord.Origin.CHAT),
                Optional.of(Environment.STAGING),
                Optional.of("v_1"),
                Optional.of(Instant.parse("2026-03-01T12:00:00Z")),
                Optional.of(Instant.parse("2026-03-01T12:00:00.001Z")),
                Optional.of("100% 👍")));
    assertThat(TestServer.body(answer).at("/invocations/0/outcome").isNull()).isTrue();
    assertThat(TestServer.body(answer).at("/invocations/1"))
        .isEqualTo(
            Json.parse(
                """
                {"invocation_id":"inv_1","bot":"acme","node":"TRACK","type":"code",
                "outcome":"failed","reason":"exception","origin":"CHAT",
                "environment":"production","version":"v_1",
                "started_at":"2026-03-01T12:00:00.120Z","duration_ms":1234}\
                """));
  }

  @Test
  void one_invocation_shows_all_that_is_kept() {
    var shown = TestServer.body(server.get("/api/v1/invocations/inv_1"));
    assertThat(shown.path("turn"))
        .isEqualTo(
            Json.parse(
                """
                {"turn_id":"turn_1","auth_id":"ann","conversation_no":3,"message_id":"m1"}\
                """));
    assertThat(shown.path("error").path("line").asInt()).isEqualTo(7);
    assertThat(shown.path("input").path("node").asString()).isEqualTo("TRACK");
    assertThat(shown.path("logs"))
        .isEqualTo(
            Json.parse(
                """
                [{"level":"INFO","logger":"root","message":"hello",
                "time":"2026-03-01T12:00:00.120Z"}]\
                """));
    assertThat(shown.path("egress"))
        .isEqualTo(
            Json.parse(
                """
                [{"time":"2026-03-01T12:00:00.120Z","name":"api.example","address":"10.0.0.1",
                "port":443,"verdict":"denied","bytes_out":0,"bytes_in":0,"duration_ms":2}]\
                """));
    assertThat(shown.path("measures").path("run").asDouble()).isEqualTo(1200.5);
    var running = TestServer.body(server.get("/api/v1/invocations/inv_2"));
    assertThat(running.path("outcome").isNull()).isTrue();
    assertThat(running.has("turn")).isFalse();
  }
}
