package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed and what others save: neither is lost without a word. */
class StudioDraftsTest extends StudioTests {
  private static final String TYPED = "def main(event, context):\n    return 'typed by me'\n";
  private static final String MORE = TYPED + "# and more\n";
  private static final String THEIRS = "x = 'theirs'\n";
  private static final String SHOWN_CODE = Studio.editor(".cm-content") + "?.innerText";
  private static final String SAMPLE =
      "document.querySelector('[data-editor=json]')?.shadowRoot?.querySelector('.cm-content')";
  private static final String DIFFERENCES =
      "document.querySelector('.differences')?.shadowRoot?.querySelector('.cm-content')?.innerText";

  private static final String ANSWERS =
      """
      import json

      def main(event, context):
          return {"statusCode": 200, "body": json.dumps({"status": True, "response": ["Hi"]})}
      """;

  /** Answers to one method come only once the page is told to let them go. */
  private static final String HOLD =
      """
      const send = window.fetch;
      const held = new Promise((go) => { window.letGo = () => { window.fetch = send; go(); }; });
      window.fetch = async (url, options) => {
        const answer = await send(url, options);
        if (options.method === '%s') { window.waiting = true; await held; }
        return answer;
      };\
      """;

  private static String saved(String bot) {
    return program.get("/api/v1/bots/" + bot + "/code/N").text();
  }

  private static void othersSave(String bot) {
    Program.Answer answer = program.put("/api/v1/bots/" + bot + "/code/N", THEIRS, "text/x-python");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static void go(Studio studio, String hash) {
    studio.browser.run("location.hash = '" + hash + "'");
  }

  @Test
  void a_draft_of_an_earlier_visit_does_not_overwrite_what_others_saved(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = Studio.editing(program, "kept", "x = 1\n", profile)) {
      studio.write(TYPED);
      go(studio, "#/bots");
      studio.sees("Order status");
      othersSave("kept");
      go(studio, "#/bots/kept/nodes/N");
      studio.sees("somebody else saved this code too");
      studio.browser.await(SHOWN_CODE + "?.includes('typed by me')");
      studio.inspect("draft-and-theirs");
      studio.click("Save");
      studio.sees("Somebody else changed this code");
      assertThat(saved("kept")).isEqualTo(THEIRS);
      goOnAndSaveAll(studio);
    }
  }

  private static void goOnAndSaveAll(Studio studio) throws InterruptedException {
    studio.click("Go on editing");
    studio.write(MORE);
    studio.click("Look at the differences");
    studio.browser.await(DIFFERENCES + "?.includes('and more')");
    studio.inspect("draft-differences");
    studio.click("Save mine over theirs");
    studio.saved();
    assertThat(saved("kept")).isEqualTo(MORE);
    studio.browser.await(SHOWN_CODE + "?.includes('and more')");
    studio.browser.await("!localStorage.getItem('patchbay:draft:code:kept:N')");
  }

  @Test
  void who_takes_theirs_gets_what_is_saved(@TempDir Path profile) throws InterruptedException {
    try (Studio studio = Studio.editing(program, "taken", "x = 1\n", profile)) {
      studio.write(TYPED);
      othersSave("taken");
      studio.runByKey();
      studio.click("Take theirs, drop mine");
      studio.saved();
      studio.browser.await(SHOWN_CODE + "?.includes('theirs')");
      assertThat(saved("taken")).isEqualTo(THEIRS);
    }
  }

  private static void writeSample(Studio studio, String json) {
    studio.browser.click(SAMPLE);
    studio.replaceText(SAMPLE, json);
  }

  private static String sample(String bot, String name) {
    return program.get("/api/v1/bots/" + bot + "/samples/N/" + name).text().replaceAll("\\s", "");
  }

