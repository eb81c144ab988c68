package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A newcomer signs in by the link, chats with an example and sees what it caused. */
class PageTest {
  private static final String ENTER = "\uE007";
  private static final String CHAT = "document.body.innerText";

  @TempDir static Path data;

  private static Program program;

  @BeforeAll
  static void start() {
    program = Program.start(data);
  }

  @AfterAll
  static void end() {
    program.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1280, 500})
  void the_first_conversation_shows_its_invocation(int width, @TempDir Path profile)
      throws InterruptedException {
    try (Browser browser = Browser.start(width, profile)) {
      browser.open(program.address);
      browser.await("document.querySelector('#token')");
      browser.type("#token", program.token + ENTER);
      browser.await("document.querySelector('#bot')?.options.length > 1");
      browser.run(
          "const bot = document.querySelector('#bot'); bot.value = 'order-status';"
              + " bot.dispatchEvent(new Event('change', {bubbles: true}))");
      browser.await(CHAT + ".includes('where is my order')");

      browser.type("textarea", "where is my order" + ENTER);
      browser.await(CHAT + ".includes('Please give me the order id.')");
      browser.type("textarea", "abc123" + ENTER);
      browser.await(CHAT + ".includes('was shipped')");
      browser.await(CHAT + ".includes('succeeded')");
      assertThat(browser.run("return " + CHAT).asString()).contains("TRACK_ORDER");

      browser.type("textarea", "<img src=x onerror=\"document.title='run'\">" + ENTER);
      browser.await(CHAT + ".includes('onerror')");
      assertThat(browser.run("return document.title").asString()).isNotEqualTo("run");

      assertThat(
              browser.run("return document.documentElement.scrollWidth <= innerWidth").asBoolean())
          .as("nothing is cut off at the side")
          .isTrue();
      browser.screenshot(Path.of("target/screenshots/page-" + width + ".png"));
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
