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
          `a: \\7` | line 1: character U+0007 is not allowed
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
        Duration.ofSeconds(60),
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
    String large = piece.repeat(1_000_000 / piece.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
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
  void random_text_is_a_tree_or_a_refusal() {
    long seed = 20_260_103L;
    var random = new Random(seed);
    String acme = Documents.acmeText();
    for (int round = 0; round < 5000; round++) {
      var text = new StringBuilder(acme.substring(random.nextInt(500), 500 + random.nextInt(1500)));
      for (int i = random.nextInt(10); i >= 0; i--) {
        text.setCharAt(
            random.nextInt(text.length()),
            YamlRoundTripTest.LETTERS.charAt(random.nextInt(YamlRoundTripTest.LETTERS.length())));
        text.insert(random.nextInt(text.length()), YamlRoundTripTest.text(random));
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
  void json_is_read_as_the_same_tree() {
    String json = Json.write(Documents.acme());
    assertThat(BotYaml.read(json)).isEqualTo(Json.parse(json));
  }

  @Test
  void a_character_that_yaml_does_not_allow_is_refused_wherever_it_stands() {
    for (String odd : new String[] {"\u0000", "\u0007", "\u007f", "\ud83d", "\ude00", "\ufffe"}) {
      for (String before : new String[] {"", "\ud83d\ude00", "a: b\n\n"}) {
        String text = before + "# x".repeat(500) + odd;
        int line = before.isEmpty() || !before.endsWith("\n") ? 1 : 3;
        assertThatThrownBy(() -> BotYaml.read(text))
            .isInstanceOf(Refusal.class)
            .hasMessageStartingWith("line " + line + ": character U+");
      }
    }
  }
}
