package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every example's conversations hold after a fresh start, in both environments. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExampleConversationsTest {
  @TempDir static Path data;

  private static final Path EXAMPLES = Program.ROOT.resolve("examples");

  private static Program program;

  @BeforeAll
  static void start() {
    program = Program.start(data);
  }

  @AfterAll
  static void end() {
    program.close();
  }

  record Script(Path file, String environment) {
    String bot() {
      return EXAMPLES.relativize(file).getName(0).toString();
    }

    @Override
    public String toString() {
      return bot() + "/" + file.getFileName() + " in " + environment;
    }
  }

  static Stream<Script> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES, 3)) {
      List<Path> scripts =
          files
              .filter(f -> EXAMPLES.relativize(f).getNameCount() == 3)
              .filter(f -> EXAMPLES.relativize(f).getName(1).toString().equals("conversations"))
              .sorted()
              .toList();
      assertThat(scripts).hasSizeGreaterThan(5);
      return Stream.of("staging", "production")
          .flatMap(environment -> scripts.stream().map(file -> new Script(file, environment)));
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void the_conversation_holds(Script script) throws IOException {
    String user = script.toString();
    for (JsonNode step : Program.JSON.readTree(Files.readString(script.file()))) {
      String said = step.get("say").asString();
      JsonNode turn = program.say(script.bot(), script.environment(), user, said);
      List<String> bubbles = Program.texts(turn);
      if (step.has("expect")) {
        assertThat(bubbles)
            .as("%s, after: %s; log %s", script, said, turn.get("log"))
            .isEqualTo(step.get("expect").valueStream().map(JsonNode::asString).toList());
      } else {
        Pattern pattern = Pattern.compile(step.get("matches").asString());
        assertThat(bubbles)
            .as("%s, after: %s; log %s", script, said, turn.get("log"))
            .anyMatch(bubble -> pattern.matcher(bubble).find());
      }
    }
  }
}