  @Test
  void a_sample_keeps_what_is_typed_and_what_others_save(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = Studio.editing(program, "sampled", ANSWERS, profile)) {
      studio.click("Sample input");
      studio.browser.await(SAMPLE);
      typingDuringTheSave(studio);
      othersSaveTheSample(studio);
      removedAndPutBack(studio);
    }
  }

  private static void typingDuringTheSave(Studio studio) throws InterruptedException {
    writeSample(studio, "{\"user_details\": {\"tea\": \"green\"}}");
    studio.browser.run(HOLD.formatted("PUT"));
    studio.click("Save sample");
    studio.browser.await("window.waiting");
    writeSample(studio, "{\"user_details\": {\"tea\": \"black\"}}");
    studio.browser.run("window.letGo()");
    studio.browser.await(
        "[...document.querySelectorAll('button')]"
            + ".some((b) => b.innerText === 'Save sample' && !b.disabled)");
    assertThat(studio.browser.run("return " + SAMPLE + ".innerText").asString()).contains("black");
    assertThat(sample("sampled", "default")).contains("green");
    studio.click("Save sample");
    studio.browser.await("!document.body.innerText.includes('Sample input •')");
    assertThat(sample("sampled", "default")).contains("black");
  }

  private static void othersSaveTheSample(Studio studio) throws InterruptedException {
    program.put("/api/v1/bots/sampled/samples/N/default", "{\"theirs\": 1}", "application/json");
    writeSample(studio, "{\"mine\": 2}");
    studio.click("Save sample");
    studio.sees("Somebody else changed this sample");
    studio.browser.await(DIFFERENCES + "?.includes('mine')");
    studio.inspect("sample-conflict");
    assertThat(sample("sampled", "default")).isEqualTo("{\"theirs\":1}");
    studio.click("Save mine over theirs");
    studio.browser.await("!document.body.innerText.includes('Sample input •')");
    assertThat(sample("sampled", "default")).isEqualTo("{\"mine\":2}");
  }

  private static void removedAndPutBack(Studio studio) throws InterruptedException {
    studio.fill("New sample", "default");
    studio.sees("There is a sample of this name");
    studio.fill("New sample", "second");
    studio.click("Save as new");
    studio.browser.await("document.querySelector('.tab-panel select')?.value === 'second'");
    studio.click("Remove");
    studio.sees("The sample second is removed");
    studio.inspect("sample-removed");
    assertThat(program.get("/api/v1/bots/sampled/samples/N/second").status()).isEqualTo(404);
    studio.click("Put it back");
    studio.browser.await("document.querySelector('.tab-panel select')?.value === 'second'");
    studio.browser.await("!document.body.innerText.includes('is removed')");
    assertThat(sample("sampled", "second")).isEqualTo("{\"mine\":2}");
  }

  @Test
  void the_output_of_other_code_or_another_input_says_so(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = Studio.editing(program, "older", ANSWERS, profile)) {
      studio.browser.run(HOLD.formatted("POST"));
      studio.click("Run");
      studio.browser.await("window.waiting");
      studio.write(ANSWERS.replace("Hi", "Hello"));
      studio.click("Save");
      studio.saved();
      studio.browser.run("window.letGo()");
      studio.botSays("Hi");
      assertThat(studio.shows("before your last change")).isTrue();
      studio.click("Run");
      studio.botSays("Hello");
      assertThat(studio.shows("before your last change")).isFalse();
      studio.click("Sample input");
      studio.browser.await(SAMPLE);
      writeSample(studio, "{\"other\": 1}");
      studio.click("Run output");
      studio.sees("before your last change");
    }
  }

  @Test
  void what_each_of_two_tabs_says_about_its_draft_is_true(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = Studio.editing(program, "tabs", "x = 1\n", profile)) {
      Browser browser = studio.browser;
      String kept = "localStorage.getItem('patchbay:draft:code:tabs:N')";
      studio.write(TYPED);
      browser.await(kept);
      String first = browser.tab();
      String second = browser.newTab();
      browser.open(program.address + "/#/bots/tabs/nodes/N");
      studio.sees("not saved in an earlier visit");
      studio.click("Drop them");
      studio.saved();
      browser.await(SHOWN_CODE + "?.includes('x = 1')");
      browser.lookAt(first);
      studio.sees("kept in this browser");
      browser.await(kept + "?.includes('typed by me')");
      browser.lookAt(second);
      studio.write("y = 2\n");
      browser.await(kept + "?.includes('y = 2')");
      browser.lookAt(first);
      studio.sees("Another tab of this browser");
      assertThat(studio.shows("kept in this browser")).isFalse();
      studio.inspect("two-tabs");
      browser.lookAt(second);
      studio.click("Save");
      studio.saved();
      browser.lookAt(first);
      studio.sees("kept in this browser");
      browser.await(kept + "?.includes('typed by me')");
    }
  }
}
