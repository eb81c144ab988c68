package io.patchbay.executor;

import java.time.Duration;
import java.util.List;

/** Runs builders' Python, each call in a fresh process in a box. Safe for use by many threads. */
public interface Executor extends AutoCloseable {
  /** Blocks until the call has an outcome, by the deadline at the latest. Never throws for it. */
  Execution run(CodeCall call);

  /** Compiles without running, in the box. Empty when the source is fine. */
  List<SourceProblem> check(String source);

  Status status();

  /**
   * Refuses all calls from now on and waits for those that run.
   *
   * @return false if some were still running in the end
   */
  default boolean drain(Duration patience) {
    return true;
  }

  /** Ends every process that was started, idempotent. */
  @Override
  void close();

  /**
   * @param line 1-based, 0 where there is none
   * @param column 1-based, 0 where there is none
   */
  record SourceProblem(int line, int column, String message) {}

  /**
   * @param available whether calls can run
   * @param level what contains them, such as {@code user namespaces}; or why nothing can run
   * @param python version and path of the interpreter
   */
  record Status(boolean available, String level, String python) {}
}
