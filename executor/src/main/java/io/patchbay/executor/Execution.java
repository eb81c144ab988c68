package io.patchbay.executor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What came of a call, with all that was seen of it. */
public record Execution(
    Outcome outcome, List<LogRecord> logs, List<ConnectAttempt> connects, Timing timing) {
  public Execution {
    logs = List.copyOf(logs);
    connects = List.copyOf(connects);
  }

  /** How a call ended. */
  public sealed interface Outcome {
    /**
     * @param value what {@code main} returned, as strict JSON text
     */
    record Returned(String value) implements Outcome {}

    /**
     * @param message one sentence for the builder
     * @param traceback the builder's frames only
     * @param line 1-based line of the builder's source
     */
    record Failed(Reason reason, String message, Optional<String> traceback, Optional<Integer> line)
        implements Outcome {
      public Failed(Reason reason, String message) {
        this(reason, message, Optional.empty(), Optional.empty());
      }
    }
  }

  /** Why a call did not return. */
  public enum Reason {
    SYNTAX_ERROR,
    IMPORT_ERROR,
    EXCEPTION,
    TIMEOUT,
    OUT_OF_MEMORY,
    KILLED,
    NO_RESULT,
    RESULT_TOO_LARGE,
    BAD_RESULT,
    SANDBOX_UNAVAILABLE,
    OVERLOADED,
    INTERRUPTED
  }

  /**
   * @param level {@code DEBUG INFO WARNING ERROR CRITICAL}
   * @param logger name of the Python logger; {@code stdout} or {@code stderr} for printed lines
   */
  public record LogRecord(String level, String logger, String message, Instant time) {}

  /**
   * A connection that the code tried to make.
   *
   * @param name host name that was asked for, if any
   * @param address empty when a name was asked and not resolved
   * @param port 0 when a name was asked and not resolved
   * @param allowed whether the policy let it pass; not whether somebody answered
   */
  public record ConnectAttempt(
      Instant time, Optional<String> name, Optional<String> address, int port, boolean allowed) {}

  /**
   * @param queue waiting for a place
   * @param start until the process was ready to run the builder's code
   * @param run the builder's code
   */
  public record Timing(Duration queue, Duration start, Duration run) {}
}
