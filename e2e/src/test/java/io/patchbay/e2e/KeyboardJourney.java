package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

/** A builder's day without a mouse: every step is done with keys. */
final class KeyboardJourney {
  private final Studio studio;

  KeyboardJourney(Studio studio) {
    this.studio = studio;
  }

  void toTheFirstOutput(String token) throws InterruptedException {
    studio.browser.press("", token + Studio.ENTER);
    studio.sees("Order status");
    studio.press("New bot");
    studio.browser.await("document.activeElement.matches('dialog input')");
    studio.browser.press("", "Keys" + Studio.ENTER);
    studio.sees("What the bot answers here");
    studio.tabTo("Bot says");
    studio.browser.press("", Studio.RIGHT + Studio.RIGHT);
    studio.press("Write code");
    studio.browser.await(Studio.editor(".cm-content"));
    studio.press("Run");
    studio.botSays("this comes from your code");
  }

  void throughAnError(String broken, String mended) throws InterruptedException {
    studio.tabTo("Python code of");
    assertThat(described()).as("what is said of the editor").contains("Esc, then Tab");
    studio.replaceCode(broken);
    studio.runByKey();
    studio.browser.await(Studio.editor(".cm-fault-words"));
    assertThat(studio.browser.run("return " + Studio.editor(".cm-fault") + ".innerText").asString())
        .contains("lookup(");
    assertThat(
            studio
                .browser
                .run("return " + Studio.editor(".cm-fault-words") + ".innerText")
                .asString())
        .contains("NameError");
    studio.replaceCode(mended);
    studio.runByKey();
    studio.botSays("The order is on its way.");
    // The way out of the editor is open for two seconds.
    studio.browser.press("", Studio.ESCAPE + Studio.TAB);
    studio.tabTo("Width of the editor");
  }

  /** What a screen reader says of the editor, besides its name. */
  private String described() {
    return studio
        .browser
        .run(
            "const editor = %s; return editor.getRootNode()".formatted(Studio.editor(".cm-content"))
                + ".getElementById(editor.getAttribute('aria-describedby'))?.innerText ?? ''")
        .asString();
  }

  void toStaging() throws InterruptedException {
    studio.tabTo("Skip to the content");
    studio.press("Chat");
    studio.press("Train and deploy to staging");
    studio.sees("live in staging since");
    studio.tabTo("Your message");
    studio.browser.press("", "hello" + Studio.ENTER);
    studio.botSays("The order is on its way.");
  }

  void toProduction() throws InterruptedException {
    studio.press("Nodes");
    studio.press("Go live");
    studio.press("Train and deploy to production");
    studio.sees("is live in production");
    studio.press("Chat with it");
    studio.tabTo("staging");
    studio.browser.press("", Studio.RIGHT);
    studio.sees("live in production since");
    studio.tabTo("Your message");
    studio.browser.press("", "hello" + Studio.ENTER);
    studio.botSays("The order is on its way.");
  }

  void toTheInvocation() throws InterruptedException {
    studio.press("Invocations");
    studio.sees("a run in the studio");
    studio.tabTo("Environment");
    studio.browser.press("", "production");
    studio.browser.await("!document.body.innerText.includes('a run in the studio')");
    studio.sees("chat in production");
    studio.press("WELCOME");
    studio.sees("Where the time went");
    studio.sees("looking up for Guest User");
  }
}
