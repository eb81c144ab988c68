package io.patchbay.integration;

import io.patchbay.bot.Connection;
import io.patchbay.bot.Node;
import io.patchbay.hsl.BotResponse;
import io.patchbay.hsl.ReplyTooLarge;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decides what an output means for its node (contract K1, K2, K11, K13). */
final class Classifier {
  private final DetailsUpdate.Limits limits;

  Classifier(DetailsUpdate.Limits limits) {
    this.limits = limits;
  }

  Invoked.Outcome classify(Node node, ObjectNode output) {
    DetailsUpdate details = DetailsUpdate.read(output, limits);
    if (!node.rules().isEmpty()) {
      return rule(node, output)
          .<Invoked.Outcome>map(
              to -> new Invoked.Outcome.Succeeded(output, details, new Invoked.Next.Chosen(to)))
          .orElseGet(() -> failed(FailureReason.NO_RULE_MATCHED, "no rule of the node matched"));
    }
    JsonNode response = output.get("response");
    if (response != null && !isEmpty(response)) {
      return responds(output, details, response);
    }
    return node.botSays().isEmpty()
        ? failed(
            FailureReason.NO_RESULT,
            "the reply has no response, and the node has neither rules nor bot says")
        : new Invoked.Outcome.Succeeded(output, details, new Invoked.Next.OwnSays());
  }

  private static Invoked.Outcome responds(
      ObjectNode output, DetailsUpdate details, JsonNode response) {
    try {
      return new Invoked.Outcome.Succeeded(
          output, details, new Invoked.Next.Responds(BotResponse.read(response)));
    } catch (ReplyTooLarge e) {
      return failed(FailureReason.RESULT_TOO_LARGE, e.sentence());
    }
  }

  /** The first rule that holds; a connection with only {@code to} comes last wherever it stands. */
  private static Optional<String> rule(Node node, ObjectNode output) {
    Optional<String> conditional =
        node.rules().stream()
            .filter(c ->
                c.trigger() instanceof Connection.Trigger.When when
                    && when.condition().holds(output))
            .map(Connection::to)
            .findFirst();
    return conditional.or(() ->
        node.rules().stream()
            .filter(c -> c.trigger() instanceof Connection.Trigger.Always)
            .map(Connection::to)
            .findFirst());
  }

  private static boolean isEmpty(JsonNode response) {
    return response.isNull()
        || (response.isArray() && response.isEmpty())
        || (response.isString() && response.asString().isEmpty());
  }

  private static Invoked.Outcome failed(FailureReason reason, String message) {
    return new Invoked.Outcome.Failed(new Failure(reason, message));
  }
}
