package io.patchbay.authoring;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import io.patchbay.base.Refusal;
import io.patchbay.base.Secret;
import io.patchbay.bot.Bot;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Environment;
import io.patchbay.bot.Node;
import io.patchbay.hsl.HslElement;
import io.patchbay.hsl.ReplyRoom;
import io.patchbay.hsl.ReplyTooLarge;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationJson;
import io.patchbay.integration.InvocationLog;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.Invocations;
import io.patchbay.integration.Invoked;
import io.patchbay.integration.Payload;
import io.patchbay.integration.SayRenderer;
import io.patchbay.integration.Source;
import io.patchbay.integration.UserProfile;
import io.patchbay.integration.Variables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs a draft's integration on a sample input with the staging values (contract A13, K6, K27): it
 * shows what would be said and stored, and stores nothing but the invocation.
 */
final class TestInvocation {
  private static final List<String> OBJECTS =
      List.of(
          "user", "user_data", "entities", "conversation_details", "user_details", "env_variables");

  private final Invocations invocations;
  private final InvocationLog log;
  private final SayRenderer renderer;

  TestInvocation(Invocations invocations, InvocationLog log, SayRenderer renderer) {
    this.invocations = invocations;
    this.log = log;
    this.renderer = renderer;
  }

  ObjectNode run(
      Bot bot,
      Node node,
      Optional<Source> source,
      List<BotStore.StoredVariable> variables,
      JsonNode input) {
    List<Problem> problems = problems(input);
    if (!(input instanceof ObjectNode given) || !problems.isEmpty()) {
      throw new Refusal(ErrorCode.INVALID_CONTENT, "The input is no payload", problems);
    }
    ObjectNode payload = payload(bot, node, given);
    Invoked invoked =
        invocations.invoke(
            new Invocations.Request(
                bot,
                node,
                Optional.empty(),
                Environment.STAGING,
                InvocationRecord.Origin.TEST,
                Optional.empty(),
                source,
                overlaid(
                    Variables.of(bot, variables, Environment.STAGING), given.get("env_variables")),
                payload,
                0));
    log.finish(invoked.record());
    return answer(bot, node, payload, invoked);
  }

  /** What makes an input no payload; empty for one that can be run. */
  static List<Problem> problems(JsonNode input) {
    if (!(input instanceof ObjectNode given)) {
      return List.of(new Problem("input", "must be a JSON object"));
    }
    return Stream.concat(
            OBJECTS.stream()
                .filter(key -> given.has(key) && !given.get(key).isObject())
                .map(key -> new Problem("input." + key, "must be a JSON object")),
            values(given.path("env_variables")))
        .toList();
  }

  private static Stream<Problem> values(JsonNode variables) {
    String place = "input.env_variables";
    Stream<Problem> each =
        variables
            .propertyStream()
            .flatMap(e -> problem(e.getValue()).map(p -> new Problem(place + "." + e.getKey(), p)));
    long all = variables.valueStream().mapToLong(value -> value.asString("").length()).sum();
    Stream<Problem> together =
        Stream.of("its values have %d characters together, the limit is %d")
            .filter(_ -> all > VariableDesk.MAX_VALUES)
            .map(text -> new Problem(place, text.formatted(all, VariableDesk.MAX_VALUES)));
    return Stream.concat(each, together);
  }

  private static Stream<String> problem(JsonNode value) {
    if (value.isContainer()) {
      return Stream.of("must be a text");
    }
    return value.asString("").length() > VariableDesk.MAX_VALUE
        ? Stream.of("has more than " + VariableDesk.MAX_VALUE + " characters")
        : Stream.of();
  }

  /** What the input lacks takes the documented defaults; what it has beside them stays. */
  private static ObjectNode payload(Bot bot, Node node, ObjectNode given) {
    UserProfile guest =
        new UserProfile(
            "dGVzdC11c2Vy",
            "test-user",
            UserProfile.GUEST,
            UserProfile.BOT_API,
            "en",
            "",
            "",
            "",
            "");
    ObjectNode payload =
        Payload.of(
            node.name(),
            guest,
            1,
            Json.object(),
            Payload.defaultUserDetails(),
            Payload.entities(bot.entities().keySet(), Json.object()));
    JsonNode user = given.has("user") ? given.get("user") : given.get("user_data");
    given
        .propertyStream()
        .filter(e -> !List.of("user", "user_data", "env_variables").contains(e.getKey()))
        .forEach(e -> merge(payload, e.getKey(), e.getValue()));
    if (user != null) {
      merge(payload, "user", user);
    }
    return payload;
  }

