package io.patchbay.integration;

import io.patchbay.base.Hashes;
import io.patchbay.base.Ids;
import io.patchbay.base.Json;
import io.patchbay.bot.Bot;
import io.patchbay.bot.Environment;
import io.patchbay.bot.Integration;
import io.patchbay.bot.Node;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs integrations: records the start, builds the payload, holds the deadline, classifies what
 * came back, masks secrets. Safe for use by many threads.
 */
public final class Invocations {
  private final Invokers invokers;
  private final InvocationLog log;
  private final InvocationObserver observer;
  private final Classifier classifier;
  private final Ids ids;
  private final Clock clock;

  public Invocations(
      Invokers invokers,
      InvocationLog log,
      InvocationObserver observer,
      DetailsUpdate.Limits limits,
      Ids ids,
      Clock clock) {
    this.invokers = invokers;
    this.log = log;
    this.observer = observer;
    this.classifier = new Classifier(limits);
    this.ids = ids;
    this.clock = clock;
  }

  /** One for each type of integration. */
  public record Invokers(Invoker<Integration.Code> code, Invoker<Integration.Api> api) {}

  /**
   * @param node has an integration
   * @param source of the node, where it has any
   * @param payload {@link Payload}, without {@code env_variables}; not changed any more
   * @param visit 0 for the first time that a message leads to the node, 1 for the next
   * @param origin says whether {@code message} and {@code version} are there
   */
  public record Request(
      Bot bot,
      Node node,
      Optional<String> version,
      Environment environment,
      InvocationRecord.Origin origin,
      Optional<InvocationRecord.MessageRef> message,
      Optional<Source> source,
      Variables variables,
      ObjectNode payload,
      int visit) {}

  /** Runs one integration to its end; the caller keeps the finished record. */
  public Invoked invoke(Request request) {
    Integration integration = request.node().integration().orElseThrow();
    SecretMask mask = request.variables().mask();
    InvocationRecord started = started(request, integration, mask);
    log.start(started);
    try (Following following = observer.starts(started)) {
      Invoked invoked = invoke(request, mask, started, following);
      observer.finished(invoked.record());
      return invoked;
    }
  }

  private Invoked invoke(
      Request request, SecretMask mask, InvocationRecord started, Following following) {
    Integration integration = request.node().integration().orElseThrow();
    Invoker.Reply reply = call(request, integration, started, following);
    Invoked.Outcome outcome =
        switch (reply.result()) {
          case Invoker.Result.Failed(Failure failure) -> new Invoked.Outcome.Failed(failure);
          case Invoker.Result.Succeeded(ObjectNode output) ->
              classifier.classify(request.node(), mask.mask(output));
        };
    return new Masking(mask).invoked(started, reply, outcome, clock.instant());
  }

  private InvocationRecord started(Request request, Integration integration, SecretMask mask) {
    JsonNode masked = mask.mask(input(request, false));
    return new InvocationRecord(
        ids.next("inv"),
        request.bot().bot(),
        request.node().name(),
        integration.kind(),
        request.origin(),
        Optional.of(request.environment()),
        request.version(),
        request.message(),
        InvocationRecord.State.STARTED,
        Optional.empty(),
        clock.instant(),
        Duration.ZERO,
        Optional.of(masked),
        Optional.empty(),
        List.of(),
        List.of(),
        Map.of());
  }

  private Invoker.Reply call(
      Request request, Integration integration, InvocationRecord started, Following following) {
    return switch (integration) {
      case Integration.Code c ->
          invokers.code.invoke(
              prepare(request, c, started, request.bot().limits().codeTimeout(), true, following));
      case Integration.Api a ->
          invokers.api.invoke(
              prepare(request, a, started, request.bot().limits().apiTimeout(), false, following));
    };
  }

  private <I extends Integration> Invoker.Call<I> prepare(
      Request request,
      I integration,
      InvocationRecord started,
      Duration fallback,
      boolean withSecrets,
      Following following) {
    Duration timeout = integration.timeout().orElse(fallback);
    Instant now = clock.instant();
    // Where the clock was set back while the start was written, the call gets no more than its
    // time.
    Instant begun = started.startedAt().isAfter(now) ? now : started.startedAt();
    return new Invoker.Call<>(
        started.invocationId(),
        idempotencyKey(request, started),
        request.bot(),
        request.node(),
        integration,
        request.environment(),
        request.source(),
        request.variables().all(),
        Json.write(input(request, withSecrets)),
        timeout,
        begun.plus(timeout),
        following.traceparent());
  }

  /** The payload and its variables; it shares what is in the payload, which nobody changes. */
  private static ObjectNode input(Request request, boolean withSecrets) {
    return Json.object()
        .setAll(request.payload())
        .set("env_variables", request.variables().payload(withSecrets));
  }

  /**
   * The same for a chat message that is sent again, whatever became of its first try, and another
   * for every other user, bot and environment, and for every further visit of one message to the
   * node. A hash, since it leaves the house.
   */
  private static String idempotencyKey(Request request, InvocationRecord started) {
    return request
        .message()
        .map(m -> {
          ArrayNode parts =
              Json.array()
                  .add(request.bot().bot())
                  .add(request.environment().wire())
                  .add(m.authId())
                  .add(m.messageId().orElse(m.turnId()))
                  .add(request.node().name());
          return request.visit() == 0 ? parts : parts.add(request.visit());
        })
        .map(parts -> Hashes.sha256(Json.write(parts)).substring(0, 40))
        .orElse(started.invocationId());
  }
}
