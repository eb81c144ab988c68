package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A bot made in the browser alone, by mouse: nobody meets a file. */
class StudioBuilderTest extends StudioTests {
  private static final String CODE =
      """
      from patchbay import Payload, reply

      def main(event, context):
          entities = Payload(event).entities
          late = entities.get("parcel") == "P0001"
          return reply(status=True, state="late" if late else "moving", days=4 if late else 1)
      """;

  @Test
  void from_no_bot_at_all_to_one_that_asks_calls_and_answers(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = Studio.open(program, profile)) {
      studio.signIn(program);
      long begun = System.nanoTime();
      studio.clicks = 0;
      begin(studio);
      collect(studio);
      call(studio);
      lead(studio);
      say(studio);
      talk(studio);
      System.out.printf(
          "a bot of one's own after %d clicks and %d s%n",
          studio.clicks, Duration.ofNanos(System.nanoTime() - begun).toSeconds());
      change(studio);
      assertThat(studio.browser.complaints())
          .as(
              "complaints, but for nothing live yet, and for what is merged after its code was saved")
          .filteredOn(line -> !line.contains("409") && !line.contains("412"))
          .isEmpty();
    }
  }

  /** A name is needed, and the first node answers at once. */
  private static void begin(Studio studio) throws InterruptedException {
    studio.click("New bot");
    studio.click("Make the bot");
    studio.sees("Give the bot a name");
    studio.fill("Name", "Parcels");
    studio.fill("What will users write first?", "where is my parcel");
    studio.click("Make the bot");
    studio.sees("What the bot answers here");
  }

  private static void collect(Studio studio) throws InterruptedException {
    studio.click("User says");
    studio.fill("Add a sentence", "track a parcel" + Studio.ENTER);
    studio.saved();
    studio.click("Entities");
    studio.fill("What it is", "Parcel");
    studio.choose("Users give", "regex");
    studio.fill("Pattern", "P\\d{4}");
    studio.fill("The bot asks", "Which parcel?");
    studio.click("Add the entity");
    studio.sees("Entities 1");
    studio.fill("What it is", "Postcode");
    studio.choose("Users give", "number");
    studio.fill("The bot asks", "Which postcode?");
    studio.click("Add the entity");
    studio.sees("Entities 2");
    studio.inspect("entities");
  }

  private static void call(Studio studio) throws InterruptedException {
    studio.click("Integration");
    studio.inspect("integration");
    studio.click("Write code");
    studio.write(CODE);
    studio.runByKey();
    studio.botSays("Hello, this is Parcels.");
    studio.click("Nodes");
  }

  /** A node beside it, a line drawn to it with the mouse, and a rule in words. */
  private static void lead(Studio studio) throws InterruptedException {
    studio.click("Add a node");
    studio.fill("Name", "On its way");
    studio.click("Add it");
    studio.browser.await("document.querySelector('.node-panel h2')?.innerText === 'On its way'");
    studio.browser.drag(handle("WHERE_IS_MY_PARCEL", "source"), handle("ON_ITS_WAY", "target"));
    studio.sees("otherwise");
    studio.fill("Name of the new node", "Late");
    studio.click("Add the connection");
    studio.sees("when status is true");
    studio.click("when status is true");
    studio.fill("Variable 1", "state" + Studio.TAB);
    studio.saved();
    studio.fill("Value 1", "late" + Studio.TAB);
    studio.sees("when state is late");
    studio.click("+ Condition");
    studio.sees("and days is 1");
    studio.choose("Condition 2", "greater_than");
    studio.fill("Value 2", "2" + Studio.TAB);
    studio.sees("and days is more than 2");
    studio.saved();
    studio.inspect("connections");
  }

  private static String handle(String node, String kind) {
    return "document.querySelector('.react-flow__node[data-id=\"%s\"] .react-flow__handle.%s')"
        .formatted(node, kind);
  }

  private static void say(Studio studio) throws InterruptedException {
    open(studio, "LATE");
    studio.click("Bot says");
    studio.fill("Bubble 1", "Sorry, [[days]] days late." + Studio.TAB);
    studio.saved();
    studio.click("Add quick replies to bot says");
    studio.browser.await("document.querySelectorAll('.bubble-edit').length === 2");
    studio.inspect("bot-says");
    open(studio, "ON_ITS_WAY");
    studio.click("Bot says");
    studio.click("Add text to bot says");
    studio.fill("Bubble 1", "It is moving." + Studio.TAB);
    studio.saved();
  }

  /** The graph has moved it into sight, or is shown whole first. */
  private static void open(Studio studio, String node) throws InterruptedException {
    studio.click("Fit");
    studio.browser.click(label(node));
    studio.browser.await("location.hash.includes('/%s')".formatted(node));
    studio.clicks++;
  }

  private static void talk(Studio studio) throws InterruptedException {
    studio.click("Go live");
    studio.click("Train and deploy to staging");
    studio.sees("is live in staging");
    studio.click("Chat with it");
    studio.browser.type(".composer textarea", "track a parcel" + Studio.ENTER);
    studio.botSays("Which parcel?");
    studio.browser.type(".composer textarea", "P0001" + Studio.ENTER);
    studio.botSays("Which postcode?");
    studio.browser.type(".composer textarea", "12345" + Studio.ENTER);
    studio.botSays("Sorry, 4 days late.");
    studio.botSays("Shall I?");
  }

  /** A new system name is followed, and what is deleted comes back. */
  private static void change(Studio studio) throws InterruptedException {
    studio.click("Nodes");
    studio.sees("1 thing to look at");
    studio.inspect("canvas");
    open(studio, "WHERE_IS_MY_PARCEL");
    studio.click("Settings");
    studio.inspect("settings");
    studio.fill("Name", "Find a parcel" + Studio.TAB);
    studio.browser.await("location.hash.includes('FIND_A_PARCEL')");
    JsonNode renamed = bot();
    assertThat(renamed.at("/code/FIND_A_PARCEL").asString()).contains("def main");
    assertThat(renamed.at("/samples/FIND_A_PARCEL/default/node").asString())
        .isEqualTo("FIND_A_PARCEL");
    assertThat(renamed.path("nodes").propertyNames()).first().isEqualTo("FIND_A_PARCEL");
    studio.click("Delete the node");
    studio.sees("its code");
    studio.inspect("delete");
    studio.click("Delete");
    studio.browser.await("!document.querySelector('[data-id=FIND_A_PARCEL]')");
    studio.click("Undo");
    studio.browser.await("document.querySelector('[data-id=FIND_A_PARCEL]')");
    studio.saved();
    assertThat(bot()).isEqualTo(renamed);
  }

  private static String label(String node) {
    return "document.querySelector('[data-id=%s] .graph-label')".formatted(node);
  }

  private static JsonNode bot() {
    return program.get("/api/v1/bots/parcels").json();
  }

  @Test
  void bots_are_renamed_pasted_and_deleted_after_a_question(@TempDir Path profile)
      throws InterruptedException {
    try (Studio studio = Studio.open(program, profile)) {
      studio.signIn(program);
      studio.click("New bot");
      studio.fill("Name", "Pasted");
      studio.click("A definition that you paste");
      studio.fill("Definition", "bot: other\nnodes: {A: {start: true, user_says: [hi]}}");
      studio.inspect("paste");
      studio.click("Make the bot");
      studio.browser.await("document.querySelector('.react-flow__node')");
      studio.click("Patchbay");
      studio.click("Rename");
      studio.fill("Name", "Given another name" + Studio.ENTER);
      studio.sees("Given another name");
      studio.click("Delete Given another name");
      studio.inspect("delete-bot");
      studio.click("Delete for good");
      studio.browser.await("!document.body.innerText.includes('Given another name')");
      assertThat(program.get("/api/v1/bots/pasted").status()).isEqualTo(404);
    }
  }
}
