package io.patchbay.http;

import io.patchbay.base.Json;
import io.patchbay.bot.Environment;
import io.patchbay.integration.EgressAttempt;
import io.patchbay.integration.Failure;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationLog;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two invocations: {@code inv_1} failed in chat, {@code inv_2} is running as a test. */
class FakeLog implements InvocationLog {
  final List<Filter> filters = new ArrayList<>();

  static final InvocationRecord FAILED =
      new InvocationRecord(
          "inv_1",
          "acme",
          "TRACK",
          "code",
          InvocationRecord.Origin.CHAT,
          Optional.of(Environment.PRODUCTION),
          Optional.of("v_1"),
          Optional.of(
              new InvocationRecord.MessageRef("turn_1", "ann", 3, Optional.of("m1"), "hash")),
          InvocationRecord.State.FAILED,
          Optional.of(
              new Failure(
                  FailureReason.EXCEPTION,
                  "KeyError: 'order'",
                  Optional.of("Traceback (most recent call last):\n  ..."),
                  Optional.of(7))),
          FakeRooms.NOON,
          Duration.ofMillis(1234),
          Optional.of(Json.parse("{\"node\":\"TRACK\"}")),
          Optional.empty(),
          List.of(new LogLine("INFO", "root", "hello", FakeRooms.NOON)),
          List.of(
              new EgressAttempt(
                  FakeRooms.NOON,
                  Optional.of("api.example"),
                  Optional.of("10.0.0.1"),
                  443,
                  false,
                  0,
                  0,
                  Duration.ofMillis(2))),
          Map.of("run", 1200.5, "queue", 0.25));

  static final InvocationRecord RUNNING =
      new InvocationRecord(
          "inv_2",
          "acme",
          "TRACK",
          "code",
          InvocationRecord.Origin.TEST,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          InvocationRecord.State.STARTED,
          Optional.empty(),
          FakeRooms.NOON,
          Duration.ZERO,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          Map.of());

  @Override
  public void start(InvocationRecord started) {}

  @Override
  public void finish(InvocationRecord finished) {}

  @Override
  public Optional<InvocationRecord> find(String invocationId) {
    return List.of(FAILED, RUNNING).stream()
        .filter(i -> i.invocationId().equals(invocationId))
        .findFirst();
  }

  @Override
  public Page list(Filter filter, Optional<String> cursor, int limit) {
    filters.add(filter);
    return new Page(List.of(RUNNING, FAILED), Optional.empty(), Optional.empty());
  }

  @Override
  public int interruptLeftovers(Instant now) {
    return 0;
  }
}
