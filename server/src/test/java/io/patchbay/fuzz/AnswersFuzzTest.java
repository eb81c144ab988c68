package io.patchbay.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.integration.webhook.RawServer;
import io.patchbay.server.PatchbayServer;
import io.patchbay.server.TestConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever an API answers, byte by byte, the turn is answered in time, its invocation has an
 * outcome with a reason that is an API's, and nothing breaks inside. 1000 answers, 20 000 with
 * {@code ./test --all}; {@code -Dpatchbay.fuzz.seed=N} for others.
 */
class AnswersFuzzTest {
  private static final String TOKEN = "token-that-must-not-be-seen";
  private static final String TURN = "/api/v1/bots/shop/messages?debug=true";
  private static final String MESSAGE = "{\"user\": {\"auth_id\": \"u1\"}, \"text\": \"call\"}";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Any answer ends with its connection, so that none of them waits for the deadline. */
  private static final List<String> REASONS =
      List.of(
          "bad_content",
          "bad_status",
          "connect_failed",
          "response_too_large",
          "no_result",
          "timeout");

  private final long seed = Long.getLong("patchbay.fuzz.seed", 1);
  private final AtomicReference<byte[]> next = new AtomicReference<>(new byte[0]);
  private final AtomicLong calls = new AtomicLong();

  @TempDir private Path data;
  private LogWatch log;
  private RawServer api;
  private PatchbayServer server;
  private Talk talk;

  @BeforeEach
  void start() throws IOException {
    log = LogWatch.start();
    api =
        RawServer.start(socket -> {
          calls.incrementAndGet();
          socket.getOutputStream().write(next.get());
        });
    server = PatchbayServer.start(TestConfig.of(data, TOKEN));
    Identity identity = new Identity("127.0.0.1:" + server.port(), TOKEN, "", "");
    talk = new Talk(new Wire(server.port()), identity);
    deploy();
  }

  private JsonNode definition() {
    ObjectNode definition =
        (ObjectNode)
            Json.parse(
                """
                {"bot": "shop", "egress": {"allow": ["127.0.0.1"]}, "nodes": {"CALL": {
                  "start": true, "user_says": ["call"], "integration": {"type": "api", "timeout": "20s"}}}}
                """);
    definition.withObject("/nodes/CALL/integration").put("url", api.url("/"));
    return definition;
  }

  private void deploy() {
    talk.good("PUT", "/api/v1/bots/shop", Json.write(definition()));
    JsonNode trained = talk.good("POST", "/api/v1/bots/shop/train", "");
    JsonNode deployment =
        Json.object()
            .put("version", trained.path("version").asString())
            .put("environment", "production");
    talk.good("POST", "/api/v1/bots/shop/deployments", Json.write(deployment));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    api.close();
    log.close();
  }

  @Test
  void whatever_an_api_answers_becomes_a_reply_or_a_failure_with_its_reason() throws Exception {
    long steps = Boolean.getBoolean("patchbay.all") ? 20_000 : 1000;
    List<String> findings = new ArrayList<>();
    long succeeded = 0;
    for (long step = 0; step < steps && findings.size() < 20; step++) {
      byte[] answer = BrokenAnswers.one(new Dice(seed, step));
      next.set(answer);
      Optional<String> outcome = outcome(step, answer, findings);
      succeeded += outcome.filter("succeeded"::equals).isPresent() ? 1 : 0;
    }
    assertThat(findings).as("seed %d", seed).isEmpty();
    assertThat(log.errors()).as("what the server logged as errors, seed %d", seed).isEmpty();
    assertThat(calls).as("one call for each turn").hasValue(steps);
    assertThat(succeeded).as("some are right").isBetween(steps / 20, steps - steps / 20);
  }

  /** Empty where it is a finding. */
  private Optional<String> outcome(long step, byte[] answer, List<String> findings)
      throws IOException {
    Answer came = Answer.NONE;
    JsonNode invocation = Json.object();
    String problem = "";
    try {
      came = new Wire(server.port()).ask(talk.json("POST", TURN, MESSAGE), PATIENCE);
      String id = Json.parse(came.body()).at("/log/invocations/0").asString("none");
      invocation = talk.get("/api/v1/invocations/" + id);
      String outcome = invocation.path("outcome").asString("none");
      String reason = invocation.at("/error/reason").asString("");
      boolean known = outcome.equals("failed") && REASONS.contains(reason);
      if (came.status() == 200 && (known || outcome.equals("succeeded"))) {
        return Optional.of(outcome);
      }
    } catch (RuntimeException | AssertionError e) {
      problem = e.toString();
    }
    findings.add(
        "step %d: %s%n--- the API%n%s%n--- the turn%n%s%n%s%n--- the invocation%n%s%n"
            .formatted(
                step,
                problem,
                new String(answer, StandardCharsets.UTF_8),
                came.head(),
                came.body(),
                invocation));
    return Optional.empty();
  }
}
