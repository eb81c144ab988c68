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

  /**
   * Newest first; the records come without payload, logs and egress. With a text or a version the
   * page is what was found among a bounded number of rows: it may hold fewer than {@code limit},
   * even none, and still have a cursor.
   */
  Page list(Filter filter, Optional<String> cursor, int limit);

  /** Turns every row that is still started into {@code interrupted}; called once at start. */
  int interruptLeftovers(Instant now);

  /**
   * Every part that is empty lets all through.
   *
   * @param version a version's name, or {@link #DRAFT}
   * @param since the first moment at which it may have started
   * @param until the first moment at which it may not have started any more
   * @param text anywhere in its id, node, user, message id, failure, traceback, input and output as
   *     compact JSON, and messages of log lines; upper and lower case of ASCII are the same
   */
  record Filter(
      String bot,
      Optional<String> node,
      Optional<String> outcome,
      Optional<FailureReason> reason,
      Optional<InvocationRecord.Origin> origin,
      Optional<Environment> environment,
      Optional<String> version,
      Optional<Instant> since,
      Optional<Instant> until,
      Optional<String> text) {
    /** In the place of a version: what ran the draft. No version is called so. */
    public static final String DRAFT = "draft";
  }

  /**
   * @param searched how many rows were looked at for it, where the filter has a text or a version
   */
  record Page(
      List<InvocationRecord> items, Optional<String> nextCursor, Optional<Integer> searched) {}
}
