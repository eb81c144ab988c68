package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service of an example keeps its files with the server's own data. */
class ExampleServicesTest {
  @TempDir Path data;

  @Test
  void what_a_service_keeps_outlives_a_restart_and_environments_are_apart() {
    try (Program program = Program.start(data)) {
      say(program, "lead-capture", "production", "contact me", "me@acme.example", "solar");
      say(program, "own-auth-storage", "staging", "sign in", "C1002", "135790");
      say(program, "own-auth-storage", "staging", "spend points", "100");
    }
    assertThat(data.resolve("services/lead-capture/leads.db")).isRegularFile();
    try (Program again = Program.start(data)) {
      assertThat(say(again, "lead-capture", "production", "contact me"))
          .containsExactly(
              "Welcome back. We write to me@acme.example about solar. Shall I change that?");
      assertThat(say(again, "lead-capture", "staging", "contact me"))
          .containsExactly("Where may we write to?");
      assertThat(say(again, "own-auth-storage", "staging", "show my points"))
          .containsExactly("Card C1002 has 200 points.");
      assertThat(say(again, "own-auth-storage", "production", "show my points"))
          .containsExactly("Please sign in first.", "Which card do you have?");
    }
  }

  @Test
  void a_copy_of_an_example_reaches_the_service_after_a_restart() {
    try (Program program = Program.start(data)) {
      program.post("/api/v1/bots/otp-verification/copies", "{\"bot\": \"mine\"}");
      String version = program.post("/api/v1/bots/mine/train", "").json().get("version").asString();
      program.post(
          "/api/v1/bots/mine/deployments",
          "{\"version\": \"%s\", \"environment\": \"staging\"}".formatted(version));
      assertThat(codeSent(program, "mine", "ann")).contains("I have sent you a code");
      program.put(
          "/api/v1/bots/lead-capture/variables/LEAD_LIST",
          "{\"staging\": \"mine\"}",
          "application/json");
    }
    try (Program again = Program.start(data)) {
      assertThat(codeSent(again, "mine", "ben")).contains("I have sent you a code");
      assertThat(codeSent(again, "otp-verification", "ben")).contains("I have sent you a code");
      assertThat(again.get("/api/v1/bots/lead-capture/variables").text())
          .as("a value that somebody has set stays")
          .contains("\"staging\":\"mine\"");
    }
  }

  private static String codeSent(Program program, String bot, String user) {
    program.say(bot, "staging", user, "verify my number");
    return String.join(" ", Program.texts(program.say(bot, "staging", user, "+12025550143")));
  }

  /** The answer to the last of the messages. */
  private static List<String> say(
      Program program, String bot, String environment, String... messages) {
    List<String> answer = List.of();
    for (String message : messages) {
      answer = Program.texts(program.say(bot, environment, "u", message));
    }
    return answer;
  }
}
