package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server killed while an integration runs never runs it again by itself. */
class InterruptedTest {
  private static final String BOT = "/api/v1/bots/slow";

  @TempDir Path data;

  @Test
  void a_retry_of_an_interrupted_turn_gets_the_bot_break_and_a_new_id_runs_it() throws Exception {
    try (Program program = Program.start(data)) {
      deploy(program, "import time\ndef main(event, context):\n    time.sleep(15)\n");
      CompletableFuture<?> lost = CompletableFuture.runAsync(() -> say(program, "m1", "work"));
      for (int i = 0; i < 300 && invocations(program).isEmpty(); i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(invocations(program)).hasSize(1);
      assertThat(program.process.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(lost.handle((_, error) -> error != null).get(30, TimeUnit.SECONDS)).isTrue();
    }
    try (Program again = Program.start(data)) {
      JsonNode row = invocations(again).get(0);
      assertThat(row.get("outcome").asString()).isEqualTo("interrupted");
      assertThat(row.get("reason").asString()).isEqualTo("interrupted");

      Program.Answer retry = say(again, "m1", "work");
      assertThat(retry.status()).isEqualTo(200);
      assertThat(Program.texts(retry.json()))
          .containsExactly("Something went wrong on our side. Please try again.");
      assertThat(invocations(again)).as("nothing ran again").hasSize(1);
      assertThat(say(again, "m1", "work").text()).isEqualTo(retry.text());
      assertThat(say(again, "m1", "other words").status()).isEqualTo(409);

      deploy(
          again,
          """
          def main(event, context):
              return {"statusCode": 200, "body": '{"response": ["done"]}'}
          """);
      assertThat(Program.texts(say(again, "m2", "work").json())).containsExactly("done");
    }
  }

  private static void deploy(Program program, String source) {
    program.put(
        BOT,
        "{\"bot\": \"slow\", \"nodes\": {\"WORK\": {\"start\": true, \"user_says\": [\"work\"],"
            + " \"integration\": {\"type\": \"code\"}}}}",
        "application/json");
    program.put(BOT + "/code/WORK", source, "text/x-python");
    String version = program.post(BOT + "/train", "").json().get("version").asString();
    Program.Answer deployed =
        program.post(
            BOT + "/deployments",
            "{\"version\": \"%s\", \"environment\": \"production\"}".formatted(version));
    assertThat(deployed.status()).as(deployed.text()).isEqualTo(200);
  }

  private static JsonNode invocations(Program program) {
    return program.get(BOT + "/invocations").json().get("invocations");
  }

  private static Program.Answer say(Program program, String messageId, String text) {
    ObjectNode message =
        Program.JSON.createObjectNode().put("message_id", messageId).put("text", text);
    message.putObject("user").put("auth_id", "u");
    return program.post(BOT + "/messages", message.toString());
  }
}
