package io.patchbay.integration;

import java.util.Optional;

/**
 * What is known of a failed invocation.
 *
 * @param message one sentence for the builder
 * @param traceback Python traceback with the builder's frames, for code
 * @param line 1-based line of the builder's source that failed, for code
 */
public record Failure(
    FailureReason reason, String message, Optional<String> traceback, Optional<Integer> line) {
  public Failure(FailureReason reason, String message) {
    this(reason, message, Optional.empty(), Optional.empty());
  }
}
