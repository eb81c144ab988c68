package io.patchbay.executor.hostile;

import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Outcome.Returned;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Code that means harm, and what must come of it.
 *
 * @param name of its file, without the ending
 * @param about what it tries, in one sentence
 * @param expected what {@link #summary} of the execution must match at each level
 * @param opened the services that its bot may connect to
 * @param source as a builder would write it
 */
record HostileCase(
    String name,
    String about,
    Map<BoxLevel, Pattern> expected,
    Duration limit,
    Set<Surroundings.Service> opened,
    String source) {

  boolean isContained(Execution execution, BoxLevel level) {
    return Objects.requireNonNull(expected.get(level)).matcher(summary(execution)).matches();
  }

  /** {@code RETURNED json} or {@code REASON message}. */
  static String summary(Execution execution) {
    return switch (execution.outcome()) {
      case Returned(String json) -> "RETURNED " + json;
      case Failed failed -> failed.reason() + " " + failed.message();
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
