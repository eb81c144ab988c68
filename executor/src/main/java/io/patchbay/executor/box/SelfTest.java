package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution.Outcome;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Outcome.Returned;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Tries from the inside what a box must refuse. A launcher that fails it is never used. */
final class SelfTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String NOTHING_OPEN = "[]";

  private final Clock clock;
  private final Requests requests;
  private final Deadlines deadlines;

  SelfTest(Clock clock, Requests requests, Deadlines deadlines) {
    this.clock = clock;
    this.requests = requests;
    this.deadlines = deadlines;
  }

  /** What is wrong with the box that listens there; empty if nothing is. */
  Optional<String> problem(UnixDomainSocketAddress address) {
    CodeCall call =
        new CodeCall(
            "self-test", "SELF_TEST", source(), "{}", clock.instant().plus(LIMIT), 64L << 20);
    CallLog log = new CallLog(clock);
    BoxConnection connection = new BoxConnection(clock, log);
    try {
      Outcome outcome = connection.converse(address, requests.call(call, LIMIT), LIMIT, deadlines);
      return switch (outcome) {
        case Returned(String open) when open.equals(NOTHING_OPEN) -> Optional.empty();
        case Returned(String open) -> Optional.of("the box is open: " + open);
        case Failed failed -> Optional.of("the self-test failed: " + describe(failed, log));
      };
    } catch (NobodyListensException gone) {
      return Optional.of("the launcher does not listen: " + gone.getMessage());
    }
  }

  private static String describe(Failed failed, CallLog log) {
    return failed.message()
        + failed.traceback().map(trace -> " " + trace).orElse("")
        + (log.records().isEmpty() ? "" : " " + log.records());
  }

  private static String source() {
    try (InputStream in = SelfTest.class.getResourceAsStream("self_test.py")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
