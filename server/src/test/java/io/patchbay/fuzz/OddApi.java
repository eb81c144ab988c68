package io.patchbay.fuzz;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.base.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** The API behind integrations: answers by its path, and as JSON with something else each time. */
final class OddApi implements AutoCloseable {
  private static final JsonNode ANSWER =
      Json.parse(
          """
          {"status": true, "days": 3, "list": ["a"], "response": ["done", {"text": "x",
           "type": "BUTTON", "data": {"items": [{"actionable_text": "A", "payload": {"message": "m"}}]}}],
           "conversation_details": {"n": 1}, "user_details": {"m": 2}}
          """);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final long seed;
  private final AtomicLong calls = new AtomicLong();

  private OddApi(HttpServer server, long seed) {
    this.server = server;
    this.seed = seed;
  }

  static OddApi start(long seed) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50);
    OddApi api = new OddApi(server, seed);
    server.setExecutor(api.threads);
    server.createContext("/", api::answer);
    server.start();
    return api;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      switch (exchange.getRequestURI().getPath()) {
        case "/json", "/otp/request", "/otp/verify" -> send(exchange, 200, json());
        case "/html" -> send(exchange, 200, "<!doctype html><p>Sign in</p>");
        case "/nothing" -> exchange.sendResponseHeaders(200, 100);
        case "/closes" -> {}
        default -> send(exchange, 404, "");
      }
    }
  }

  private String json() {
    Dice dice = new Dice(seed, calls.incrementAndGet());
    return Json.write(dice.oneIn(3) ? ANSWER : Trees.changed(ANSWER, 1 + dice.below(3), dice));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
