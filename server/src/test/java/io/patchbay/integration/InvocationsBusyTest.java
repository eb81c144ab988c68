package io.patchbay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.testing.BusyWork;
import io.patchbay.testing.TalkingBot;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A server that has no room for large work. */
class InvocationsBusyTest {
  private static final String YAML =
      """
      bot: acme
      name: Acme
      nodes:
        RUN:
          start: true
          user_says: ["run"]
          integration: {type: code}
      """;

  private final BusyWork busy = new BusyWork();
  private final TalkingBot bot = new TalkingBot(YAML);

  @AfterEach
  void end() {
    busy.close();
  }

  @Test
  void a_large_result_that_nobody_can_read_is_a_failure_that_is_recorded() {
    bot.replies("RUN", "{\"response\": \"" + "x".repeat(100_000) + "\"}");

    ObjectNode answer =
        busy.serve(() -> bot.authoring.test("acme", "RUN", Optional.of(Json.object())));

    assertThat(answer.path("error").path("reason").asString()).isEqualTo("overloaded");
    assertThat(answer.path("error").path("message").asString()).contains("it has run, but");
    assertThat(bot.log.all())
        .singleElement()
        .satisfies(record -> {
          assertThat(record.state()).isEqualTo(InvocationRecord.State.FAILED);
          assertThat(record.output()).isEmpty();
          assertThat(record.input()).isPresent();
        });
  }

  @Test
  void a_large_payload_that_nobody_can_write_runs_nothing_and_is_recorded() {
    bot.replies("RUN", "{\"response\": \"hi\"}");
    ObjectNode input = Json.object().put("more", "x".repeat(100_000));

    ObjectNode answer = busy.serve(() -> bot.authoring.test("acme", "RUN", Optional.of(input)));

    assertThat(answer.path("error").path("reason").asString()).isEqualTo("overloaded");
    assertThat(answer.path("error").path("message").asString()).contains("nothing was run");
    assertThat(bot.payloads).isEmpty();
    assertThat(bot.log.all())
        .singleElement()
        .satisfies(record -> assertThat(record.state()).isEqualTo(InvocationRecord.State.FAILED));
  }

  @Test
  void small_results_need_no_room_and_large_ones_do_when_there_is_some() {
    bot.replies("RUN", "{\"response\": \"hi\"}");
    assertThat(
            busy.serve(() -> bot.authoring.test("acme", "RUN", Optional.of(Json.object())))
                .path("outcome"))
        .hasToString("\"succeeded\"");
    busy.release();
    bot.replies("RUN", "{\"response\": \"" + "x".repeat(100_000) + "\"}");
    assertThat(
            busy.serve(() -> bot.authoring.test("acme", "RUN", Optional.of(Json.object())))
                .path("outcome"))
        .hasToString("\"succeeded\"");
  }
}
