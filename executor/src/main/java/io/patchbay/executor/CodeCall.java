package io.patchbay.executor;

import io.patchbay.executor.egress.EgressPolicy;
import java.time.Instant;

/**
 * One call of a builder's {@code main(event, context)}.
 *
 * @param invocationId unique; {@code context.aws_request_id}
 * @param event the event as JSON text: an object with the string {@code body}
 * @param deadline after it nothing of the call runs any more; time in the queue counts
 */
public record CodeCall(String invocationId, Code code, String event, Instant deadline) {
  /** A call that may connect to nothing. */
  public CodeCall(
      String invocationId,
      String functionName,
      String source,
      String event,
      Instant deadline,
      long memory) {
    this(invocationId, new Code(functionName, source, memory), event, deadline);
  }

  public CodeCall(
      String invocationId,
      String functionName,
      String source,
      String event,
      Instant deadline,
      long memory,
      EgressPolicy egress) {
    this(invocationId, new Code(functionName, source, memory).withEgress(egress), event, deadline);
  }
}
