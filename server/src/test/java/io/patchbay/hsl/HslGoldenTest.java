package io.patchbay.hsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.StringNode;

/** Contract H1 to H11: every type of element, one per file. */
@DisplayName("H1-H11")
class HslGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/hsl");

  static Stream<Path> elements() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("elements")
  void an_element_prints_as_it_was_read_and_raises_no_warning(Path file) throws IOException {
    String text = Files.readString(file).stripTrailing();
    BotResponse asObject = BotResponse.read(Json.array().add(Json.parse(text)));
    BotResponse asText = BotResponse.read(Json.array().add(text)); // C6
    assertThat(asObject.warnings()).isEmpty();
    assertThat(asObject.elements()).hasSize(1);
    assertThat(Json.write(asObject.elements().getFirst().json())).isEqualTo(text);
    assertThat(asText).isEqualTo(asObject);
  }

  @ParameterizedTest
  @MethodSource("elements")
  void filling_leaves_an_element_without_variables_as_it_is(Path file) throws IOException {
    String text = Files.readString(file).stripTrailing();
    var filled =
        Template.fill(
            Json.parse(text), _ -> Optional.empty(), Map.of("text", "x"), new ReplyRoom());
    assertThat(Json.write(filled)).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("elements")
  void a_variable_may_hold_any_element(Path file) throws IOException { // F8
    var element = Json.parse(Files.readString(file));
    var bubble = StringNode.valueOf("[[hsl]]");
    assertThat(Template.fill(bubble, _ -> Optional.of(element), Map.of(), new ReplyRoom()))
        .isEqualTo(element);
    var text = StringNode.valueOf(Json.write(element));
    assertThat(Template.fill(bubble, _ -> Optional.of(text), Map.of(), new ReplyRoom()))
        .isEqualTo(element);
  }
}
