package io.patchbay.integration;

import io.patchbay.bot.Condition;
import io.patchbay.bot.Connection;
import io.patchbay.bot.Node;
import io.patchbay.bot.RuleEffort;
import io.patchbay.executor.work.Budget;
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
      return switch (ruled(node, output)) {
        case Ruled.To(String to) ->
            new Invoked.Outcome.Succeeded(output, details, new Invoked.Next.Chosen(to));
        case Ruled.Nowhere _ ->
            failed(FailureReason.NO_RULE_MATCHED, "no rule of the node matched");
        case Ruled.TooCostly(int connection) ->
            failed(
                FailureReason.RESULT_TOO_LARGE,
                "the rules compare too much of an output as large as this; see nodes.%s.connections[%d].when"
                    .formatted(node.name(), connection));
      };
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

  /** Where the rules of a node lead. */
  private sealed interface Ruled {
    record To(String node) implements Ruled {}

    record Nowhere() implements Ruled {}

    /**
     * @param connection at which the effort was exhausted
     */
    record TooCostly(int connection) implements Ruled {}
  }

  /** Most outputs are small; what is not is compared again, away from the request's thread. */
  private static Ruled ruled(Node node, ObjectNode output) {
    Ruled first = rule(node, output, new RuleEffort(Budget.SMALL));
    return first instanceof Ruled.TooCostly
        ? Budget.spend(RuleEffort.MOST, () -> rule(node, output, new RuleEffort(RuleEffort.MOST)))
        : first;
  }

  /** The first rule that holds; a connection with only {@code to} comes last wherever it stands. */
  private static Ruled rule(Node node, ObjectNode output, RuleEffort effort) {
    Optional<String> always = Optional.empty();
    for (int i = 0; i < node.connections().size(); i++) {
      Connection connection = node.connections().get(i);
      boolean holds =
          connection.trigger() instanceof Connection.Trigger.When(Condition condition)
              && condition.holds(output, effort);
      if (effort.exhausted()) {
        return new Ruled.TooCostly(i);
      }
      if (holds) {
        return new Ruled.To(connection.to());
      }
      if (connection.trigger() instanceof Connection.Trigger.Always) {
        always = always.or(() -> Optional.of(connection.to()));
      }
    }
    return always.<Ruled>map(Ruled.To::new).orElseGet(Ruled.Nowhere::new);
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
