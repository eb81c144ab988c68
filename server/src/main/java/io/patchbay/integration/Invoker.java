package io.patchbay.integration;

import io.patchbay.base.Secret;
import io.patchbay.bot.Bot;
import io.patchbay.bot.Environment;
import io.patchbay.bot.Integration;
import io.patchbay.bot.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries one payload to an integration and brings the output back. Never throws for what the
 * outside does: every such case is a {@link Result.Failed}. Returns by the deadline, give or take
 * the time that it takes to kill what runs.
 *
 * @param <I> the type of integration that it serves
 */
public interface Invoker<I extends Integration> {
  Reply invoke(Call<I> call);

  /**
   * @param invocationId unique; goes out as the delivery id
   * @param idempotencyKey the same for every try of the same chat message at this node
   * @param node of the bot; its integration is {@code integration}
   * @param source for code; empty for an API or where no code was saved
   * @param variables values of this environment, secrets included
   * @param mask of the secrets among the variables, the one that signs included
   * @param body the payload for this type of integration, compact JSON, contract C1
   * @param deadline when the answer must be there; nothing may go on after it
   * @param traceparent W3C trace context of this invocation, where it is traced
   */
  record Call<I extends Integration>(
      String invocationId,
      String idempotencyKey,
      Bot bot,
      Node node,
      I integration,
      Environment environment,
      Optional<Source> source,
      Map<String, Secret> variables,
      SecretMask mask,
      String body,
      Duration timeout,
      Instant deadline,
      Optional<String> traceparent) {
    /** One that is not traced. */
    public Call(
        String invocationId,
        String idempotencyKey,
        Bot bot,
        Node node,
        I integration,
        Environment environment,
        Optional<Source> source,
        Map<String, Secret> variables,
        SecretMask mask,
        String body,
        Duration timeout,
        Instant deadline) {
      this(
          invocationId,
          idempotencyKey,
          bot,
          node,
          integration,
          environment,
          source,
          variables,
          mask,
          body,
          timeout,
          deadline,
          Optional.empty());
    }
  }

  /**
   * What came of a call.
   *
   * @param logs in order, already capped
   * @param egress in order
   * @param measures milliseconds by phase, such as {@code queue_ms} or {@code wait}, and the values
   *     that {@link Measures} names
   * @param exchange makes what was sent and received into text, without secrets; empty where there
   *     is no such thing
   */
  record Reply(
      Result result,
      List<LogLine> logs,
      List<EgressAttempt> egress,
      Map<String, Double> measures,
      Supplier<Optional<Exchange>> exchange) {
    public Reply {
      logs = List.copyOf(logs);
      egress = List.copyOf(egress);
    }

    /** One without an exchange. */
    public Reply(
        Result result,
        List<LogLine> logs,
        List<EgressAttempt> egress,
        Map<String, Double> measures) {
      this(result, logs, egress, measures, Optional::empty);
    }
  }

  /** Succeeded with the reply's body as a JSON object, or failed. */
  sealed interface Result {
    record Succeeded(ObjectNode output) implements Result {}

    record Failed(Failure failure) implements Result {}
  }
}
