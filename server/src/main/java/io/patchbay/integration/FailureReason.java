package io.patchbay.integration;

import java.util.Locale;
import java.util.Optional;

/** Why an invocation failed: one closed list for both types of integration. */
public enum FailureReason {
  SYNTAX_ERROR,
  IMPORT_ERROR,
  EXCEPTION,
  TIMEOUT,
  OUT_OF_MEMORY,
  KILLED,
  NO_RESULT,
  RESULT_TOO_LARGE,
  BAD_RESULT,
  NO_RULE_MATCHED,
  DNS_FAILED,
  CONNECT_FAILED,
  TLS_FAILED,
  BAD_STATUS,
  BAD_CONTENT,
  RESPONSE_TOO_LARGE,
  INSECURE_URL,
  EGRESS_DENIED,
  CIRCUIT_OPEN,
  SANDBOX_UNAVAILABLE,
  OVERLOADED,
  INTERRUPTED;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<FailureReason> of(String wire) {
    for (FailureReason reason : values()) {
      if (reason.wire().equals(wire)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
