package io.patchbay.executor;

import io.patchbay.executor.egress.EgressPolicy;
import java.time.Instant;
import java.util.Optional;

/**
 * One call of a builder's {@code main(event, context)}.
 *
 * @param invocationId unique; {@code context.aws_request_id}
 * @param functionName {@code context.function_name}: the node
 * @param source UTF-8 Python source, at most {@link Limits#MAX_SOURCE} bytes
 * @param event the event as JSON text: an object with the string {@code body}
 * @param deadline after it nothing of the call runs any more; time in the queue counts
 * @param memory bytes that the call may use
 * @param egress what it may connect to
 * @param packages name of the package set that it imports from, if any
 */
public record CodeCall(
    String invocationId,
    String functionName,
    String source,
    String event,
    Instant deadline,
    long memory,
    EgressPolicy egress,
    Optional<String> packages) {
  /** A call with the packages of the machine only. */
  public CodeCall(
      String invocationId,
      String functionName,
      String source,
      String event,
      Instant deadline,
      long memory,
      EgressPolicy egress) {
    this(invocationId, functionName, source, event, deadline, memory, egress, Optional.empty());
  }

  /** A call that may connect to nothing. */
  public CodeCall(
      String invocationId,
      String functionName,
      String source,
      String event,
      Instant deadline,
      long memory) {
    this(invocationId, functionName, source, event, deadline, memory, EgressPolicy.closed());
  }
}
