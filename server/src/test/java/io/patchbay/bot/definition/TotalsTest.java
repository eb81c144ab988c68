package io.patchbay.bot.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * What grows by multiplication is bounded in new definitions; stored ones are read all the same.
 */
class TotalsTest {
  private final ObjectNode document = Json.object().put("bot", "large");

  private void regex(String name, String pattern) {
    document.withObject("entities").putObject(name).put("type", "regex").put("pattern", pattern);
  }

  private void isRefusedAndReadWhereItIsStored(String... problems) {
    assertThat(Documents.problems(document)).containsExactly(problems);
    assertThat(BotDefinition.stored(document).bot()).isEqualTo("large");
  }

  @Test
  void one_pattern_has_a_bound() {
    regex("dear", "(?:a{0,9}){300}b");
    isRefusedAndReadWhereItIsStored(
        "entities.dear.pattern: takes 5403 steps for each character of a message; at most 2000 are"
            + " allowed, so repeat less");
  }

  @Test
  void all_patterns_have_a_bound_together() {
    for (int i = 0; i < 30; i++) {
      regex("e" + i, "(?:a{0,9}){100}b" + i);
    }
    assertThat(Documents.problems(document))
        .first()
        .asString()
        .matches("entities\\.e\\d+\\.pattern: is too much with the patterns before it.*");
    assertThat(BotDefinition.stored(document).entities()).hasSize(30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)[\\x{1d00}-\\x{1e921}][\\x{1d00}-\\x{1e921}]",
        "(?i:[\\x{01d00}-\\x{1e921}x][^\u1d00-\uD83A\uDD21])"
      })
  void ranges_that_are_folded_one_by_one_have_a_bound(String pattern) {
    regex("wide", pattern);
    isRefusedAndReadWhereItIsStored(
        "entities.wide.pattern: has too many or too wide classes of characters, with the"
            + " patterns before it: those such as \\pL, and ranges that ignore case");
  }

  @Test
  void classes_that_are_tables_have_a_bound_together() {
    for (int i = 0; i < 7; i++) {
      regex("e" + i, "(?i)[" + "\\pL\\PL".repeat(i == 6 ? 60 : 160) + "]");
    }
    assertThat(Documents.problems(document))
        .singleElement()
        .asString()
        .startsWith("entities.e6.pattern: has too many or too wide classes of characters");
  }

  @Test
  void dictionaries_have_a_bound_together() {
    for (int d = 0; d < 3; d++) {
      ObjectNode values =
          document
              .withObject("entities")
              .putObject("d" + d)
              .put("type", "dictionary")
              .putObject("values");
      for (int i = 0; i < 4_000; i++) {
        values.putArray(i + "w".repeat(190));
      }
    }
    isRefusedAndReadWhereItIsStored(
        "entities.d1.values: is too much with the dictionaries before it: all words and variants"
            + " have at most 1000000 characters");
  }

  @Test
  void connections_have_a_bound_together() {
    for (int n = 0; n < 101; n++) {
      ObjectNode node = document.withObject("nodes").putObject("N" + n);
      for (int c = 0; c < 200; c++) {
        node.withArray("connections").addObject().put("to", "N0").putArray("user_says").add("x");
      }
    }
    isRefusedAndReadWhereItIsStored(
        "nodes.N100.connections: are too many with those of the nodes before it: at most 20000 in"
            + " all");
  }

  @Test
  void utterances_count_at_each_connection_that_leads_to_them() {
    for (int n = 0; n < 60; n++) {
      ObjectNode node = document.withObject("nodes").putObject("N" + n);
      for (int u = 0; u < 100; u++) {
        node.withArray("user_says").add("go " + n + " " + u);
      }
      for (int c = 0; c < 60; c++) {
        node.withArray("connections").addObject().put("to", "N" + c).putArray("user_says").add("x");
      }
    }
    isRefusedAndReadWhereItIsStored(
        "nodes.N16.connections: have too many utterances with those of the nodes before it: at most"
            + " 100000 in all, those of the nodes that they lead to counted at each");
  }

  @Test
  void entities_that_connections_test_count_as_the_nodes_own() {
    ObjectNode node = document.withObject("nodes").putObject("A");
    for (int i = 0; i < 51; i++) {
      document.withObject("entities").putObject("e" + i).put("type", "number");
      ObjectNode connection = node.withArray("connections").addObject().put("to", "A");
      connection.putObject("entity").putObject("e" + i).put("present", true);
    }
    isRefusedAndReadWhereItIsStored(
        "nodes.A: looks for 51 entities, those that its connections test included; at most 50 are"
            + " allowed");
  }

  @Test
  void a_large_program_is_a_warning_that_says_how_long_a_message_it_is_for() {
    regex("dear", "(?:a{0,9}){100}b");
    regex("cheap", "[a-z]{3}\\d{3}");
    document.withObject("nodes").putObject("A").put("start", true).putArray("bot_says").add("x");
    document.withObject("nodes").withObject("A").putArray("user_says").add("hello");
    assertThat(Documents.texts(BotReview.warnings(Documents.bot(document))))
        .containsExactly(
            "entities.dear.pattern: takes 1803 steps for each character, which is enough for a"
                + " message of 2218 characters; a longer one ends in a bot break. Repeat less");
  }

  @Test
  void warnings_are_told_up_to_a_number_and_then_counted() {
    ObjectNode node = document.withObject("nodes").putObject("A").put("start", true);
    node.putArray("user_says").add("hello");
    node.putArray("bot_says").add("%entitytag_none ".repeat(600));
    List<String> warnings = Documents.texts(BotReview.warnings(Documents.bot(document)));
    assertThat(warnings).hasSize(Problems.MOST + 1);
    assertThat(warnings).last().isEqualTo("and 400 further warnings");
  }

  @Test
  void utterances_are_compared_without_punctuation_at_their_ends() {
    assertThat(TextReview.normal(" \t..-- Hello, You! ?\n")).isEqualTo("hello, you");
    assertThat(TextReview.normal("...")).isEmpty();
  }
}
