package io.patchbay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":}",
        "NaN",
        "[1,]",
        "{\"a\":1,\"a\":2}",
        "1 2",
        "'x'",
        "Infinity",
        "{a: 1}",
        "\"\\ud8\"",
        "tru",
        "01",
        "\"a\nb\""
      })
  void what_is_not_one_json_value_is_refused_in_plain_words(String text) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(Json.MalformedJson.class)
        .message()
        .doesNotContain("Feature", "tools.", "Constraints", "0x")
        .doesNotEndWith("(");
  }

  @Test
  void a_document_that_is_too_deep_is_refused_without_reading_it_to_its_end() {
    assertThatThrownBy(() -> Json.parse("[".repeat(100_000)))
        .isInstanceOf(Json.MalformedJson.class)
        .hasMessageContaining("200 levels");
    assertThat(Json.parse("[".repeat(200) + "]".repeat(200))).hasSize(1);
  }

  @Test
  void numbers_keep_their_digits() {
    assertThat(Json.write(Json.parse("[1.10,12345678901234567890,0.1]")))
        .isEqualTo("[1.10,12345678901234567890,0.1]");
  }
}
