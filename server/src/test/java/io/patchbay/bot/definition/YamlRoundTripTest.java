package io.patchbay.bot.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class YamlRoundTripTest {
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

  static final String LETTERS =
      "ab1 \n\n\t\r:#-?,[]{}&*!|>'\"%@`~\\=<.\u0085\u00a0\u2028\u2029\ufeff\u0007\u007fé\u0928";

  static String text(Random random) {
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
  void the_example_reads_back_exactly() {
    assertThat(BotYaml.read(BotYaml.write(Documents.acme()))).isEqualTo(Documents.acme());
  }
}
