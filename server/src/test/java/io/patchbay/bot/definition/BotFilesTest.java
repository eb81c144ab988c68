package io.patchbay.bot.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class BotFilesTest {
  private static final String DOCUMENT =
      """
      bot: files
      nodes:
        A: {integration: {type: code}}
        B: {bot_says: hi}
      requirements: |
        requests
      code:
        A: |
          def main(event, context):
              pass
      samples:
        A: {default: {entities: {}}, late: {entities: {e: []}, 5: x}}
      """;

  @Test
  void a_document_splits_into_definition_and_files_and_joins_again() {
    ObjectNode document = (ObjectNode) BotYaml.read(DOCUMENT);
    BotFiles.Split split = BotFiles.split(document);
    assertThat(split.definition().propertyNames()).containsExactly("bot", "nodes");
    assertThat(split.files().code())
        .isEqualTo(Map.of("A", "def main(event, context):\n    pass\n"));
    assertThat(split.files().samples().get("A"))
        .containsEntry("default", Json.parse("{\"entities\":{}}"))
        .hasSize(2);
    assertThat(split.files().requirements()).contains("requests\n");
    assertThat(document).isEqualTo(BotYaml.read(DOCUMENT));
    assertThat(split.files().joinedTo(split.definition())).isEqualTo(document);
  }

  @Test
  void files_that_a_document_does_not_carry_are_absent_not_empty() {
    BotFiles.Split split = BotFiles.split(Documents.acme());
    assertThat(split.definition()).isEqualTo(Documents.acme());
    assertThat(split.files()).isEqualTo(new BotFiles(Map.of(), Map.of(), Optional.empty()));
    assertThat(
            BotFiles.split((ObjectNode) BotYaml.read("{bot: a, requirements: ''}"))
                .files()
                .requirements())
        .contains("");
  }

  @Test
  void a_code_node_without_code_is_no_problem_of_the_definition() {
    assertThat(Documents.problems("{bot: a, nodes: {A: {integration: {type: code}}}}")).isEmpty();
  }

  @Test
  void code_of_a_node_that_has_no_code_integration_is_kept_with_a_warning() {
    assertThat(Documents.warnings("{bot: a, nodes: {B: {bot_says: hi}}, code: {B: 'x = 1'}}"))
        .containsExactly("code.B: is kept but never runs: node B has no integration of type code");
  }

  @Test
  void files_that_are_too_long_are_refused() {
    ObjectNode document = (ObjectNode) BotYaml.read(DOCUMENT);
    document.put("requirements", "#".repeat(Requirements.LONGEST + 1));
    Documents.at(document, "code").put("A", "#".repeat(FilesReader.LONGEST_CODE + 1));
    List<String> problems = Documents.problems(document);
    assertThat(problems)
        .containsExactly(
            "requirements: has 20481 characters; at most 20480",
            "code.A: has 1048577 characters; at most 1048576 are allowed");
  }
}
