package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Forms beside others who save too: what each of them saved stays, and nothing goes unasked. */
class StudioFormsTest extends StudioTests {
  private static final String STATE = "document.querySelector('.state').innerText";

  private static SignedApi api;

  @BeforeAll
  static void start() {
    api = new SignedApi();
  }

  @AfterAll
  static void end() {
    api.close();
  }

  /** Before a bot of its own, whose node N calls the API. */
  private static Studio before(String bot, Path profile, Consumer<ObjectNode> more)
      throws InterruptedException {
    ObjectNode document = Program.JSON.createObjectNode().put("bot", bot);
    document.putObject("base_url").put("staging", api.address()).put("production", api.address());
    document.putObject("egress").putArray("allow").add("127.0.0.1");
    ObjectNode node = document.putObject("nodes").putObject("N").put("start", true);
    node.putArray("user_says").add("hello");
    node.putObject("integration").put("type", "api").put("path", "/base").put("timeout", "10s");
    more.accept(document);
    save(document);
    Studio studio = Studio.open(program, profile);
    studio.signIn(program);
    studio.browser.run("location.hash = '#/bots/" + bot + "/nodes/N'");
    studio.browser.await("document.querySelector('.desk')");
    return studio;
  }

  private static ObjectNode bot(String bot) {
    return (ObjectNode) program.get("/api/v1/bots/" + bot).json();
  }

  private static ObjectNode integration(JsonNode document) {
    return (ObjectNode) document.at("/nodes/N/integration");
  }

  private static ObjectNode integration(String bot) {
    return integration(bot(bot));
  }

  private static void save(ObjectNode document) {
    Program.Answer saved =
        program.put(
            "/api/v1/bots/" + document.get("bot").asString(),
            document.toString(),
            "application/json");
    assertThat(saved.status()).as(saved.text()).isEqualTo(200);
  }

  /** Somebody else saves. */
  private static void others(String bot, Consumer<ObjectNode> change) {
    ObjectNode document = bot(bot);
    change.accept(document);
    save(document);
  }

  private static void reload(Studio studio) throws InterruptedException {
    studio.browser.run("window.before = true; setTimeout(() => location.reload())");
    studio.browser.await("!window.before && document.querySelector('.desk')");
  }

  private static void inSight(Studio studio, String text) throws InterruptedException {
    studio.sees(text);
    studio.browser.await(
        """
        [...document.querySelectorAll('p, strong, dd, li')]
          .filter((e) => e.innerText.includes(%s))
          .map((e) => e.getBoundingClientRect())
          .some((r) => r.height && r.top >= 0 && r.bottom <= innerHeight)\
        """
            .formatted(Program.JSON.writeValueAsString(text)));
  }

  /** What stands at the lower edge is beneath the row that saves. */
  private static void fill(Studio studio, String label, String text) throws InterruptedException {
    String field =
        "[...document.querySelectorAll('label.field')].find((e) => e.innerText.startsWith('%s'))"
            .formatted(label);
    studio.browser.await(field);
    studio.browser.run(field + ".scrollIntoView({block: 'center'})");
    studio.fill(label, text);
  }

  private static String valueOf(Studio studio, String label) {
    return studio
        .browser
        .run(
            """
            return [...document.querySelectorAll('label.field')]
              .find((e) => e.innerText.startsWith('%s')).querySelector('input, textarea').value\
            """
                .formatted(label))
        .asString();
  }

