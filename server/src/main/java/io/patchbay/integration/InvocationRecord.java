package io.patchbay.integration;

import io.patchbay.bot.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One invocation as it is kept: no secret value is in it.
 *
 * @param type {@code code} or {@code api}
 * @param version the deployed bot version; empty for a draft
 * @param message the chat message behind it; empty for a test invocation
 * @param input the payload without secrets
 * @param output the reply's body, masked; empty unless succeeded
 * @param measures milliseconds by phase, and the values that {@link Measures} names
 */
public record InvocationRecord(
    String invocationId,
    String bot,
    String node,
    String type,
    Origin origin,
    Optional<Environment> environment,
    Optional<String> version,
    Optional<MessageRef> message,
    State state,
    Optional<Failure> failure,
    Instant startedAt,
    Duration duration,
    Optional<JsonNode> input,
    Optional<JsonNode> output,
    List<LogLine> logs,
    List<EgressAttempt> egress,
    Map<String, Double> measures) {
  public InvocationRecord {
    logs = List.copyOf(logs);
    egress = List.copyOf(egress);
  }

  /** Where an invocation came from; the wire has the names in upper case. */
  public enum Origin {
    CHAT,
    TEST
  }

  /** How far it came; the last three are the wire's outcomes, in lower case. */
  public enum State {
    STARTED,
    SUCCEEDED,
    FAILED,
    INTERRUPTED;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The chat message that caused an invocation, enough to answer a retry after a crash.
   *
   * @param messageHash of the content, to tell a retry from another message under the same id
   */
  public record MessageRef(
      String turnId,
      String authId,
      int conversationNo,
      Optional<String> messageId,
      String messageHash) {}
}
