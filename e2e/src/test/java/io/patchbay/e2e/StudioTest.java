package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The builder's day in the studio, in a real browser. */
class StudioTest extends StudioTests {
  private static final int FIRST_LOAD_BYTES = 250_000;

  private static final String BROKEN =
      """
      from patchbay import reply

      def main(event, context):
          order = lookup("abc123")
          return reply("Order " + order)
      """;

  private static final String FIXED =
      """
      from patchbay import Payload, reply, text

      def main(event, context):
          print("looking up for", Payload(event).user["full_name"])
          return reply(
              text("नमस्ते، مرحبا <b onclick=alert(1)>bold</b>", quick_replies=["Thank you"]),
              "The order is on its way.",
          )
      """;

  @Test
  void from_an_empty_bot_to_production_and_back_to_what_happened(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = Studio.open(program, profile)) {
      studio.inspect("sign-in");
      studio.signIn(program);
      studio.sees("Order status");
      studio.inspect("bots");
      assertThat(firstLoad(studio)).as("bytes of the first load").isBetween(1, FIRST_LOAD_BYTES);

      studio.click("New bot");
      studio.fill("Name", "Journey");
      studio.inspect("new-bot");
      studio.click("Make the bot");
      studio.sees("What the bot answers here");
      studio.inspect("first-node");

      firstOutput(studio);
      studio.inspect("code");
      breakAndFix(studio);
      chatInStaging(studio);
      goToProduction(studio);
      findTheInvocation(studio);
      setUp(studio);
      assertThat(studio.browser.complaints())
          .as("complaints, but for nothing live yet, and a stale revision that is read again")
          .filteredOn(line -> !line.contains("409") && !line.contains("412"))
          .isEmpty();
    }
  }

  /** The editor comes only where it is needed. */
  private static int firstLoad(Studio studio) {
    String names =
        studio
            .browser
            .run("return performance.getEntriesByType('resource').map((e) => e.name).join(' ')")
            .asString();
    assertThat(names).doesNotContain("CodeEditor").contains("/studio/assets/");
    return studio
        .browser
        .run(
            "return [...performance.getEntriesByType('navigation'),"
                + " ...performance.getEntriesByType('resource')"
                + ".filter((e) => !e.name.includes('/api/'))]"
                + ".reduce((sum, e) => sum + e.encodedBodySize, 0)")
        .asInt();
  }

  private static void firstOutput(Studio studio) throws InterruptedException {
    studio.clicks = 0;
    long begun = System.nanoTime();
    studio.click("Integration");
    studio.click("Write code");
    studio.click("Run");
    studio.botSays("this comes from your code");
    assertThat(studio.clicks).isLessThanOrEqualTo(4);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    System.out.printf("first output after %d clicks and %d ms%n", studio.clicks, took.toMillis());
    assertThat(took).isLessThan(Duration.ofSeconds(10));
  }

  private static void breakAndFix(Studio studio) throws InterruptedException {
    studio.write(BROKEN);
    studio.sees("Not saved");
    studio.runByKey();
    studio.sees("NameError");
    studio.browser.await(Studio.editor(".cm-fault-words"));
    assertThat(studio.browser.run("return " + Studio.editor(".cm-fault") + ".innerText").asString())
        .contains("lookup(");
    studio.inspect("error");
    studio.write("def main(event, context)\n    return 1\n");
    studio.runByKey();
    studio.sees("line 1 is wrong");
    studio.sees("SyntaxError");
    studio.write(FIXED);
    studio.runByKey();
    studio.botSays("The order is on its way.");
    studio.botSays("नमस्ते، مرحبا <b onclick=alert(1)>bold</b>");
    studio.click("Logs (1)");
    studio.sees("looking up for Guest User");
    studio.click("Sample input");
    studio.inspect("sample");
  }

  private static void chatInStaging(Studio studio) throws InterruptedException {
    studio.click("Chat");
    studio.sees("nothing live yet");
    studio.browser.type(".composer textarea", "hello" + Studio.ENTER);
    studio.sees("Nothing is deployed in this environment");
    studio.click("Train and deploy to staging");
    studio.botSays("The order is on its way.");
    studio.browser.run("document.querySelector('.message-log').open = true");
    studio.inspect("chat");
  }

  private static void goToProduction(Studio studio) throws InterruptedException {
    studio.click("Nodes");
    studio.click("Go live");
    studio.click("Train and deploy to production");
    studio.sees("is live in production");
    studio.inspect("bot");
    studio.click("Chat with it");
    studio.click("production");
    studio.sees("live in production since");
    studio.browser.type(".composer textarea", "hello" + Studio.ENTER);
    studio.botSays("The order is on its way.");
  }

  private static void findTheInvocation(Studio studio) throws InterruptedException {
    studio.click("Invocations");
    studio.sees("a run in the studio");
    studio.choose("Environment", "production");
    studio.browser.await("!document.body.innerText.includes('a run in the studio')");
    studio.sees("chat in production");
    studio.inspect("invocations");
    filterByText(studio);
    studio.click("WELCOME");
    studio.sees("Where the time went");
    studio.sees("looking up for Guest User");
    studio.inspect("invocation");
  }

  private static void filterByText(Studio studio) throws InterruptedException {
    studio.click("Clear filters");
    studio.sees("a run in the studio");
    studio.fill("Text", "nowhere to be found");
    studio.sees("None yet with these filters");
    studio.fill("Text", "LOOKING UP FOR" + Studio.ENTER);
    studio.choose("From", "CHAT");
    studio.browser.await("document.querySelectorAll('tbody tr').length === 2");
    studio.choose("Time", "range");
    studio.fillTime("Since", "2020-01-01T12:00");
    studio.browser.await("location.hash.includes('since=2020-01-01T')");
    studio.choose("Environment", "production");
    studio.browser.await("document.querySelectorAll('tbody tr').length === 1");
    assertThat(studio.browser.run("return location.hash").asString())
        .contains("text=LOOKING+UP+FOR", "origin=CHAT", "environment=production");
    studio.inspect("invocations-filtered");
    studio.browser.run("window.before = true; location.reload()");
    studio.browser.await("!window.before && document.querySelectorAll('tbody tr').length === 1");
    studio.browser.run("history.back()");
    studio.browser.await("document.querySelectorAll('tbody tr').length === 2");
  }

  private static void setUp(Studio studio) throws InterruptedException {
    studio.click("Setup");
    studio.fill("New variable", "CRM_KEY");
    studio.click("Secret, for good");
    studio.click("Add");
    studio.click("Generate CRM_KEY in staging");
    studio.click("Save");
    studio.browser.await("document.querySelector('[placeholder=\"set; type to replace\"]')");
    studio.browser.await(
        "document.querySelector('.differences')?.shadowRoot?.querySelector('.cm-changedLine')");
    studio.inspect("setup");
  }

  @Test
  void an_api_is_tried_with_both_sides_shown(@TempDir Path profile)
      throws InterruptedException, IOException {
    List<String> signatures = new CopyOnWriteArrayList<>();
    var broken = new AtomicBoolean();
    HttpServer api = api(signatures, broken);
    try (Studio studio = Studio.open(program, profile)) {
      studio.signIn(program);
      studio.click("New bot");
      studio.fill("Name", "Calls an API");
      studio.click("Make the bot");
      studio.click("New integration");
      studio.inspect("choose");
      studio.click("Call an API");
      studio.fill("URL", "http://127.0.0.1:" + api.getAddress().getPort() + "/answer");
      studio.click("Generate a secret");
      studio.sees("it is not shown again");
      studio.click("Save");
      studio.browser.await("document.querySelector('.state').innerText === 'Saved'");
      studio.click("Send test");
      studio.sees("insecure url");
      studio.sees("No answer came");
      studio.click("More");
      studio.click("Egress");
      studio.fill("Also allowed", "127.0.0.1");
      studio.inspect("egress");
      studio.click("Save");
      studio.browser.await("document.querySelector('dialog').innerText.includes('Saved')");
      studio.click("Close");
      studio.click("Send test");
      studio.sees("Hello from the API");
      studio.sees("API_INTEGRATION");
      assertThat(signatures).hasSize(1).allMatch(signature -> signature.startsWith("sha1="));
      studio.sees("X-Hub-Signature: " + signatures.getFirst());
      studio.inspect("api");
      broken.set(true);
      studio.click("Send test");
      studio.sees("Status 500");
      studio.sees("<h1>Out of order</h1>");
      studio.inspect("api-failed");
    } finally {
      api.stop(0);
    }
  }

  private static HttpServer api(List<String> signatures, AtomicBoolean broken) throws IOException {
    HttpServer api =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(
        "/answer",
        exchange -> {
          signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Hub-Signature")));
          exchange.getRequestBody().readAllBytes();
          String said =
              broken.get()
                  ? "<html><body>\n  <h1>Out of order</h1>\n</body></html>\n"
                  : "{\"status\":true,\"response\":[\"Hello from the API\"]}";
          byte[] reply = said.getBytes(StandardCharsets.UTF_8);
          exchange
              .getResponseHeaders()
              .set("Content-Type", broken.get() ? "text/html" : "application/json");
          exchange.sendResponseHeaders(broken.get() ? 500 : 200, reply.length);
          exchange.getResponseBody().write(reply);
          exchange.close();
        });
    api.start();
    return api;
  }

  @Test
  @EnabledIfSystemProperty(
      named = "patchbay.all",
      matches = "true",
      disabledReason = "it takes half a minute; ./test --all runs it")
  void every_integration_of_the_examples_is_something_to_begin_with(@TempDir Path profile)
      throws InterruptedException {
    assertThat(program.put("/api/v1/bots/begun", "bot: begun", "application/yaml").status())
        .isEqualTo(200);
    try (Studio studio = Studio.open(program, profile)) {
      studio.signIn(program);
      List<String> offers = List.of();
      for (int i = 0; i == 0 || i < offers.size(); i++) {
        studio.browser.run("location.hash = '#/bots/begun/new'");
        studio.click("Begin with an example");
        studio.browser.await("document.querySelector('[aria-label^=\"Begin with this\"]')");
        if (i == 0) {
          studio.inspect("examples");
          offers = offers(studio);
        }
        studio.click(offers.get(i));
        studio.browser.await("document.querySelector('.desk h1')");
      }
      assertThat(offers).hasSizeGreaterThan(8);
      studio.browser.run("location.hash = '#/bots/begun'");
      studio.click("Go live");
      studio.click("Train and deploy to staging");
      studio.sees("is live in staging");
      program.say("begun", "staging", "u", "where is my order");
      assertThat(Program.texts(program.say("begun", "staging", "u", "abc123")).getFirst())
          .contains("on its way");
    }
  }

  /** Those of the examples, which are not begun with by other tests. */
  private static List<String> offers(Studio studio) {
    return studio
        .browser
        .run(
            "return [...document.querySelectorAll('[aria-label^=\"Begin with this\"]')]"
                + ".map((e) => e.ariaLabel)")
        .valueStream()
        .map(JsonNode::asString)
        .filter(label ->
            Stream.of("Order status", "Phone", "Club card", "Loan", "Contact")
                .anyMatch(label::contains))
        .toList();
  }

  @Test
  void the_keyboard_alone_is_enough(@TempDir Path profile) throws InterruptedException {
    try (Studio studio = Studio.open(program, profile)) {
      var keys = new KeyboardJourney(studio);
      keys.toTheFirstOutput(program.token);
      keys.throughAnError(BROKEN, FIXED);
      keys.toStaging();
      keys.toProduction();
      keys.toTheInvocation();
    }
  }
}
