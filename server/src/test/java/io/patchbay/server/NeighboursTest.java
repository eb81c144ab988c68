package io.patchbay.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.integration.webhook.RawServer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one bot's builder or users do, another bot does not notice: the worst of {@code
 * bench/neighbours}, in short.
 */
class NeighboursTest {
  @TempDir private Path data;
  private Neighbourhood both;

  @BeforeEach
  void start() throws Exception {
    both = Neighbourhood.start(data);
  }

  @AfterEach
  void stop() {
    both.close();
  }

  @Test
  void a_reply_that_would_have_six_hundred_megabytes_harms_nobody() throws Exception {
    String says = ", bot_says: ['" + "[[x]]y".repeat(600) + "']";
    both.attackerWithCode(says, "", "\"a\" * 1_000_000");
    both.withstands(2, caller -> repeat(2, () -> both.say(Neighbourhood.GO, caller)));
  }

  @Test
  void a_container_that_is_written_five_hundred_times_harms_nobody() throws Exception {
    String says = ", bot_says: ['" + "[[x]] ".repeat(500) + "']";
    both.attackerWithCode(says, "", "[[1, 2]] * 90_000");
    both.withstands(2, caller -> repeat(2, () -> both.say(Neighbourhood.GO, caller)));
  }

  @Test
  void secrets_that_begin_as_a_million_characters_do_harm_nobody() throws Exception {
    String names =
        IntStream.range(0, 20).mapToObj(k -> "K" + k + ": {secret: true}").collect(joining(", "));
    both.attackerWithCode("", "variables: {" + names + "}", "\"a\" * 1_000_000");
    for (int k = 0; k < 20; k++) {
      ObjectNode value = Json.object().put("production", "a".repeat(4095 - k) + "b");
      var _ =
          both.server.good(
              "PUT",
              "/api/v1/bots/attacker/variables/K" + k,
              "application/json",
              Json.write(value.put("secret", true)));
    }
    both.withstands(4, caller -> both.say(Neighbourhood.GO, caller));
  }

  @Test
  void a_pattern_of_counts_over_a_long_message_harms_nobody() throws Exception {
    String pattern = "(?:a{0,9}){300}b";
    WholeServer.Answer taken =
        both.server.json("PUT", "/api/v1/bots/attacker", Json.write(withPattern(pattern)));
    // Refused, with its place, is as good as cheap.
    assertThat(taken.status()).isIn(200, 201, 422);
    if (taken.status() == 422) {
      assertThat(taken.body()).contains("pattern");
      both.attacker("bot_says: [x]", "");
    } else {
      both.server.code("attacker", "CODE", Neighbourhood.WORKS);
      both.server.deploy("attacker");
    }
    both.withstands(
        2,
        caller -> {
          both.say(Neighbourhood.GO, caller);
          both.say("a".repeat(100_000), caller);
          both.say("a".repeat(10_000), caller);
        });
  }

  private static ObjectNode withPattern(String pattern) {
    ObjectNode bot =
        (ObjectNode)
            Json.parse(
                """
                {"bot": "attacker", "entities": {"one": {"type": "regex"}, "two": {"type": "regex"}},
                 "nodes": {
                  "PLAIN": {"start": true, "end": true, "user_says": ["plain"], "bot_says": ["pong"]},
                  "CODE": {"start": true, "end": true, "user_says": ["code"], "integration": {"type": "code"}},
                  "GROW": {"start": true, "user_says": ["make it large"], "bot_says": ["x"], "entities": [
                    {"entity": "one", "ask": "?"}, {"entity": "two", "ask": "?"}]}}}
                """);
    bot.withObject("/entities/one").put("pattern", pattern);
    bot.withObject("/entities/two").put("pattern", pattern);
    return bot;
  }

  @Test
  void an_endpoint_that_never_ends_its_chunk_extension_harms_nobody() throws Exception {
    byte[] more = "x".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
    try (RawServer endless =
        RawServer.start(socket -> {
          RawServer.write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;");
          for (int i = 0; i < 64_000; i++) {
            socket.getOutputStream().write(more);
          }
        })) {
      both.attacker(
          "integration: {type: api, url: '%s', timeout: 4s}".formatted(endless.url("/")),
          "egress: {allow: [127.0.0.1]}");
      both.withstands(4, caller -> both.say(Neighbourhood.GO, caller));
    }
  }

  @Test
  void connections_that_drip_harm_nobody() throws Exception {
    both.attacker("bot_says: [x]", "");
    List<Socket> connections = new ArrayList<>();
    try {
      both.withstands(
          1,
          _ -> {
            for (int i = 0; i < 300; i++) {
              connections.add(new Socket("127.0.0.1", both.server.port()));
            }
            byte[] piece =
                "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-A: "
                    .getBytes(StandardCharsets.US_ASCII);
            for (Socket one : connections) {
              one.getOutputStream().write(piece);
            }
            repeat(20, () -> Thread.sleep(100));
          });
    } finally {
      for (Socket one : connections) {
        one.close();
      }
    }
  }

  @Test
  void a_dictionary_of_fifty_thousand_words_put_again_and_again_harms_nobody() throws Exception {
    both.attacker("bot_says: [x]", "");
    ObjectNode definition = (ObjectNode) Json.parse("{\"bot\": \"attacker\", \"nodes\": {}}");
    ObjectNode values =
        definition.withObject("/entities/word").put("type", "dictionary").putObject("values");
    for (int n = 0; n < 49_000; n++) {
      values.putArray("word number " + n).add("variant of " + n + "v".repeat(60));
    }
    String body = Json.write(definition);
    both.withstands(
        2, _ -> repeat(2, () -> both.server.json("PUT", "/api/v1/bots/attacker", body)));
  }

  @Test
  void a_dense_megabyte_of_json_as_a_message_harms_nobody() throws Exception {
    both.attacker("bot_says: [x]", "");
    String body =
        "{\"text\": \"plain\", \"user\": {\"auth_id\": \"u\"}, \"more\": ["
            + "[1],".repeat(240_000)
            + "0]}";
    both.withstands(
        8, _ -> repeat(3, () -> both.server.json("POST", "/api/v1/bots/attacker/messages", body)));
  }

  @Test
  void sixteen_outputs_of_a_dense_megabyte_at_once_harm_nobody() throws Exception {
    both.attackerWithCode("", "", "[[1], [2]] * 70_000");
    both.withstands(16, caller -> both.say(Neighbourhood.GO, caller));
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void repeat(int times, Step step) throws Exception {
    for (int i = 0; i < times; i++) {
      step.run();
    }
  }
}
