package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Packages of a bot's own, from requirements to the reply that they made. */
class PackagesTest {
  private static final String CODE =
      """
      import json, acme_words
      def main(event, context):
          return {"statusCode": 200, "body": json.dumps({"response": acme_words.say()})}
      """;

  @TempDir Path data;

  @Test
  void requirements_are_trained_into_a_version_whose_code_uses_them_in_a_chat() throws Exception {
    try (WheelIndex index = WheelIndex.start()) {
      index.publish("acme_words", "1.0", "def say(): return 'one'\n");
      index.publish("acme_words", "2.0", "def say(): return 'two'\n");
      try (Program program = Program.start(data, "--package-index", index.url())) {
        deploy(program, "first", "acme_words==1.0\n");
        deploy(program, "second", "acme_words\n");
        JsonNode first = program.get("/api/v1/bots/first/packages").json();
        JsonNode second = program.get("/api/v1/bots/second/packages").json();
        assertThat(first.path("state").asString()).isEqualTo("ready");
        assertThat(first.path("set").asString()).isNotEqualTo(second.path("set").asString());
        assertThat(say(program, "first")).containsExactly("one");
        assertThat(say(program, "second")).containsExactly("two");

        failingRequirementsKeepTheOldOnes(program);
      }
    }
    // The index is gone, and the packages are not.
    try (Program again = Program.start(data)) {
      assertThat(say(again, "first")).containsExactly("one");
    }
  }

  @Test
  void a_default_package_is_there_without_being_named_also_when_the_index_is_gone()
      throws Exception {
    try (WheelIndex index = WheelIndex.start()) {
      index.publish("six", "1.99", "def say(): return 'from the index'\n");
      try (Program program =
          Program.start(data, "--default-packages", "auto", "--package-index", index.url())) {
        JsonNode settled = awaitDefaults(program);
        assertThat(settled.path("installed").toString()).contains("\"1.99\"");
        assertThat(settled.path("missing").toString()).contains("requirement gspread");
        deploy(program, "third", "", CODE.replace("acme_words", "six"));
        assertThat(say(program, "third")).containsExactly("from the index");
      }
    }
    try (Program again =
        Program.start(
            data, "--default-packages", "auto", "--package-index", "http://127.0.0.1:1/simple")) {
      assertThat(say(again, "third")).containsExactly("from the index");
    }
    try (Program off = Program.start(data)) {
      assertThat(say(off, "third")).doesNotContain("from the index");
    }
  }

  private static JsonNode awaitDefaults(Program program) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    JsonNode defaults = program.get("/api/v1/system").json().path("default_packages");
    while (defaults.path("state").asString().equals("installing") && System.nanoTime() < end) {
      Thread.sleep(50);
      defaults = program.get("/api/v1/system").json().path("default_packages");
    }
    String why = defaults.path("missing").toString();
    Assumptions.assumeFalse(why.contains("cannot be installed here"), why);
    return defaults;
  }

  private static void failingRequirementsKeepTheOldOnes(Program program) throws Exception {
    var saved = program.put("/api/v1/bots/first/packages", "acme_words==9\n", "text/plain");
    assertThat(saved.status()).as(saved.text()).isEqualTo(200);
    JsonNode failed = await(program, "first", "failed");
    assertThat(failed.path("error").asString()).contains("acme_words==9");
    assertThat(failed.path("lock").asString()).startsWith("acme-words==1.0 ");
    assertThat(train(program, "first").path("problems").path(0).path("pointer").asString())
        .isEqualTo("requirements");
    JsonNode tested = program.post("/api/v1/bots/first/integrations/RUN/test", "{}").json();
    assertThat(tested.path("outcome").asString()).as(tested.toString()).isEqualTo("succeeded");
    assertThat(say(program, "first")).containsExactly("one");
  }

  private static void deploy(Program program, String bot, String requirements) {
    deploy(program, bot, requirements, CODE);
  }

  private static void deploy(Program program, String bot, String requirements, String code) {
    String document =
        """
        bot: %s
        requirements: "%s"
        nodes:
          RUN: {start: true, user_says: [run it], integration: {type: code}}
        """
            .formatted(bot, requirements.strip());
    var put = program.put("/api/v1/bots/" + bot, document, "application/yaml");
    assertThat(put.status()).as(put.text()).isIn(200, 201);
    program.put("/api/v1/bots/" + bot + "/code/RUN", code, "text/x-python");
    JsonNode trained = train(program, bot);
    String problems = trained.path("problems").toString();
    Assumptions.assumeFalse(problems.contains("cannot be installed here"), problems);
    assertThat(trained.path("version").isString()).as(trained.toString()).isTrue();
    var deployed =
        program.post(
            "/api/v1/bots/" + bot + "/deployments",
            "{\"version\":\"%s\",\"environment\":\"production\"}"
                .formatted(trained.path("version").asString()));
    assertThat(deployed.status()).as(deployed.text()).isIn(200, 201);
  }

  private static JsonNode train(Program program, String bot) {
    return program.post("/api/v1/bots/" + bot + "/train", "").json();
  }

  private static List<String> say(Program program, String bot) {
    return Program.texts(program.say(bot, "production", "u", "run it"));
  }

  private static JsonNode await(Program program, String bot, String state) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    JsonNode packages = program.get("/api/v1/bots/" + bot + "/packages").json();
    while (!packages.path("state").asString().equals(state) && System.nanoTime() < end) {
      Thread.sleep(50);
      packages = program.get("/api/v1/bots/" + bot + "/packages").json();
    }
    assertThat(packages.path("state").asString()).as(packages.toString()).isEqualTo(state);
    return packages;
  }
}
