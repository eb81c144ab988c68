package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The server goes away and comes back, or is far away: the page stays true, nothing is lost. */
class StudioRestartTest {
  private static final String TYPED = "def main(event, context):\n    return 'typed by me'\n";

  /** Prints where it begins, so that two runs would show. */
  private static final String SLOW_CODE =
      """
      import json, time


      def main(event, context):
          time.sleep(1)
          return {"statusCode": 200, "body": json.dumps({"status": True, "response": ["done"]})}
      """;

  @TempDir Path data;
  @TempDir Path profile;

  @Test
  void what_was_typed_is_saved_after_the_server_was_killed_and_started_again()
      throws InterruptedException {
    Program first = Program.start(data);
    try (Studio studio = Studio.editing(first, "restart", "x = 1\n", profile)) {
      String port = String.valueOf(URI.create(first.address).getPort());
      first.process.destroyForcibly().waitFor();
      studio.write(TYPED);
      studio.click("Save");
      studio.sees("The server does not answer");
      assertThat(studio.shows("Not saved; kept in this browser")).isTrue();
      try (Program again = Program.start(data, "--port", port)) {
        studio.browser.await("!document.body.innerText.includes('The server does not answer')");
        studio.click("Try again");
        studio.sees("Sign in again");
        studio.browser.type("dialog #token", again.token + Studio.ENTER);
        studio.saved();
        assertThat(again.get("/api/v1/bots/restart/code/N").text()).isEqualTo(TYPED);
        studio.click("Run");
        studio.sees("bad result");
      }
    } finally {
      first.close();
    }
  }

  @Test
  void on_a_slow_network_the_page_says_what_it_waits_for_and_goes_on_taking_what_is_typed()
      throws InterruptedException {
    try (Program program = Program.start(data);
        Studio studio = Studio.editing(program, "slow", "x = 1\n", profile)) {
      reach(studio, 1500);
      studio.write(SLOW_CODE);
      studio.click("Save");
      studio.sees("Saving …");
      studio.write(SLOW_CODE + "# typed while it was saved\n");
      studio.sees("Not saved");
      assertThat(program.get("/api/v1/bots/slow/code/N").text()).isEqualTo(SLOW_CODE);
      studio.runByKey();
      studio.runByKey();
      studio.sees("Running …");
      studio.runByKey();
      studio.botSays("done");
      studio.saved();
      assertThat(program.get("/api/v1/bots/slow/code/N").text()).endsWith("it was saved\n");
      assertThat(program.get("/api/v1/bots/slow/invocations").json().get("invocations")).hasSize(1);
      studio.click("Chat");
      studio.click("Train and deploy to staging");
      studio.sees("Working …");
      studio.sees("live in staging since");
      studio.browser.type(".composer textarea", "hello" + Studio.ENTER);
      studio.sees("The bot is writing …");
      studio.browser.type(".composer textarea", "hello" + Studio.ENTER);
      studio.botSays("done");
      assertThat(program.get("/api/v1/bots/slow/invocations").json().get("invocations")).hasSize(2);
    }
  }

  @Test
  void what_is_typed_into_a_form_while_it_is_saved_stays() throws InterruptedException {
    try (Program program = Program.start(data);
        Studio studio = Studio.editing(program, "form", "x = 1\n", profile)) {
      studio.click("Setup");
      reach(studio, 1500);
      studio.fill("Code, each call", "11s");
      studio.click("Save");
      studio.sees("Saving …");
      studio.fill("API, each call", "12s");
      studio.browser.await("!document.body.innerText.includes('Saving …')");
      assertThat(limits(program).path("code_timeout").asString("")).isEqualTo("11s");
      studio.click("Save");
      studio.browser.await("!document.body.innerText.includes('Not saved')");
      studio.browser.await("document.body.innerText.includes('Saved')");
      assertThat(limits(program).path("api_timeout").asString("")).isEqualTo("12s");
    }
  }

  private static JsonNode limits(Program program) {
    return program.get("/api/v1/bots/form").json().get("limits");
  }

  /** A network of so many milliseconds each way, and 50 kB a second. */
  private static void reach(Studio studio, int latency) {
    ObjectNode network = Program.JSON.createObjectNode().put("offline", false);
    network.put("latency", latency).put("downloadThroughput", 50_000);
    studio.browser.command("Network.enable", Program.JSON.createObjectNode());
    studio.browser.command(
        "Network.emulateNetworkConditions", network.put("uploadThroughput", 50_000));
  }
}
