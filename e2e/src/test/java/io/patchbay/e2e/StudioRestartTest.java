package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

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
      throws InterruptedException, IOException {
    String port = String.valueOf(portOfOurOwn());
    Program first = Program.start(data, "--port", port);
    try (Studio studio = Studio.editing(first, "restart", "x = 1\n", profile)) {
      first.process.destroyForcibly().waitFor();
      studio.write(TYPED);
      studio.click("Save");
      studio.sees("The server does not answer");
      studio.sees("Not saved; kept in this browser");
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

  /** A free one below 32768, from where on the system gives them to whoever connects. */
  private static int portOfOurOwn() throws IOException {
    while (true) {
      int port = new Random().nextInt(20_000, 32_768);
      try (ServerSocket _ = new ServerSocket(port)) {
        return port;
      } catch (BindException taken) {
        // The next one.
      }
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "patchbay.all",
      matches = "true",
      disabledReason = "it takes half a minute; ./test --all runs it")
  void on_a_slow_network_the_page_says_what_it_waits_for_and_goes_on_taking_what_is_typed()
      throws InterruptedException {
    try (Program program = Program.start(data);
        Studio studio = Studio.editing(program, "slow", "x = 1\n", profile)) {
      studio.slow();
      studio.write(SLOW_CODE);
      studio.click("Save");
      studio.sees("Saving …");
      studio.write(SLOW_CODE + "# typed while it was saved\n");
      studio.online();
      studio.sees("Not saved");
      assertThat(program.get("/api/v1/bots/slow/code/N").text()).isEqualTo(SLOW_CODE);
      studio.slow();
      studio.runByKey();
      studio.runByKey();
      studio.sees("Saving …");
      studio.runByKey();
      studio.online();
      studio.botSays("done");
      studio.saved();
      assertThat(program.get("/api/v1/bots/slow/code/N").text()).endsWith("it was saved\n");
      assertThat(program.get("/api/v1/bots/slow/invocations").json().get("invocations")).hasSize(1);
      studio.slow();
      studio.click("Run");
      studio.sees("Running …");
      studio.runByKey();
      studio.online();
      studio.browser.await("!document.body.innerText.includes('Running …')");
      assertThat(program.get("/api/v1/bots/slow/invocations").json().get("invocations")).hasSize(2);
      studio.click("Chat");
      studio.sees("Train and deploy to staging");
      studio.slow();
      studio.click("Train and deploy to staging");
      studio.sees("Working …");
      studio.online();
      studio.sees("live in staging since");
      studio.slow();
      studio.browser.type(".composer textarea", "hello" + Studio.ENTER);
      studio.sees("The bot is writing …");
      studio.browser.type(".composer textarea", "hello" + Studio.ENTER);
      studio.online();
      studio.botSays("done");
      assertThat(program.get("/api/v1/bots/slow/invocations").json().get("invocations")).hasSize(3);
    }
  }

  @Test
  void what_is_typed_into_a_form_while_it_is_saved_stays() throws InterruptedException {
    try (Program program = Program.start(data);
        Studio studio = Studio.editing(program, "form", "x = 1\n", profile)) {
      studio.click("Setup");
      studio.sees("Code, each call");
      studio.slow();
      studio.fill("Code, each call", "11s");
      studio.click("Save");
      studio.sees("Saving …");
      studio.fill("API, each call", "12s");
      studio.online();
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
}
