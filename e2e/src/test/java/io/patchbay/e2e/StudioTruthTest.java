package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The screen shows what is so: after leaving it and coming back, and whatever keys are pressed. */
class StudioTruthTest extends StudioTests {
  private static final String REPLIES =
      """
      import json


      def main(event, context):
          return {"statusCode": 200, "body": json.dumps({"status": True, "response": ["it answers"]})}
      """;

  private static final String LOG = "document.querySelector('.chat-log')?.innerText";

  @Test
  void escape_does_not_take_away_the_way_to_sign_in_again(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = Studio.editing(program, "escape", "x = 1\n", profile)) {
      studio.write("x = 2\n");
      studio.browser.command("Network.clearBrowserCookies", Program.JSON.createObjectNode());
      studio.click("Save");
      studio.sees("Sign in again");
      studio.browser.run(
          "window.closes = 0; document.querySelector('dialog').addEventListener('close', () => window.closes++)");
      studio.browser.press("", Studio.ESCAPE + Studio.ESCAPE);
      studio.browser.await("window.closes > 0");
      studio.browser.await("document.querySelector('dialog[open]:modal #token:focus')");
      studio.browser.type("dialog #token", program.token + Studio.ENTER);
      studio.saved();
      assertThat(program.get("/api/v1/bots/escape/code/N").text()).isEqualTo("x = 2\n");
    }
  }

  @Test
  void the_chat_shows_its_conversation_again_until_it_is_restarted_or_signed_out(
      @TempDir Path profile) throws InterruptedException {
    try (Studio studio = Studio.editing(program, "kept", REPLIES, profile)) {
      studio.click("Chat");
      studio.click("Train and deploy to staging");
      studio.sees("live in staging since");
      studio.browser.type(".composer textarea", "hello" + Studio.ENTER);
      studio.botSays("it answers");
      studio.browser.type(".composer textarea", "half a mess");
      studio.browser.run("document.querySelector('.message-log').open = true");
      studio.click("Look into it");
      studio.sees("Where the time went");
      studio.browser.run("history.back()");
      shown(studio);
      studio.browser.run("window.before = true; location.reload()");
      studio.browser.await("!window.before && " + LOG);
      shown(studio);
      studio.click("production");
      studio.browser.await("!" + LOG + ".includes('it answers')");
      studio.click("staging");
      shown(studio);
      studio.inspect("chat-kept");
      studio.click("Restart");
      studio.sees("It can help with this");
      studio.click("Nodes");
      studio.click("Chat");
      studio.sees("It can help with this");
      assertThat(studio.shows("it answers")).isFalse();
      studio.click("Sign out");
      studio.sees("It is shown in the terminal");
      assertThat(studio.browser.run("return JSON.stringify(sessionStorage)").asString())
          .doesNotContain("patchbay:chat:");
    }
  }

  @Test
  void an_invocation_opened_while_it_runs_shows_its_end(@TempDir Path profile)
      throws InterruptedException {
    try (SignedApi api = new SignedApi();
        Studio studio = Studio.open(program, profile)) {
      api.leave.drainPermits();
      program.put(
          "/api/v1/bots/running",
          """
          bot: running
          egress: {allow: [127.0.0.1]}
          nodes: {N: {integration: {type: api, url: "%s/", timeout: 60s}}}
          """
              .formatted(api.address()),
          "application/yaml");
      studio.signIn(program);
      var run =
          CompletableFuture.supplyAsync(
              () -> program.post("/api/v1/bots/running/integrations/N/test", "{\"input\": {}}"));
      studio.browser.run("location.hash = '#/bots/running/invocations'");
      studio.browser.await("document.querySelector('tr.clickable')");
      studio.browser.run("document.querySelector('tr.clickable a').click()");
      studio.sees("Still running");
      assertThat(studio.shows("There was none")).isFalse();
      studio.inspect("running");
      studio.sees("Still running");
      api.leave.release();
      studio.sees("Where the time went");
      assertThat(run.join().json().get("outcome").asString()).isEqualTo("succeeded");
      assertThat(studio.shows("Hello from the API")).isTrue();
      assertThat(studio.shows("Still running")).isFalse();
    }
  }

  private static void shown(Studio studio) throws InterruptedException {
    studio.botSays("it answers");
    studio.browser.await("document.querySelector('.composer textarea').value === 'half a mess'");
  }
}
