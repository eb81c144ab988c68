package io.patchbay.executor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What came of a call, with all that was seen of it. */
public record Execution(
    Outcome outcome,
    List<LogRecord> logs,
    List<ConnectAttempt> connects,
    Timing timing,
    Usage usage,
    Optional<Freshness> freshness) {
  public Execution {
    logs = List.copyOf(logs);
    connects = List.copyOf(connects);
  }

  /** Of a call that had no process, or where it is not told. */
  public Execution(
      Outcome outcome,
      List<LogRecord> logs,
      List<ConnectAttempt> connects,
      Timing timing,
      Usage usage) {
    this(outcome, logs, connects, timing, usage, Optional.empty());
  }

  /**
   * What lay between this call and the one before in its process.
   *
   * @param restore how long the process had been put back before this call; zero where it was new
   * @param restoredPages of memory that were written back then
   */
  public record Freshness(Isolation isolation, Duration restore, int restoredPages) {
    public Freshness(Isolation isolation) {
      this(isolation, Duration.ZERO, 0);
    }
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
   * @param traffic empty where nothing was connected, or it was not counted
   */
  public record ConnectAttempt(
      Instant time,
      Optional<String> name,
      Optional<String> address,
      int port,
      boolean allowed,
      Optional<Traffic> traffic) {}

  /**
   * What went over a connection, in bytes of TCP payload: with TLS, the encrypted ones.
   *
   * @param bytesOut sent by the code, repeated ones once
   * @param bytesIn that came in, read or not
   * @param duration from the start of connecting until it was closed, or the call ended; it may be
   *     told up to 0.2 seconds too long
   */
  public record Traffic(long bytesOut, long bytesIn, Duration duration) {}

  /**
   * @param queue waiting for a place
   * @param start until the process was ready to run the builder's code
   * @param run the builder's code
   */
  public record Timing(Duration queue, Duration start, Duration run) {}

  /**
   * What the call has taken of the machine, as far as it is known.
   *
   * @param cpu processor time of all its threads
   * @param peakMemory bytes that its process had in memory at once, the interpreter's included
   * @param bytesOut sent over all connections that were counted, see {@link Traffic}
   */
  public record Usage(
      Optional<Duration> cpu, OptionalLong peakMemory, long bytesOut, long bytesIn) {
    public static final Usage NONE = new Usage(Optional.empty(), OptionalLong.empty(), 0, 0);

    /** The same, with what went over connections. */
    public Usage over(long bytesSent, long bytesReceived) {
      return new Usage(cpu, peakMemory, bytesSent, bytesReceived);
    }
  }
}
