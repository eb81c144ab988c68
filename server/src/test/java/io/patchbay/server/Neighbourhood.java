package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** A whole server with two bots: one attacks, and nothing may become of the other. */
final class Neighbourhood implements AutoCloseable {
  static final String ATTACKER = "attacker";
  static final String GO = "make it large";

  /** Python of the node CODE. */
  static final String WORKS =
      """
      import json

      def main(event, context):
          return {"statusCode": 200, "body": json.dumps({"status": True, "response": ["worked"]})}
      """;

  private static final String NEIGHBOUR = "neighbour";

  /** Far above what a machine that stands still for a while adds. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final Duration SETTLED = Duration.ofSeconds(30);
  private static final Pattern HELD = Pattern.compile("(?m)^patchbay_work_held_bytes (\\S+)$");

  final WholeServer server;

  /** Threads of their own: virtual ones would share those that the server's requests compute on. */
  private final ExecutorService callers =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("caller-", 0).factory());

  private final List<String> acknowledged = new ArrayList<>();

  private Neighbourhood(WholeServer server) {
    this.server = server;
  }

  static Neighbourhood start(Path data) throws IOException {
    var neighbourhood = new Neighbourhood(WholeServer.start(data));
    neighbourhood.put(NEIGHBOUR, "{start: true, user_says: [more], bot_says: [x]}", "");
    neighbourhood.server.deploy(NEIGHBOUR);
    return neighbourhood;
  }

  /**
   * The attacker's bot: a node GROW with these keys, as a flow of YAML, and these keys at the top.
   */
  void attacker(String grow, String top) {
    put(ATTACKER, grow(grow), top);
    server.deploy(ATTACKER);
  }

  /** As {@link #attacker}, with code whose output has the value of a Python expression as x. */
  void attackerWithCode(String more, String top, String expression) {
    put(ATTACKER, grow("integration: {type: code}" + more), top);
    server.code(ATTACKER, "GROW", returning(expression));
    server.deploy(ATTACKER);
  }

  private static String grow(String keys) {
    return "{start: true, end: true, user_says: [%s], %s}".formatted(GO, keys);
  }

  private void put(String bot, String grow, String top) {
    server.put(
        bot,
        """
        bot: %s
        %s
        nodes:
          PLAIN: {start: true, end: true, user_says: [plain], bot_says: [pong]}
          CODE: {start: true, end: true, user_says: [code], integration: {type: code}}
          GROW: %s
        """
            .formatted(bot, top, grow));
    server.code(bot, "CODE", WORKS);
  }

  private static String returning(String expression) {
    return """
    import json

    def main(event, context):
        return {"statusCode": 200, "body": json.dumps({"status": True, "x": %s})}
    """
        .formatted(expression);
  }

  /** A turn of the attacker, whatever comes of it. */
  WholeServer.Answer say(String text, int user) {
    ObjectNode message = Json.object().put("text", text);
    message.putObject("user").put("auth_id", "u" + user);
    return server.json("POST", "/api/v1/bots/attacker/messages", Json.write(message));
  }

  /** One attack by one of several at once. */
  interface Strike {
    void by(int caller) throws Exception;
  }

  /**
   * Lets so many attack at once, looks at the server until all have ended, and then whether all is
   * as it was: both bots, readiness, memory, and what the neighbour was told.
   */
  void withstands(int attackers, Strike strike) throws Exception {
    var over = new AtomicBoolean();
    Future<Duration> live = callers.submit(() -> slowestLive(over));
    Future<?> neighbour = callers.submit(() -> talk(over));
    List<Future<?>> strikes = new ArrayList<>();
    for (int i = 0; i < attackers; i++) {
      int caller = i;
      strikes.add(callers.submit(task(() -> strike.by(caller))));
    }
    try {
      for (Future<?> one : strikes) {
        await(one);
      }
    } finally {
      over.set(true);
    }
    await(neighbour);
    assertThat(await(live)).as("the slowest answer of /health/live").isLessThan(SOON);
    isAsBefore();
  }

  private interface Task {
    void run() throws Exception;
  }

  private static Callable<Boolean> task(Task task) {
    return () -> {
      task.run();
      return true;
    };
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private Duration slowestLive(AtomicBoolean over) throws InterruptedException {
    Duration slowest = Duration.ZERO;
    while (!over.get()) {
      long start = System.nanoTime();
      server.get("/health/live");
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
      Thread.sleep(50);
    }
    return slowest;
  }

  /** The neighbour is answered all the time, rightly. */
  private boolean talk(AtomicBoolean over) throws InterruptedException {
    while (!over.get()) {
      var turn = server.say(NEIGHBOUR, "plain");
      assertThat(WholeServer.texts(turn)).containsExactly("pong");
      acknowledged.add(turn.path("turn_id").asString());
      Thread.sleep(100);
    }
    return true;
  }

  private void isAsBefore() throws InterruptedException {
    for (String bot : List.of(NEIGHBOUR, ATTACKER)) {
      assertThat(WholeServer.texts(server.say(bot, "plain"))).as(bot).containsExactly("pong");
      assertThat(WholeServer.texts(server.say(bot, "code"))).as(bot).containsExactly("worked");
    }
    assertThat(server.get("/health/ready").path("status").asString()).isEqualTo("ready");
    var lines = server.get("/api/v1/bots/neighbour/users/u1/conversation").path("transcript");
    assertThat(lines.valueStream().map(line -> line.path("turn_id").asString()).distinct())
        .as("what was acknowledged, in order")
        .containsSubsequence(
            acknowledged.subList(Math.max(0, acknowledged.size() - 200), acknowledged.size()));
    long end = System.nanoTime() + SETTLED.toNanos();
    while (heldBytes() > 0 && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(heldBytes()).as("bytes that are still held").isZero();
  }

  private double heldBytes() {
    byte[] none = "".getBytes(StandardCharsets.UTF_8);
    Matcher held = HELD.matcher(server.send("GET", "/metrics", "text/plain", none).body());
    assertThat(held.find()).as("the metric of what is held").isTrue();
    return Double.parseDouble(held.group(1));
  }

  @Override
  public void close() {
    callers.close();
    server.close();
  }
}
