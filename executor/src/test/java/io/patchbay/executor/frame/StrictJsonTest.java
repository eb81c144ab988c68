package io.patchbay.executor.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-1.5e+10",
        "1E3",
        "\"\"",
        "\"a\\n\\u00e9\"",
        "[]",
        "{}",
        " [ 1 , [ ] , { } ] ",
        "{\"a\":{\"b\":[1,2,{\"c\":null}]},\"d\":[]}",
        "\"\\ud83d\\ude00\"",
        "\"\uD83D\uDE00\"",
        "{\"a\":1,\"a\":2}",
        "\t\r\n1\n"
      })
  void json_is_accepted(String text) {
    assertThat(StrictJson.problem(text.getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "NaN",
        "Infinity",
        "-Infinity",
        "nul",
        "nulll",
        "tru",
        "01",
        "1.",
        ".5",
        "1e",
        "+1",
        "-",
        "0x1",
        "'a'",
        "\"",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12\"",
        "\"\t\"",
        "[",
        "]",
        "[1",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{",
        "}",
        "{,}",
        "{1:2}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "[}",
        "{]",
        "1 2",
        "null,",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\ud800\"",
        "\"\\ud800x\"",
        "\u0000",
        "\"a\u0000\"",
        "\uFEFF1"
      })
  void what_is_not_json_is_refused(String text) {
    assertThat(StrictJson.problem(text.getBytes(UTF_8))).isPresent();
  }

  @Test
  void two_hundred_levels_are_accepted_and_one_more_is_refused() {
    assertThat(StrictJson.problem(nested(StrictJson.MAX_DEPTH))).isEmpty();
    assertThat(StrictJson.problem(nested(StrictJson.MAX_DEPTH + 1))).isPresent();
    assertThat(StrictJson.problem("[".repeat(1_000_000).getBytes(UTF_8))).isPresent();
  }

  @Test
  void bytes_that_are_not_utf8_are_refused() {
    assertThat(StrictJson.problem(new byte[] {'"', (byte) 0xff, '"'})).isPresent();
    assertThat(StrictJson.problem(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}))
        .as("a surrogate, encoded")
        .isPresent();
  }

  @Test
  void numbers_that_are_too_long_are_refused() {
    assertThat(StrictJson.problem("1".repeat(StrictJson.MAX_NUMBER).getBytes(UTF_8))).isEmpty();
    assertThat(StrictJson.problem("1".repeat(StrictJson.MAX_NUMBER + 1).getBytes(UTF_8)))
        .isPresent();
  }

  private static byte[] nested(int levels) {
    return ("[".repeat(levels) + "]".repeat(levels)).getBytes(UTF_8);
  }
}
