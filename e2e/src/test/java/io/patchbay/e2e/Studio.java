package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A builder before the studio: clicks, keys, and looks at what is shown. */
final class Studio implements AutoCloseable {
  static final String ENTER = "\uE007";
  static final String TAB = "\uE004";
  static final String ESCAPE = "\uE00C";
  static final String RIGHT = "\uE014";
  static final String CONTROL = "\uE009";

  private static final Path AXE = Program.ROOT.resolve("studio/node_modules/axe-core/axe.min.js");
  private static final Path SHOTS = Path.of("target/screenshots");
  private static final int MOST_TABS = 90;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final Browser browser;
  int clicks;

  private Studio(Browser browser) {
    this.browser = browser;
  }

  static Studio open(Program program, Path profile) throws InterruptedException {
    Studio studio = new Studio(Browser.start(1280, profile));
    studio.view(1280, "light");
    studio.browser.open(program.address);
    studio.browser.await("document.activeElement.id === 'token'");
    return studio;
  }

  void signIn(Program program) throws InterruptedException {
    browser.type("#token", program.token + ENTER);
    browser.await("document.querySelector('#content h1')");
  }

  /** Before a bot of its own, with the code of its node N in the editor. */
  static Studio editing(Program program, String bot, String code, Path profile)
      throws InterruptedException {
    ObjectNode document = Program.JSON.createObjectNode().put("bot", bot).put("name", bot);
    ObjectNode node = document.putObject("nodes").putObject("N");
    node.put("start", true).put("label", "<img src=x onerror=\"document.title='run'\">");
    node.putArray("user_says").add("hello");
    node.putObject("integration").put("type", "code");
    document.putObject("code").put("N", code);
    Program.Answer made =
        program.put("/api/v1/bots/" + bot, document.toString(), "application/json");
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    Studio studio = Studio.open(program, profile);
    studio.signIn(program);
    studio.browser.run("location.hash = '#/bots/" + bot + "/nodes/N'");
    studio.browser.await(Studio.editor(".cm-content"));
    return studio;
  }

  /** Waits until the page says that all is saved. */
  void saved() throws InterruptedException {
    browser.await("document.querySelector('.state').innerText.startsWith('Saved')");
  }

  /** A network that holds every answer back until it is {@link #online}. */
  void slow() {
    network(false, 600_000);
  }

  void offline() {
    network(true, 0);
  }

  /** What was held back comes at once. */
  void online() {
    network(false, 0);
  }

  private void network(boolean offline, int latencyMillis) {
    ObjectNode conditions = Program.JSON.createObjectNode().put("offline", offline);
    conditions.put("latency", latencyMillis).put("downloadThroughput", -1);
    browser.command("Network.enable", Program.JSON.createObjectNode());
    browser.command("Network.emulateNetworkConditions", conditions.put("uploadThroughput", -1));
  }

  void view(int width, String scheme) {
    ObjectNode size = Program.JSON.createObjectNode();
    size.put("width", width).put("height", 860).put("deviceScaleFactor", 1).put("mobile", false);
    browser.command("Emulation.setDeviceMetricsOverride", size);
    ObjectNode media = Program.JSON.createObjectNode();
    media.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", scheme);
    browser.command("Emulation.setEmulatedMedia", media);
  }

  /** Finds the element of a kind that is named so, in the dialog on top where there is one. */
  private static String find(String css, String name) {
    String text = Program.JSON.writeValueAsString(name);
    return """
    (() => {
      const places = [...document.querySelectorAll('dialog[open]')];
      const place = places.at(-1) ?? document;
      const named = (e) => (e.getAttribute('aria-label') ?? e.innerText ?? '').trim();
      const all = [...place.querySelectorAll('%s')].filter((e) => e.checkVisibility());
      const exact = all.find((e) => named(e) === %s);
      const found = exact ?? all.find((e) => named(e).includes(%s));
      return found?.disabled ? null : found ?? null;
    })()\
    """
        .formatted(css, text, text);
  }

  /** Clicks what is named so: a link, a button, a tab, a choice. */
  void click(String name) throws InterruptedException {
    String element = find("a, button, summary, label.check, .segments label", name);
    browser.await(element);
    browser.click(element);
    clicks++;
  }

  /** Replaces what stands in a field. */
  void fill(String label, String text) throws InterruptedException {
    String field = find("label.field, .typing", label) + "?.querySelector('input, textarea')";
    browser.await(field);
    browser.click(field);
    browser.press(CONTROL, "a");
    browser.press("", text.isEmpty() ? "\uE003" : text);
  }

