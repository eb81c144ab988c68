package io.patchbay.bot.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Refusal;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class BotYamlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          yes | "yes"
          No | "No"
          on | "on"
          OFF | "OFF"
          y | "y"
          true | true
          True | true
          FALSE | false
          null | null
          ~ | null
          Null | null
          12 | 12
          -0 | 0
          +5 | 5
          012 | 12
          0o17 | 15
          0x1F | 31
          0b11 | "0b11"
          1_000 | "1_000"
          1,000 | "1,000"
          12:30:45 | "12:30:45"
          2026-01-01 | "2026-01-01"
          1.50 | 1.50
          .5 | 0.5
          5. | 5
          1e3 | 1E+3
          1.2.3 | "1.2.3"
          - | [null]
          -- | "--"
          127.0.0.1:9000 | "127.0.0.1:9000"
          2147483648 | 2147483648
          123456789012345678901234567890 | 123456789012345678901234567890
          "12" | "12"
          'true' | "true"
          = | "="
          << | "<<"
          """)
  void plain_scalars_mean_what_the_core_schema_of_yaml_1_2_says(String yaml, String json) {
    assertThat(BotYaml.read(yaml)).isEqualTo(Json.parse(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | the text is empty
          `# only a comment` | the text is empty
          `a: 1\\na: 2` | line 2, column 1: key a is there twice
          `a: {b: 1, b: 2}` | line 1, column 11: key b is there twice
          `a: &x 1` | line 1, column 4: anchors
          `a: *x` | line 1, column 4: aliases
          `a: !!str 1` | line 1, column 4: tags
          `a: !x {}` | line 1, column 4: tags
          `!!map {}` | line 1, column 1: tags
          `!!python/object:os.system x` | line 1, column 1: tags
          `a: 1\\n---\\nb: 2` | line 2, column 1: a second document
          `a:\\n\\tb: 1` | line 2, column 1: while scanning for the next token
          `a: b: c` | line 1, column 5: mapping values are not allowed here
          `a: [1, 2` | line 1, column 9: while parsing a flow sequence
          `a: "x` | line 1, column 6: while scanning a quoted scalar
          `? [a]\\n: b` | line 1, column 3: a key must be a text
          `a: .inf` | line 1, column 4: .inf is no number
          `a: .NaN` | line 1, column 4: .NaN is no number
          `a: 1e99999999999` | line 1, column 4: the exponent of
          `a: \\7` | near line 1: character U+0007 is not allowed
          `a: @b` | line 1, column 4: while scanning for the next token
          `a: %b` | line 1, column 4: while scanning for the next token
          `%YAML 2.0\\n---\\na` | only YAML 1.2 is read
          `a: "\\\\xZZ"` | line 1, column 7: while scanning a double-quoted scalar
          """)
  void what_cannot_be_read_is_refused_with_its_line_and_column(String yaml, String message) {
    String text = yaml.translateEscapes();
    assertThatThrownBy(() -> BotYaml.read(text))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.getMessage()).startsWith(message);
              assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_JSON);
              assertThat(refusal.problems())
                  .singleElement()
                  .satisfies(
                      problem -> assertThat(problem.message()).isEqualTo(refusal.getMessage()));
            });
  }

  @Test
  void an_alias_bomb_is_refused_at_its_first_anchor() {
    var bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> BotYaml.read(bomb.toString()))
        .hasMessageStartingWith("line 1, column 5: anchors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "{? ", "[{a: "})
  void deep_nesting_is_refused_before_it_costs_anything(String opening) {
    String deep = opening.repeat(1_000_000 / opening.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThatThrownBy(() -> BotYaml.read(deep)).isInstanceOf(Refusal.class));
  }

  @Test
  void two_hundred_levels_can_be_read_and_one_more_not() {
    assertThat(BotYaml.read("[".repeat(200) + "]".repeat(200)).isArray()).isTrue();
    assertThatThrownBy(() -> BotYaml.read("[".repeat(201) + "]".repeat(201)))
        .hasMessage("line 1, column 201: is nested deeper than 200 levels");
  }

  @Test
  void a_text_over_the_limit_is_too_large() {
    assertThatThrownBy(() -> BotYaml.read("a".repeat(BotYaml.LONGEST + 1)))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_LARGE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b\n",
        "\"",
        "'x",
        "- 1\n",
        "key: |\n  x\n",
        "a ",
        "# c\n",
        "{}",
        "!",
        "&",
        "é"
      })
  void large_texts_are_read_or_refused_in_bounded_time(String piece) {
    String large = piece.repeat(4_000_000 / piece.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          try {
            BotYaml.read(large);
          } catch (Refusal refusal) {
            assertThat(refusal.getMessage()).hasSizeLessThan(500);
          }
        });
  }

  @Test
  void a_byte_order_mark_and_windows_line_ends_are_read() {
    assertThat(BotYaml.read("\uFEFFa: 1\r\nb: |\r\n  x\r\n  y\r\n"))
        .isEqualTo(Json.parse("{\"a\":1,\"b\":\"x\\ny\\n\"}"));
  }

  @Test
  void code_is_written_as_a_readable_literal_block() {
    ObjectNode document = Json.object().put("bot", "acme").put("name", "Yes: 12 #x");
    document
        .putObject("code")
        .put("A", "import json\n\n\ndef main(event, context):\n    return 1\n");
    document.putArray("list").add("yes").add("12").add("1_000").add(12).add(true).addObject();
    assertThat(BotYaml.write(document))
        .isEqualTo(
            """
            bot: acme
            name: "Yes: 12 #x"
            code:
              A: |
                import json


                def main(event, context):
                    return 1
            list:
              - "yes"
              - "12"
              - "1_000"
              - 12
              - true
              - {}
            """);
  }

  @Test
  void nested_lists_and_objects_are_written_in_block_style() {
    JsonNode tree = Json.parse("{\"a\":[[1,[2]],{\"b\":{\"c\":[]},\"d\":null}]}");
    assertThat(BotYaml.write(tree))
        .isEqualTo(
            """
            a:
              - - 1
                - - 2
              - b:
                  c: []
                d: null
            """);
    assertThat(BotYaml.read(BotYaml.write(tree))).isEqualTo(tree);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n",
        "\n\n",
        " \n",
        "a\n",
        "a\n\n",
        "a\n\n\n",
        "\na",
        "\n a",
        " a\nb",
        "  a\n b\n",
        "\ta\nb",
        "a\n ",
        "a\n \n",
        "a\n\t",
        "a \nb",
        "a\r\nb",
        "a\rb\nc",
        "a\u0085b\n",
        "a\u2028b\nc",
        "a\uFEFF\nb",
        "\u0000",
        "\u007f\n",
        "\ud83d\ude00\nx",
        "# x\n# y",
        "---\nx",
        "...\n",
        "a: b\nc",
        "- a\n- b",
        "|\n",
        "\\\n\"",
        "null",
        "~",
        "true",
        "True",
        "yes",
        "No",
        "ON",
        "y",
        "0",
        "-1",
        "1e3",
        "0x1f",
        "0o7",
        ".5",
        ".inf",
        "1_0",
        "12:30",
        "2026-01-01",
        "=",
        "<<",
        "*a",
        "&a",
        "!a",
        "@a",
        "`a",
        "%a",
        "a #b",
        "a: b",
        "a:",
        ":a",
        "-",
        "- a",
        "?",
        "? a",
        "[a",
        "{a",
        "]",
        "}",
        ",",
        "'",
        "\"",
        "a'b",
        " a",
        "a ",
        "a  b",
        "/x",
        "a/b.c-d",
        "\n\n  x\n    y\n\n z \n\n",
        "x\n\n\n   \n",
        "a\n  b\n c",
        "\u00e9t\u00e9",
        "\u0928\u092e\u0938\u094d\u0924\u0947\nx"
      })
  void every_text_reads_back_exactly_as_value_item_and_key(String text) {
    JsonNode tree =
        Json.object()
            .put("a", text)
            .put(text, 1)
            .set(
                "l",
                Json.array()
                    .add(text)
                    .add(Json.array().add(text))
                    .add(Json.object().put("x", text)));
    assertThat(BotYaml.read(BotYaml.write(tree))).isEqualTo(tree);
    JsonNode alone = Json.array().add(text).path(0);
    assertThat(BotYaml.read(BotYaml.write(alone))).isEqualTo(alone);
  }

  @Test
  void random_trees_read_back_exactly() {
    long seed = 20_260_102L;
    var random = new Random(seed);
    for (int round = 0; round < 5000; round++) {
      JsonNode tree = Json.parse(Json.write(tree(random, 0)));
      String yaml = BotYaml.write(tree);
      try {
        assertThat(BotYaml.read(yaml)).isEqualTo(tree);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + " round " + round + ":\n" + yaml, e);
      }
    }
  }

  private static JsonNode tree(Random random, int depth) {
    var nodes = Json.MAPPER.getNodeFactory();
    return switch (random.nextInt(depth > 4 ? 6 : 9)) {
      case 0 -> nodes.numberNode(random.nextLong());
      case 1 ->
          nodes.numberNode(java.math.BigDecimal.valueOf(random.nextInt(), random.nextInt(40) - 20));
      case 2 -> random.nextBoolean() ? nodes.nullNode() : nodes.booleanNode(random.nextBoolean());
      case 3, 4, 5 -> nodes.stringNode(text(random));
      case 6 -> {
        var array = nodes.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(tree(random, depth + 1));
        }
        yield array;
      }
      default -> {
        var object = nodes.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(text(random), tree(random, depth + 1));
        }
        yield object;
      }
    };
  }

  private static final String LETTERS =
      "ab1 \n\n\t\r:#-?,[]{}&*!|>'\"%@`~\\=<.\u0085\u00a0\u2028\u2029\ufeff\u0007\u007fé\u0928";

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(20) == 0 ? 1500 : 12); i > 0; i--) {
      if (random.nextInt(40) == 0) {
        text.append("\ud83d\ude00");
      } else {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
    }
    return text.toString();
  }

  @Test
  void random_text_is_a_tree_or_a_refusal() {
    long seed = 20_260_103L;
    var random = new Random(seed);
    String acme = Documents.acmeText();
    for (int round = 0; round < 5000; round++) {
      var text = new StringBuilder(acme.substring(random.nextInt(500), 500 + random.nextInt(1500)));
      for (int i = random.nextInt(10); i >= 0; i--) {
        text.setCharAt(
            random.nextInt(text.length()), LETTERS.charAt(random.nextInt(LETTERS.length())));
        text.insert(random.nextInt(text.length()), text(random));
      }
      try {
        BotYaml.read(text.toString());
      } catch (Refusal refusal) {
        assertThat(refusal.getMessage()).isNotBlank();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " round " + round + ":\n" + text, e);
      }
    }
  }

  @Test
  void the_example_reads_back_exactly() {
    assertThat(BotYaml.read(BotYaml.write(Documents.acme()))).isEqualTo(Documents.acme());
  }

  @Test
  void json_is_read_as_the_same_tree() {
    String json = Json.write(Documents.acme());
    assertThat(BotYaml.read(json)).isEqualTo(Json.parse(json));
  }
}
