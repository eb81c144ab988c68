package io.patchbay.integration;

import io.patchbay.hsl.BotResponse;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * An invocation that has ended.
 *
 * @param record what is kept of it, secrets masked
 * @param exchange makes what an API was sent and answered into text, secrets masked; empty for code
 *     and where no request was made ready
 */
public record Invoked(
    Outcome outcome, InvocationRecord record, Supplier<Optional<Exchange>> exchange) {
  /** How it ended. */
  public sealed interface Outcome {
    /**
     * @param output the reply's body with secrets masked, since it goes to the user
     */
    record Succeeded(ObjectNode output, DetailsUpdate details, Next next) implements Outcome {}

    record Failed(Failure failure) implements Outcome {}
  }

  /** Where the reply comes from (contract K1). */
  public sealed interface Next {
    /** Second generation: a rule over the output chose this node, which renders. */
    record Chosen(String node) implements Next {}

    /** First generation: the output's {@code response} is the reply. */
    record Responds(BotResponse response) implements Next {}

    /** No rules and no response: the node's own bot says render over the output. */
    record OwnSays() implements Next {}
  }
}