  /** User and entities are merged key by key, everything else is replaced. */
  private static void merge(ObjectNode payload, String key, JsonNode value) {
    boolean byKey = key.equals("user") || key.equals("entities");
    if (byKey && value instanceof ObjectNode given && payload.get(key) instanceof ObjectNode base) {
      base.setAll(given);
    } else {
      payload.set(key, value);
    }
  }

  private static Variables overlaid(Variables staging, @Nullable JsonNode given) {
    if (!(given instanceof ObjectNode values)) {
      return staging;
    }
    Map<String, Secret> open = new LinkedHashMap<>(staging.open());
    Map<String, Secret> secret = new LinkedHashMap<>(staging.secret());
    values
        .propertyStream()
        .forEach(e ->
            (secret.containsKey(e.getKey()) ? secret : open)
                .put(e.getKey(), new Secret(e.getValue().asString())));
    return new Variables(open, secret);
  }

  private ObjectNode answer(Bot bot, Node node, ObjectNode payload, Invoked invoked) {
    InvocationRecord record = invoked.record();
    ObjectNode answer =
        Json.object()
            .put("invocation_id", record.invocationId())
            .put("outcome", record.state().wire());
    InvocationJson.addResult(answer, record);
    invoked.exchange().get().ifPresent(e -> answer.set("exchange", InvocationJson.exchange(e)));
    if (invoked.outcome() instanceof Invoked.Outcome.Succeeded succeeded) {
      addReply(answer, bot, node, payload, succeeded);
    }
    return answer
        .put("started_at", InvocationJson.time(record.startedAt()))
        .put("duration_ms", InvocationJson.millis(record.duration()));
  }

  private void addReply(
      ObjectNode answer,
      Bot bot,
      Node node,
      ObjectNode payload,
      Invoked.Outcome.Succeeded succeeded) {
    String language = payload.path("user").path("language_code").asString("en");
    var scope =
        new SayRenderer.Scope(
            language, bot.language(), succeeded.output(), Map.of(), new ReplyRoom());
    try {
      var said = Json.array();
      response(bot, node, succeeded, scope).forEach(e -> said.add(e.json()));
      answer.set("response", said);
    } catch (ReplyTooLarge e) {
      // The integration succeeded, and so its record says; its answer in a chat would be a break.
      answer.put("outcome", InvocationRecord.State.FAILED.wire());
      answer
          .putObject("error")
          .put("reason", FailureReason.RESULT_TOO_LARGE.wire())
          .put("message", e.sentence());
      return;
    }
    succeeded.details().conversation().ifPresent(d -> answer.set("conversation_details", d));
    succeeded.details().user().ifPresent(d -> answer.set("user_details", d));
    if (succeeded.next() instanceof Invoked.Next.Chosen(String to)) {
      answer.put("next_node", to);
    }
  }

  private List<HslElement> response(
      Bot bot, Node node, Invoked.Outcome.Succeeded succeeded, SayRenderer.Scope scope) {
    var integration = node.integration().orElseThrow();
    List<HslElement> said =
        new ArrayList<>(renderer.render(integration.responseBefore(), "response_before", scope));
    said.addAll(
        switch (succeeded.next()) {
          case Invoked.Next.Responds(var response) -> {
            scope.room().begin("response");
            response.elements().forEach(scope.room()::add);
            yield response.elements();
          }
          case Invoked.Next.OwnSays _ -> renderer.render(node.botSays(), "bot_says", scope);
          case Invoked.Next.Chosen(String to) ->
              bot.activeNode(to)
                  .map(target -> renderer.render(target.botSays(), to + ".bot_says", scope))
                  .orElseGet(List::of);
        });
    said.addAll(renderer.render(integration.responseAfter(), "response_after", scope));
    return said;
  }
}
