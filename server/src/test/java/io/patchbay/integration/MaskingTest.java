package io.patchbay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.base.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A secret that code has put wherever it can. */
class MaskingTest {
  private static final String SECRET = "sUp3rS3cretValue-0123456789";
  private static final Instant NOW = Instant.EPOCH;

  private final Masking masking =
      new Masking(
          new SecretMask(List.of(new Secret(SECRET))),
          _ -> {
            throw new AssertionError();
          });

  @Test
  void no_text_of_a_record_has_a_secret_in_it() {
    var failure =
        new Failure(
            FailureReason.EXCEPTION, "m " + SECRET, Optional.of("t " + SECRET), Optional.of(1));
    var line = new LogLine("INFO", "api." + SECRET, "l " + SECRET, NOW);
    var attempt =
        new EgressAttempt(
            NOW,
            Optional.of(SECRET.toLowerCase(Locale.ROOT) + ".test"),
            Optional.empty(),
            1,
            false,
            0,
            0,
            Duration.ZERO);

    InvocationRecord record = record(failure, List.of(line), List.of(attempt));

    assertThat(record.toString())
        .doesNotContainIgnoringCase("sUp3r")
        .contains("api.***", "***.test");
  }

  @Test
  void what_a_secret_begins_with_is_masked_where_the_box_has_cut() {
    String half = SECRET.substring(0, 12);
    var failure =
        new Failure(
            FailureReason.EXCEPTION,
            "m " + half + "... (cut)",
            Optional.of("t " + half + "... (cut)\nValueError: e " + SECRET),
            Optional.empty());
    var printed = new LogLine("INFO", "stdout", "p " + half, NOW);
    var cut = new LogLine("WARNING", "patchbay", "The log was cut: more than 1 bytes", NOW);
    var logger = new LogLine("INFO", "x".repeat(244) + half, "m", NOW);

    InvocationRecord record = record(failure, List.of(printed, logger, cut), List.of());

    assertThat(record.toString()).doesNotContain("sUp3r");
    assertThat(record.failure().orElseThrow().message()).isEqualTo("m ***... (cut)");
    assertThat(record.failure().orElseThrow().traceback())
        .contains("t ***... (cut)\nValueError: e ***");
    assertThat(record.logs().getFirst().message()).isEqualTo("p ***");
  }

  @Test
  void a_line_of_a_whole_log_that_ends_as_a_secret_begins_stays() {
    var line = new LogLine("INFO", "stdout", "is it sUp3r", NOW);
    InvocationRecord record =
        record(new Failure(FailureReason.EXCEPTION, "m"), List.of(line), List.of());
    assertThat(record.logs()).containsExactly(line);
  }

  private InvocationRecord record(
      Failure failure, List<LogLine> logs, List<EgressAttempt> attempts) {
    var started =
        new InvocationRecord(
            "inv_1",
            "shop",
            "RUN",
            "code",
            InvocationRecord.Origin.TEST,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            InvocationRecord.State.STARTED,
            Optional.empty(),
            NOW,
            Duration.ZERO,
            Optional.of(Json.object()),
            Optional.empty(),
            List.of(),
            List.of(),
            Map.of());
    var reply = new Invoker.Reply(new Invoker.Result.Failed(failure), logs, attempts, Map.of());
    return masking.invoked(started, reply, NOW).record();
  }
}
