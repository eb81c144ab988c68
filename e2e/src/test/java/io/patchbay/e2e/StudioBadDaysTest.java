package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Sessions end, others save first, servers go away, texts are hostile: nothing typed is lost. */
class StudioBadDaysTest extends StudioTests {
  private static final String TYPED = "def main(event, context):\n    return 'typed by me'\n";
  private static final String SHOWN_CODE = Studio.editor(".cm-content") + "?.innerText";

  private static Studio editing(String bot, String code, Path profile) throws InterruptedException {
    return Studio.editing(program, bot, code, profile);
  }

  private static String saved(String bot) {
    return program.get("/api/v1/bots/" + bot + "/code/N").text();
  }

  @Test
  void after_the_session_has_ended_signing_in_goes_on_with_what_was_meant(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = editing("ended", "x = 1\n", profile)) {
      studio.write(TYPED);
      studio.browser.command("Network.clearBrowserCookies", Program.JSON.createObjectNode());
      studio.click("Save");
      studio.sees("Sign in again");
      assertThat(studio.shows("Nothing is lost")).isTrue();
      studio.browser.type("dialog #token", "wrong" + Studio.ENTER);
      studio.sees("This token is not valid");
      studio.browser.run("document.querySelector('dialog #token').select()");
      studio.browser.type("dialog #token", program.token + Studio.ENTER);
      studio.saved();
      assertThat(saved("ended")).isEqualTo(TYPED);
    }
  }

  @Test
  void who_saves_second_sees_the_differences_and_decides(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = editing("second", "x = 1\n", profile)) {
      studio.write(TYPED);
      program.put("/api/v1/bots/second/code/N", "x = 'theirs'\n", "text/x-python");
      studio.click("Save");
      studio.sees("Somebody else changed this code");
      studio.browser.await(
          "document.querySelector('.differences')?.shadowRoot?.querySelector('.cm-deletedChunk')");
      studio.inspect("conflict");
      studio.click("Go on editing");
      assertThat(saved("second")).isEqualTo("x = 'theirs'\n");
      studio.sees("Not saved: somebody else");
      studio.click("Look at the differences");
      studio.click("Save mine over theirs");
      studio.saved();
      assertThat(saved("second")).isEqualTo(TYPED);
    }
  }

  @Test
  void another_change_of_the_same_bot_is_no_conflict(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = editing("beside", "x = 1\n", profile)) {
      studio.write(TYPED);
      program.put("/api/v1/bots/beside/samples/N/late", "{}", "application/json");
      studio.click("Save");
      studio.saved();
      assertThat(saved("beside")).isEqualTo(TYPED);
    }
  }

  @Test
  void a_reload_brings_back_what_was_typed(@TempDir Path profile) throws InterruptedException {
    try (Studio studio = editing("reload", "x = 1\n", profile)) {
      studio.write(TYPED);
      studio.browser.await("localStorage.getItem('patchbay:draft:code:reload:N')");
      studio.browser.run("setTimeout(() => location.reload())");
      studio.sees("not saved in an earlier visit");
      studio.browser.await(SHOWN_CODE + "?.includes('typed by me')");
      studio.click("Drop them");
      studio.browser.await(SHOWN_CODE + "?.includes('x = 1')");
      assertThat(saved("reload")).isEqualTo("x = 1\n");
    }
  }

  @Test
  void while_the_server_is_away_the_page_says_so_and_what_to_do(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = editing("away", "x = 1\n", profile)) {
      studio.write(TYPED);
      studio.offline();
      studio.click("Save");
      studio.sees("The server does not answer");
      studio.inspect("away");
      studio.online();
      studio.browser.await("!document.body.innerText.includes('The server does not answer')");
      studio.click("Try again");
      studio.saved();
      assertThat(saved("away")).isEqualTo(TYPED);
    }
  }

  @Test
  void long_code_large_replies_and_hostile_texts_are_shown(@TempDir Path profile)
      throws InterruptedException {
    String code =
        "# "
            + "x\n# ".repeat(5_000)
            + "\ndef main(event, context):\n"
            + "    print('<script>document.title=1</script>')\n"
            + "    return {'statusCode': 200, 'body': __import__('json').dumps({'status': True,"
            + " 'response': ['<img src=x onerror=\"document.title=2\">', 'a' * 1000000]})}\n";
    try (Studio studio = editing("large", code, profile)) {
      studio.click("Run");
      studio.sees("<img src=x onerror=\"document.title=2\">");
      studio.sees("more characters");
      studio.click("Raw");
      studio.sees("Show all");
      studio.click("Logs (1)");
      studio.sees("<script>document.title=1</script>");
      assertThat(studio.shows("<img src=x onerror=\"document.title='run'\">")).isTrue();
      assertThat(studio.browser.run("return document.title").asString()).contains("large");
      studio.inspect("large");
    }
  }

  @Test
  void a_page_that_cannot_be_drawn_says_so_and_the_others_work(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = editing("undrawn", "x = 1\n", profile)) {
      studio.click("Run");
      studio.sees("The code defines no main");
      studio.browser.run(
          "window.kept = Date.prototype.toDateString;"
              + " Date.prototype.toDateString = () => { throw new Error('no such day'); }");
      studio.click("Invocations");
      studio.sees("This page could not be drawn");
      studio.sees("no such day");
      studio.click("Setup");
      studio.sees("New variable");
      studio.click("Invocations");
      studio.sees("This page could not be drawn");
      studio.browser.run("Date.prototype.toDateString = window.kept");
      studio.click("Try again");
      studio.sees("a run in the studio");
    }
  }

  /** Would run if it were ever taken for HTML, an address or a template. */
  private static final String HOSTILE =
      "<img src=x onerror=window.ran=1><script>window.ran=1</script>\"'`{{7*7}}${7*7}";

  private static final String HOSTILE_CODE =
      """
      import json

      BAD = HOSTILE
      TAP = {"actionable_text": BAD, "uri": "LINK", "type": "TEXT_ONLY",
             "payload": {"url": "javascript:window.ran=1", "message": BAD}}
      CARD = {"title": BAD, "sub_title": BAD, "description": BAD,
              "thumbnail": {"image": "javascript:window.ran=1"}, "actionables": [TAP]}


      def main(event, context):
          print(BAD)
          return {"statusCode": 200, "body": json.dumps({"status": True, "response": [
              BAD,
              {"text": BAD, "type": "TEXT", "data": {"quick_replies": [TAP]}},
              {"text": BAD, "type": "BUTTON", "data": {"items": [TAP]}},
              {"text": BAD, "type": "CAROUSEL", "data": {"width": BAD, "items": [CARD]}},
              {"text": BAD, "type": "IMAGE", "data": {"items": [CARD]}},
              {"text": BAD, "type": "FORM", "data": {"fields": [{"key": BAD, "hint": BAD}]}},
          ]})}
      """;

  @Test
  void hostile_texts_in_every_field_stay_texts(@TempDir Path profile) throws InterruptedException {
    String code = HOSTILE_CODE.replace("HOSTILE", Program.JSON.writeValueAsString(HOSTILE));
    try (Studio studio = editing("hostile", code, profile)) {
      ObjectNode bot = (ObjectNode) program.get("/api/v1/bots/hostile").json();
      bot.put("name", HOSTILE).put("bot_break", HOSTILE);
      bot.putObject("variables").putObject("V");
      ObjectNode node = (ObjectNode) bot.get("nodes").get("N");
      node.put("label", HOSTILE).putArray("user_says").add("hello").add(HOSTILE);
      node.putArray("bot_says").add(HOSTILE);
      accepted(program.put("/api/v1/bots/hostile", bot.toString(), "application/json"));
      ObjectNode value = Program.JSON.createObjectNode().put("staging", HOSTILE);
      accepted(
          program.put("/api/v1/bots/hostile/variables/V", value.toString(), "application/json"));
      studio.browser.run("window.before = true; location.reload()");
      studio.browser.await("!window.before && " + SHOWN_CODE);
      studio.click("Run");
      studio.botSays(HOSTILE);
      studio.click("Raw");
      studio.click("Logs (");
      for (String place : List.of("", "/new", "/chat", "/invocations", "/settings")) {
        studio.browser.run(
            "document.querySelector('#content').classList.add('before');"
                + " location.hash = '#/bots/hostile"
                + place
                + "'");
        studio.browser.await("document.querySelector('#content:not(.before) h1')");
        harmless(studio, place);
      }
      studio.browser.run("location.hash = '#/bots/hostile/chat'");
      studio.click("Train and deploy to staging");
      studio.sees("live in staging since");
      studio.browser.type(".composer textarea", HOSTILE + Studio.ENTER);
      studio.browser.await("document.querySelector('.from-bot.kind-form')");
      studio.browser.run("document.querySelector('.message-log').open = true");
      harmless(studio, "chat");
      studio.click("Look into it");
      studio.sees("Where the time went");
      harmless(studio, "invocation");
      studio.browser.run("location.hash = '#/bots'");
      studio.sees(HOSTILE);
      harmless(studio, "bots");
      studio.browser.run("location.hash = '#/bots/%3Cimg src=x onerror=window.ran=1%3E'");
      studio.sees("window.ran=1");
      harmless(studio, "an unknown bot");
    }
  }

  private static void accepted(Program.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(200, 204);
  }

  private static void harmless(Studio studio, String place) {
    assertThat(studio.browser.run("return String(window.ran)").asString())
        .as(place)
        .isEqualTo("undefined");
    assertThat(
            studio
                .browser
                .run(
                    "return document.querySelectorAll('[href^=\"javascript:\" i], #content [onerror], #content script').length")
                .asInt())
        .as(place)
        .isZero();
  }
}
