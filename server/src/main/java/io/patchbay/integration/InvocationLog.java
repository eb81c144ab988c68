package io.patchbay.integration;

import io.patchbay.bot.Environment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps invocations. Finished ones of a chat turn are written by the turn's own commit. */
public interface InvocationLog {
  /** Writes a row that survives the death of this process when it returns. */
  void start(InvocationRecord started);

  /** Completes the row of a test invocation. */
  void finish(InvocationRecord finished);

  Optional<InvocationRecord> find(String invocationId);

  /** Newest first; the records come without payload, logs and egress. */
  Page list(Filter filter, Optional<String> cursor, int limit);

  /** Turns every row that is still started into {@code interrupted}; called once at start. */
  int interruptLeftovers(Instant now);

  /** Every part that is empty lets all through. */
  record Filter(
      String bot,
      Optional<String> node,
      Optional<String> outcome,
      Optional<FailureReason> reason,
      Optional<InvocationRecord.Origin> origin,
      Optional<Environment> environment,
      Optional<Instant> since) {}

  record Page(List<InvocationRecord> items, Optional<String> nextCursor) {}
}
