package io.patchbay.http;

import io.patchbay.base.Json;
import io.patchbay.base.Secret;
import io.patchbay.executor.work.Work;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** The true server on a free port with fake rooms, and a client for it. */
final class TestServer implements AutoCloseable {
  static final String TOKEN = "test-token";

  final FakeRooms rooms = new FakeRooms();
  final FakeLog log = new FakeLog();
  final TestClock clock = new TestClock();
  final List<String> answered = new CopyOnWriteArrayList<>();

  /** Routes of answers that were made on virtual threads. */
  final List<String> virtually = new CopyOnWriteArrayList<>();

  volatile boolean ready = true;
  final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  /** Stands still until it is told to go on. */
  static final class TestClock extends Clock {
    volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  TestServer() {
    this(0, false, Limits.STANDARD);
  }

  static TestServer on(int port) {
    return new TestServer(port, false, Limits.STANDARD);
  }

  static TestServer withOpenMetrics() {
    return new TestServer(0, true, Limits.STANDARD);
  }

  static TestServer with(Limits.Times times, Limits.Room room) {
    return new TestServer(0, false, new Limits(times, room));
  }

  final Work work = Work.start(Work.Settings.standard(), _ -> {});

  private TestServer(int port, boolean metricsOpen, Limits limits) {
    // JSON is YAML: the true reader is another room's.
    var yaml = new Yaml(Json::parse, node -> "# yaml\n" + Json.write(node));
    server =
        HttpServer.start(
            new HttpServer.Settings(
                "127.0.0.1", port, Set.of("bots.example"), Duration.ofSeconds(5), limits),
            new HttpServer.Entry(new Secret(TOKEN), clock, new SecureRandom()),
            new HttpServer.Doors(
                new ChatRoutes(rooms),
                new BuilderRoutes(rooms, log, yaml),
                new OperatorRoutes(
                    () -> new OperatorRoutes.Readiness(ready, Map.of("store", "ok")),
                    () -> FakeRooms.SYSTEM,
                    new OperatorRoutes.Metrics(() -> "up 1\n", metricsOpen)),
                (method, route, status, took) -> {
                  answered.add(method + " " + route + " " + status + " " + took.toMillis());
                  if (Thread.currentThread().isVirtual()) {
                    virtually.add(route);
                  }
                },
                work));
  }

  /** A request as the administrator; headers come as name, value, name, value. */
  HttpResponse<String> send(String method, String path, String body, String... headers) {
    return sendAs("Bearer " + TOKEN, method, path, body, headers);
  }

  /**
   * @param authorization empty for none
   */
  HttpResponse<String> sendAs(
      String authorization, String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(request + " broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  HttpResponse<String> json(String method, String path, String body) {
    return send(method, path, body, "Content-Type", "application/json");
  }

  URI uri(String path) {
    return URI.create(server.address() + path);
  }

  /** Waits until there are so many. */
  void awaitConnections(int wanted) {
    await(() -> server.connections() == wanted, wanted + " connections");
  }

  /** Waits until no more are left; some may have given way to another. */
  void awaitConnectionsAtMost(int wanted) {
    await(() -> server.connections() <= wanted, wanted + " connections or fewer");
  }

  /** Waits until a request was answered so. */
  void awaitAnswered(String line) {
    await(() -> answered.stream().anyMatch(one -> one.startsWith(line)), line);
  }

  /** Waits until requests hold so many bytes. */
  void awaitHeld(long bytes) {
    await(() -> work.state().heldBytes() == bytes, bytes + " bytes held");
  }

  private void await(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "not seen: " + what + ", but " + server.connections() + " connections and " + answered);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  static JsonNode body(HttpResponse<String> response) {
    return Json.parse(response.body());
  }

  static String code(HttpResponse<String> response) {
    return body(response).path("code").asString("");
  }

  @Override
  public void close() {
    client.close();
    server.close();
    work.close();
  }
}