  @Test
  void what_was_typed_meets_what_others_saved_since_and_both_are_told(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = before("meets", profile, document -> {})) {
      fill(studio, "Path", "/mine");
      others(
          "meets", document -> integration(document).put("path", "/theirs").put("timeout", "7s"));
      reload(studio);
      inSight(studio, "Not saved: somebody else changed this too");
      inSight(studio, "/theirs");
      assertThat(valueOf(studio, "Timeout")).isEqualTo("7s");
      assertThat(valueOf(studio, "Path")).isEqualTo("/mine");
      studio.browser.press(Studio.CONTROL, "s");
      assertThat(integration("meets").get("path").asString()).isEqualTo("/theirs");
      studio.inspect("form-conflict");
      studio.click("Save mine over theirs");
      studio.saved();
      assertThat(integration("meets").get("path").asString()).isEqualTo("/mine");
      assertThat(integration("meets").get("timeout").asString()).isEqualTo("7s");
    }
  }

  @Test
  void trouble_is_in_sight_and_nothing_is_sent_over_what_others_saved(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = before("sight", profile, document -> {})) {
      fill(studio, "Timeout", "banana");
      studio.click("Save and send test");
      inSight(studio, "banana");
      fill(studio, "Timeout", "5s");
      fill(studio, "Path", "/mine");
      others("sight", document -> integration(document).put("path", "/theirs"));
      int before = api.calls.size();
      for (int press = 0; press < 2; press++) {
        studio.click("Save and send test");
        inSight(studio, "/theirs");
        studio.browser.await(STATE + ".startsWith('Not saved: choose')");
        assertThat(integration("sight").get("path").asString()).isEqualTo("/theirs");
      }
      assertThat(api.calls).hasSize(before);
      studio.click("Take theirs, drop mine");
      studio.browser.await(STATE + ".startsWith('Not saved; kept')");
      assertThat(valueOf(studio, "Path")).isEqualTo("/theirs");
      studio.click("Save and send test");
      studio.sees("Hello from the API");
      assertThat(integration("sight").get("timeout").asString()).isEqualTo("5s");
      assertThat(integration("sight").get("path").asString()).isEqualTo("/theirs");
    }
  }

  @Test
  void a_new_value_of_a_secret_is_made_where_one_says_so(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio =
        before(
            "secret",
            profile,
            document -> {
              document.putObject("variables").putObject("KEY").put("secret", true);
              integration(document).put("secret", "KEY");
            })) {
      program.put(
          "/api/v1/bots/secret/variables/KEY",
          "{\"staging\":\"old-one\",\"production\":\"old-two\",\"secret\":true}",
          "application/json");
      live("secret", "production");
      reload(studio);
      studio.click("Generate a new value");
      studio.sees("cannot be brought back");
      studio.inspect("new-secret");
      assertThat(signedInTest("secret", "old-one")).isTrue();
      studio.click("Replace it in staging");
      studio.sees("it is not shown again");
      studio.sees("from the next call on");
      String fresh =
          studio.browser.run("return document.querySelector('.secret').innerText").asString();
      assertThat(signedInTest("secret", fresh)).isTrue();
      program.say("secret", "production", "u", "hello");
      assertThat(api.calls.getLast().isSignedWith("old-two")).isTrue();
      assertThat(studio.shows("Not saved")).isFalse();
      others("secret", document -> integration(document).putArray("response_before").add("Wait"));
      reload(studio);
      studio.browser.await(STATE + " === 'Saved'");
      fill(studio, "Timeout", "9s");
      studio.click("Save");
      studio.saved();
      assertThat(integration("secret").get("response_before")).hasSize(1);
    }
  }

  private static void live(String bot, String environment) {
    String version =
        program.post("/api/v1/bots/" + bot + "/train", "{}").json().get("version").asString();
    Program.Answer deployed =
        program.post(
            "/api/v1/bots/" + bot + "/deployments",
            "{\"version\":\"%s\",\"environment\":\"%s\"}".formatted(version, environment));
    assertThat(deployed.status()).as(deployed.text()).isBetween(200, 202);
  }

  private static boolean signedInTest(String bot, String secret) {
    program.post("/api/v1/bots/" + bot + "/integrations/N/test", "{\"input\":{}}");
    return api.calls.getLast().isSignedWith(secret);
  }

  @Test
  void what_is_typed_while_a_secret_is_made_stays(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = before("typing", profile, document -> {})) {
      studio.slow();
      studio.click("Generate a secret");
      fill(studio, "Timeout", "25s");
      studio.online();
      studio.sees("it is not shown again");
      assertThat(valueOf(studio, "Timeout")).isEqualTo("25s");
      studio.click("Save");
      studio.saved();
      assertThat(integration("typing").get("timeout").asString()).isEqualTo("25s");
      assertThat(integration("typing").get("secret").asString()).isEqualTo("API_SECRET");
    }
  }

  @Test
  void a_variable_goes_when_that_is_confirmed_and_its_values_go_last(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio =
        before(
            "goes",
            profile,
            document -> {
              document.putObject("variables").putObject("KEY").put("secret", true);
              integration(document).put("secret", "KEY");
            })) {
      program.put(
          "/api/v1/bots/goes/variables/KEY",
          "{\"staging\":\"one-one\",\"production\":\"two-two\"}",
          "application/json");
      studio.click("Setup");
      studio.click("Remove KEY");
      studio.sees("cannot be brought back");
      studio.inspect("remove-variable");
      assertThat(values("goes")).isEqualTo(2);
      studio.click("Remove it and its values");
      studio.browser.await("document.querySelector('dialog .trouble')");
      assertThat(values("goes")).isEqualTo(2);
      studio.click("Cancel");
      others("goes", document -> integration(document).remove("secret"));
      studio.click("Remove KEY");
      studio.click("Remove it and its values");
      studio.sees("No variables yet");
      assertThat(values("goes")).isZero();
      assertThat(bot("goes").path("variables")).isEmpty();
    }
  }

  private static long values(String bot) {
    return program
        .get("/api/v1/bots/" + bot + "/variables")
        .json()
        .get("variables")
        .valueStream()
        .flatMap(variable -> variable.get("set").valueStream())
        .filter(JsonNode::asBoolean)
        .count();
  }

  @Test
  void bubbles_that_are_no_plain_line_are_shown_and_keep_their_place(@TempDir Path profile)
      throws InterruptedException {
    JsonNode said = Program.JSON.readTree("[{\"en\":\"First\",\"hi\":\"पहला\"},\"Second\"]");
    try (Studio studio =
        before("places", profile, document -> integration(document).set("response_after", said))) {
      studio.sees("1 more bubble");
      studio.sees("en, hi");
      studio.browser.run("document.querySelector('.kept').scrollIntoView({block: 'end'})");
      studio.inspect("kept-bubbles");
      fill(studio, "Path", "/other");
      studio.click("Save");
      studio.saved();
      assertThat(integration("places").get("response_after")).isEqualTo(said);
      fill(studio, "Said after its reply", "2nd");
      studio.click("Save");
      studio.saved();
      assertThat(integration("places").get("response_after").toString())
          .isEqualTo(said.toString().replace("Second", "2nd"));
    }
  }

  @Test
  void a_result_is_old_if_something_was_saved_while_it_was_on_its_way(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio =
        before("old", profile, document -> integration(document).put("timeout", "60s"))) {
      api.leave.drainPermits();
      studio.click("Send test");
      studio.sees("Waiting for the API");
      fill(studio, "Timeout", "9s");
      studio.click("Save");
      studio.saved();
      api.leave.release(1_000);
      studio.sees("Hello from the API");
      studio.sees("before your last change");
      studio.click("Send test");
      studio.browser.await("!document.body.innerText.includes('before your last change')");
      studio.sees("Hello from the API");
    } finally {
      api.leave.release(1_000);
    }
  }
}
