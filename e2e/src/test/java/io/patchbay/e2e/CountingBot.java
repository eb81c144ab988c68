package io.patchbay.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A bot that counts turns in both details, by code and by an API, and the API itself, which notes
 * how often it was called under each idempotency key.
 */
final class CountingBot implements AutoCloseable {
  static final String PATH = "/api/v1/bots/counting";
  static final String BREAK = "broken";

  /** Milliseconds that the API takes at most, so that some calls run when the server is killed. */
  private static final int SLOWEST = 60;

  private static final String CODE =
      """
      import json
      import time

      def main(event, context):
          body = json.loads(event["body"])
          count = body["conversation_details"].get("count", 0) + 1
          total = body["user_details"].get("total", 0) + 1
          time.sleep(0.02)
          output = {
              "response": ["code %d %d" % (count, total)],
              "conversation_details": {"count": count},
              "user_details": {"total": total},
          }
          return {"statusCode": 200, "body": json.dumps(output)}
      """;

  private final HttpServer api;
  private final Random pauses;
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();

  private CountingBot(HttpServer api, Random pauses) {
    this.api = api;
    this.pauses = pauses;
  }

  /** Starts the API. */
  static CountingBot start(Random pauses) {
    try {
      HttpServer api = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
      CountingBot bot = new CountingBot(api, pauses);
      api.createContext("/count", bot::count);
      api.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      api.start();
      return bot;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Brings the bot to a server, in production. */
  void deploy(Program program) {
    String definition =
        """
        bot: counting
        base_url: {production: "http://127.0.0.1:%1$d"}
        egress: {allow: ["127.0.0.1:%1$d"]}
        bot_break: %2$s
        nodes:
          CODE: {start: true, user_says: ["count by code"], integration: {type: code}}
          API: {start: true, user_says: ["count by api"], integration: {type: api, path: /count}}
          FINISH: {start: true, user_says: ["finish"], bot_says: ["finished"], end: true}
        """
            .formatted(api.getAddress().getPort(), BREAK);
    succeeds(program.put(PATH, definition, "application/yaml"));
    succeeds(program.put(PATH + "/code/CODE", CODE, "text/x-python"));
    String version = succeeds(program.post(PATH + "/train", "")).get("version").asString();
    succeeds(
        program.post(
            PATH + "/deployments",
            "{\"version\": \"%s\", \"environment\": \"production\"}".formatted(version)));
  }

  private static JsonNode succeeds(Program.Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError("status " + answer.status() + ": " + answer.text());
    }
    return answer.json();
  }

  /** How often the API was called under each key. */
  Map<String, Integer> calls() {
    return Map.copyOf(calls);
  }

  /** How many invocations of a node ended how. */
  static Map<String, Integer> outcomes(Program program, String node) {
    Map<String, Integer> outcomes = new HashMap<>();
    Optional<String> cursor = Optional.empty();
    do {
      String next = cursor.map(c -> "&cursor=" + c).orElse("");
      JsonNode page = succeeds(program.get(PATH + "/invocations?node=" + node + next));
      page.get("invocations")
          .forEach(row -> outcomes.merge(row.get("outcome").asString(), 1, Integer::sum));
      cursor = Optional.ofNullable(page.path("next_cursor").asString(null));
    } while (cursor.isPresent());
    return outcomes;
  }

  private void count(HttpExchange exchange) throws IOException {
    try (exchange) {
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      calls.merge(String.valueOf(key), 1, Integer::sum);
      JsonNode payload = Program.JSON.readTree(exchange.getRequestBody().readAllBytes());
      TimeUnit.MILLISECONDS.sleep(pauses.nextInt(SLOWEST));
      byte[] reply = reply(payload).toString().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, reply.length);
      exchange.getResponseBody().write(reply);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ObjectNode reply(JsonNode payload) {
    int count = payload.path("conversation_details").path("count").asInt(0) + 1;
    int total = payload.path("user_details").path("total").asInt(0) + 1;
    ObjectNode reply = Program.JSON.createObjectNode();
    reply.putArray("response").add("api " + count + " " + total);
    reply.putObject("conversation_details").put("count", count);
    reply.putObject("user_details").put("total", total);
    return reply;
  }

  @Override
  public void close() {
    api.stop(0);
  }
}
