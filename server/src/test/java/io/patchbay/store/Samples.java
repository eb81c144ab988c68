package io.patchbay.store;

import io.patchbay.base.Json;
import io.patchbay.bot.BotStore.Deployment;
import io.patchbay.bot.BotStore.Draft;
import io.patchbay.bot.BotStore.Version;
import io.patchbay.bot.Environment;
import io.patchbay.conversation.ConversationStore;
import io.patchbay.conversation.ConversationStore.Details;
import io.patchbay.conversation.ConversationStore.Saved;
import io.patchbay.conversation.ConversationStore.TranscriptLine;
import io.patchbay.conversation.ConversationStore.Turn;
import io.patchbay.conversation.ConversationStore.User;
import io.patchbay.integration.EgressAttempt;
import io.patchbay.integration.Failure;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.InvocationRecord.MessageRef;
import io.patchbay.integration.InvocationRecord.Origin;
import io.patchbay.integration.InvocationRecord.State;
import io.patchbay.integration.LogLine;
import io.patchbay.integration.UserProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Values to store. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

  private Samples() {}

  static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text);
  }

  static Draft draft(String bot, String name) {
    return new Draft(
        bot,
        json("{\"bot\":\"" + bot + "\",\"name\":\"" + name + "\",\"nodes\":{\"B\":{},\"A\":{}}}"),
        Map.of("TRACK", "def main(event, context):\n    return 'ü'\n"),
        Map.of("TRACK", Map.of("default", json("{\"entities\":{}}"))),
        "requests==2.0\n",
        "",
        NOON);
  }

  static Version version(String bot, String version) {
    return new Version(
        bot, version, json("{\"bot\":\"" + bot + "\"}"), Map.of("TRACK", "pass"), "", "", NOON);
  }

  static Deployment deployment(String id, String bot, String version, Environment environment) {
    return new Deployment(id, bot, version, environment, "admin", NOON);
  }

  static ConversationStore.Key key(String bot, String authId) {
    return new ConversationStore.Key(bot, Environment.PRODUCTION, authId);
  }

  static Saved saved(int number, String state) {
    Map<String, JsonNode> entities = new LinkedHashMap<>();
    entities.put("order_id", Json.parse("[{\"entity_value\":\"abc123\"}]"));
    entities.put("colour", Json.parse("[]"));
    return new Saved(
        number,
        state,
        Optional.of("TRACK"),
        Optional.empty(),
        entities,
        new Details(json("{\"tries\":2,\"price\":1.50}"), Optional.of(NOON)),
        NOON);
  }

  static User user(ConversationStore.Key key, String fullName) {
    return new User(
        new UserProfile(
            "42", "u_42", fullName, 13, "en", key.authId(), "code", "a@b.example", "+49301234"),
        new Details(json("{\"language_code\":\"en\",\"name\":\"Guest User\"}"), Optional.empty()));
  }

  static Turn turn(
      ConversationStore.Key key, String turnId, int number, InvocationRecord... invocations) {
    return new Turn(
        turnId,
        key,
        Optional.of("msg-" + turnId),
        "hash-" + turnId,
        saved(number, "bot"),
        user(key, "Ada"),
        List.of(
            new TranscriptLine(
                turnId, number, "user", Json.parse("\"hello " + turnId + "\""), NOON),
            new TranscriptLine(
                turnId, number, "bot", json("{\"text\":\"hi " + turnId + "\"}"), NOON)),
        List.of(invocations),
        json("{\"turn_id\":\"" + turnId + "\"}"),
        NOON);
  }

  static InvocationRecord started(String id, String bot) {
    return started(id, bot, "TRACK", Origin.CHAT, Environment.PRODUCTION, NOON);
  }

  static InvocationRecord started(
      String id, String bot, String node, Origin origin, Environment environment, Instant at) {
    Optional<MessageRef> message =
        origin == Origin.TEST
            ? Optional.empty()
            : Optional.of(new MessageRef("turn-" + id, "ada", 1, Optional.of("msg-" + id), "h"));
    return new InvocationRecord(
        id,
        bot,
        node,
        "code",
        origin,
        Optional.of(environment),
        Optional.of("v1"),
        message,
        State.STARTED,
        Optional.empty(),
        at,
        Duration.ZERO,
        Optional.of(json("{\"node\":\"TRACK\"}")),
        Optional.empty(),
        List.of(),
        List.of(),
        Map.of());
  }

  static InvocationRecord succeeded(InvocationRecord started) {
    return ended(
        started, State.SUCCEEDED, Optional.empty(), Optional.of(json("{\"status\":true}")));
  }

  static InvocationRecord failed(InvocationRecord started, FailureReason reason) {
    var failure =
        new Failure(reason, "it failed", Optional.of("Traceback\n  line 3"), Optional.of(3));
    return ended(started, State.FAILED, Optional.of(failure), Optional.empty());
  }

  private static InvocationRecord ended(
      InvocationRecord started, State state, Optional<Failure> failure, Optional<JsonNode> output) {
    return new InvocationRecord(
        started.invocationId(),
        started.bot(),
        started.node(),
        started.type(),
        started.origin(),
        started.environment(),
        started.version(),
        started.message(),
        state,
        failure,
        started.startedAt(),
        Duration.ofMillis(250),
        started.input(),
        output,
        List.of(
            new LogLine("INFO", "root", "a\nb", NOON),
            new LogLine("ERROR", "stderr", "", NOON.plusMillis(1))),
        List.of(
            new EgressAttempt(
                NOON,
                Optional.of("api.acme.example"),
                Optional.empty(),
                443,
                false,
                0,
                0,
                Duration.ofNanos(1_234_567))),
        Map.of("run", 12.5));
  }
}
