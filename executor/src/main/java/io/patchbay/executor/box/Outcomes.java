package io.patchbay.executor.box;

import io.patchbay.executor.Execution.Outcome;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.frame.Frame;
import io.patchbay.executor.frame.FrameException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a failed call is told as. */
final class Outcomes {
  private Outcomes() {}

  static Outcome failed(Frame.Failure failure) {
    return new Failed(
        reason(failure.reason()),
        failure.message(),
        failure.traceback().isEmpty() ? Optional.empty() : Optional.of(failure.traceback()),
        failure.line() == 0 ? Optional.empty() : Optional.of(failure.line()));
  }

  /** A process may only blame its own code. */
  private static Reason reason(String name) {
    return switch (name) {
      case "SYNTAX_ERROR" -> Reason.SYNTAX_ERROR;
      case "IMPORT_ERROR" -> Reason.IMPORT_ERROR;
      case "OUT_OF_MEMORY" -> Reason.OUT_OF_MEMORY;
      case "BAD_RESULT" -> Reason.BAD_RESULT;
      case "RESULT_TOO_LARGE" -> Reason.RESULT_TOO_LARGE;
      default -> Reason.EXCEPTION;
    };
  }

  /** It said what a process must not say. */
  static Outcome refused(FrameException problem) {
    String text = String.valueOf(problem.getMessage());
    return switch (problem.kind()) {
      case VIOLATION ->
          new Failed(Reason.KILLED, "The code wrote to the connection of its own process: " + text);
      case RESULT_TOO_LARGE -> new Failed(Reason.RESULT_TOO_LARGE, text);
      case BAD_RESULT -> new Failed(Reason.BAD_RESULT, text);
      case NO_ROOM -> new Failed(Reason.OVERLOADED, text);
    };
  }

  /**
   * It ended without an answer.
   *
   * @param end what the launcher said of it, if it said anything
   */
  static Outcome ofEnd(Frame.@Nullable Ended end) {
    if (end == null) {
      return new Failed(Reason.KILLED, "The process of the call ended without a trace");
    }
    if (!end.entered()) {
      return new Failed(Reason.SANDBOX_UNAVAILABLE, "The process of the call could not be made");
    }
    return end.bySignal()
        ? new Failed(Reason.KILLED, "The process was killed by " + Signals.name(end.code()))
        : new Failed(
            Reason.NO_RESULT,
            "The process ended with exit code " + end.code() + " before main had returned");
  }
}
