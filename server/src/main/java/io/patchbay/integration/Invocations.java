package io.patchbay.integration;

import io.patchbay.base.Hashes;
import io.patchbay.base.Ids;
import io.patchbay.base.Json;
import io.patchbay.bot.Bot;
import io.patchbay.bot.Environment;
import io.patchbay.bot.Integration;
import io.patchbay.bot.Node;
import io.patchbay.executor.work.Budget;
import io.patchbay.executor.work.Busy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs integrations: records the start, builds the payload, holds the deadline, classifies what
 * came back, masks secrets. Safe for use by many threads.
 */
public final class Invocations {
  /** Steps of masking, classifying and recording what came back, by character. */
  private static final int FINISHING = 3;

  private static final Invoker.Result NOT_BEGUN =
      overloaded("the server had too much to work on in time, so nothing was run");

  private final Invokers invokers;
  private final InvocationLog log;
  private final InvocationObserver observer;
  private final Classifier classifier;
  private final Ids ids;
  private final Clock clock;
  private final SecretMasks masks = new SecretMasks();

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

  /**
   * Runs one integration to its end; the caller keeps the finished record. Where the server is too
   * busy for what is large in it, that is how it failed.
   */
  public Invoked invoke(Request request) {
    Prepared prepared = Prepared.of(request, masks);
    InvocationRecord started = started(request, prepared);
    log.start(started);
    try (Following following = observer.starts(started)) {
      Invoker.Reply reply = call(request, prepared, started, following);
      Invoked invoked = finish(request.node(), prepared.mask(), started, reply);
      observer.finished(invoked.record());
      return invoked;
    }
  }

  /** Masked, classified and recorded in one piece of work. */
  private Invoked finish(
      Node node, SecretMask mask, InvocationRecord started, Invoker.Reply reply) {
    var masking = new Masking(mask, output -> classifier.classify(node, output));
    Instant endedAt = clock.instant();
    try {
      return Budget.spend(
          FINISHING * Masking.size(reply), () -> masking.invoked(started, reply, endedAt));
    } catch (Busy noRoom) {
      return masking.invoked(started, tooLate(reply), endedAt);
    }
  }

  /** What failed anyhow is told as it failed. */
  private static Invoker.Reply tooLate(Invoker.Reply reply) {
    return switch (reply.result()) {
      case Invoker.Result.Failed _ -> reply;
      case Invoker.Result.Succeeded _ ->
          new Invoker.Reply(
              overloaded("it has run, but the server had too much to work on to read its result"),
              reply.logs(),
              reply.egress(),
              reply.measures(),
              reply.exchange());
    };
  }

  private static Invoker.Result overloaded(String message) {
    return new Invoker.Result.Failed(new Failure(FailureReason.OVERLOADED, message));
  }

  private InvocationRecord started(Request request, Prepared prepared) {
    return new InvocationRecord(
        ids.next("inv"),
        request.bot().bot(),
        request.node().name(),
        request.node().integration().orElseThrow().kind(),
        request.origin(),
        Optional.of(request.environment()),
        request.version(),
        request.message(),
        InvocationRecord.State.STARTED,
        Optional.empty(),
        clock.instant(),
        Duration.ZERO,
        prepared.input(),
        Optional.empty(),
        List.of(),
        List.of(),
        Map.of());
  }

  private Invoker.Reply call(
      Request request, Prepared prepared, InvocationRecord started, Following following) {
    var nothing = new Invoker.Reply(NOT_BEGUN, List.of(), List.of(), Map.of());
    if (prepared.input().isEmpty()) {
      return nothing;
    }
    try {
      return switch (request.node().integration().orElseThrow()) {
        case Integration.Code c ->
            invokers.code.invoke(call(request, prepared, c, started, following.traceparent()));
        case Integration.Api a ->
            invokers.api.invoke(call(request, prepared, a, started, following.traceparent()));
      };
    } catch (Busy noRoom) {
      return nothing;
    }
  }

  private <I extends Integration> Invoker.Call<I> call(
      Request request,
      Prepared prepared,
      I integration,
      InvocationRecord started,
      Optional<String> traceparent) {
    Bot.Limits limits = request.bot().limits();
    Duration timeout =
        integration
            .timeout()
            .orElse(
                switch (integration) {
                  case Integration.Code _ -> limits.codeTimeout();
                  case Integration.Api _ -> limits.apiTimeout();
                });
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
        prepared.mask(),
        prepared.body(),
        timeout,
        begun.plus(timeout),
        traceparent);
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
