package io.patchbay.http;

import io.patchbay.base.Refusal;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationLog;
import io.patchbay.integration.InvocationRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which invocations are asked for, from the parameters of a request. */
final class InvocationQuery {
  private static final List<String> OUTCOMES = List.of("succeeded", "failed", "interrupted");

  // Four-digit years: what is beyond cannot be told from a mistake, and overflows milliseconds.
  private static final Instant EARLIEST = Instant.parse("0000-12-31T23:59:59Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  /** Characters. */
  private static final int LONGEST_VERSION = 255;

  private static final int LONGEST_TEXT = 200;

  private InvocationQuery() {}

  /**
   * @throws Refusal names the parameter that is wrong
   */
  static InvocationLog.Filter filter(Request request) {
    Optional<Instant> since = request.query("since").map(text -> time("since", text));
    Optional<Instant> until = request.query("until").map(text -> time("until", text));
    if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
      throw Request.invalid("until", "must be later than \"since\"");
    }
    return new InvocationLog.Filter(
        request.bot(),
        request.query("node"),
        request.query("outcome").map(o -> oneOf("outcome", o, OUTCOMES)),
        request.query("reason").map(InvocationQuery::reason),
        request.query("origin").map(InvocationQuery::origin),
        request.query("environment").map(ChatRoutes::environment),
        request.query("version").map(v -> bounded("version", v, LONGEST_VERSION)),
        since,
        until,
        request.given("text").map(text -> bounded("text", text, LONGEST_TEXT)));
  }

  private static FailureReason reason(String wire) {
    return FailureReason.of(wire)
        .orElseThrow(() ->
            unknown(
                "reason", Arrays.stream(FailureReason.values()).map(FailureReason::wire).toList()));
  }

  private static InvocationRecord.Origin origin(String wire) {
    List<String> names = Arrays.stream(InvocationRecord.Origin.values()).map(Enum::name).toList();
    return InvocationRecord.Origin.valueOf(oneOf("origin", wire, names));
  }

  private static String oneOf(String parameter, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw unknown(parameter, allowed);
    }
    return value;
  }

  private static Refusal unknown(String parameter, List<String> allowed) {
    return Request.invalid(parameter, "must be one of " + String.join(", ", allowed));
  }

  private static String bounded(String parameter, String value, int longest) {
    if (value.isEmpty() || value.codePointCount(0, value.length()) > longest) {
      throw Request.invalid(parameter, "must have 1 to " + longest + " characters");
    }
    return value;
  }

  private static Instant time(String parameter, String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (time.isAfter(EARLIEST) && time.isBefore(LATEST)) {
        return time;
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw Request.invalid(parameter, "must be a time such as 2026-01-31T09:30:00Z");
  }
}