  /** Chooses in a list, as the browser tells the page of it. */
  void choose(String label, String value) throws InterruptedException {
    String field = find("label.field", label) + "?.querySelector('select')";
    browser.await(field);
    browser.run(
        "const s = %s; s.value = %s; s.dispatchEvent(new Event('change', {bubbles: true}))"
            .formatted(field, Program.JSON.writeValueAsString(value)));
  }

  /**
   * Fills a field for date and time, whose keys depend on the browser's language, and leaves it.
   */
  void fillTime(String label, String time) throws InterruptedException {
    String field = find("label.field", label) + "?.querySelector('input')";
    browser.await(field);
    browser.run(
        """
        const field = %s;
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, '%s');
        field.dispatchEvent(new Event('input', {bubbles: true}));
        field.dispatchEvent(new Event('focusout', {bubbles: true}));\
        """
            .formatted(field, time));
  }

  /** Replaces the code, and has the focus there. */
  void write(String code) throws InterruptedException {
    browser.await(editor(".cm-content"));
    browser.click(editor(".cm-content"));
    replaceCode(code);
  }

  void replaceCode(String code) {
    replaceText(editor(".cm-content"), code);
  }

  /** Replaces what stands in the editor that has the focus: pastes, since typing would indent. */
  void replaceText(String content, String text) {
    browser.press(CONTROL, "a");
    browser.run(
        """
        const clipboard = new DataTransfer();
        clipboard.setData('text/plain', %s);
        %s.dispatchEvent(new ClipboardEvent('paste', {clipboardData: clipboard, bubbles: true, cancelable: true}));\
        """
            .formatted(Program.JSON.writeValueAsString(text), content));
  }

  static String editor(String css) {
    return "document.querySelector('[data-editor=python]')?.shadowRoot?.querySelector('"
        + css
        + "')";
  }

  void sees(String text) throws InterruptedException {
    browser.await(
        "document.body.innerText.includes(" + Program.JSON.writeValueAsString(text) + ")");
  }

  boolean shows(String text) {
    return browser.run("return document.body.innerText").asString().contains(text);
  }

  void botSays(String text) throws InterruptedException {
    browser.await(
        "[...document.querySelectorAll('.from-bot')].some((e) => e.innerText.includes(%s))"
            .formatted(Program.JSON.writeValueAsString(text)));
  }

  void runByKey() {
    browser.press(CONTROL, ENTER);
  }

  /** Goes on with Tab until the focus is on what is named so, which may come later. */
  void tabTo(String name) {
    String focused =
        """
        return (() => { let e = document.activeElement;
        while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
        return (e.getAttribute('aria-label') ?? e.labels?.[0]?.innerText ?? e.innerText ?? '').trim(); })()\
        """;
    long until = System.nanoTime() + PATIENCE.toNanos();
    for (int i = 0; i < MOST_TABS || System.nanoTime() < until; i++) {
      if (browser.run(focused).asString().startsWith(name)) {
        return;
      }
      browser.press("", TAB);
    }
    throw new AssertionError(
        "Tab never comes to "
            + name
            + "; the page: "
            + browser.run("return document.body.innerText"));
  }

  /** Goes on with Tab until the focus is on what is named so, and presses Enter there. */
  void press(String name) {
    tabTo(name);
    browser.press("", ENTER);
  }

  /** Screenshots at both widths in both schemes, and what axe finds in them. */
  void inspect(String screen) throws InterruptedException {
    for (int width : List.of(1280, 390)) {
      for (String scheme : List.of("light", "dark")) {
        view(width, scheme);
        browser.screenshot(SHOTS.resolve("studio-%s-%d-%s.png".formatted(screen, width, scheme)));
        assertThat(serious()).as("axe, %s at %d, %s", screen, width, scheme).isEmpty();
        // Nothing is cut off at the side, once it is drawn at this width.
        browser.await("document.documentElement.scrollWidth <= innerWidth");
      }
    }
    view(1280, "light");
  }

  private List<String> serious() throws InterruptedException {
    if (!browser.run("return typeof axe !== 'undefined'").asBoolean()) {
      browser.run(axe());
    }
    browser.run(
        "window.found = null; axe.run(document, {resultTypes: ['violations']})"
            + ".then((r) => { window.found = r.violations; }, (e) => { window.found = [{impact: 'critical', id: String(e), nodes: []}]; })");
    browser.await("window.found");
    return browser
        .run("return window.found")
        .valueStream()
        .filter(v -> v.path("impact").asString("").matches("serious|critical"))
        .map(v ->
            v.path("id").asString()
                + " "
                + v.path("nodes").valueStream().map(Studio::target).toList())
        .toList();
  }

  private static String target(JsonNode node) {
    return node.path("target") + " " + node.path("failureSummary").asString("");
  }

  private static String axe() {
    try {
      return Files.readString(AXE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    browser.close();
  }
}
