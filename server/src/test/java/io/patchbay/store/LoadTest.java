package io.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Refusal;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

final class LoadTest {
  @Test
  void bytes_are_those_of_utf_8() {
    for (String text : new String[] {"", "abc", "grüße", "नमस्ते", "👩‍👩‍👧", "a\u0000b"}) {
      assertThat(Load.of("acme").with("it", text).bytes())
          .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }
  }

  @Test
  void a_text_that_is_too_long_is_refused_with_its_name_and_length() {
    String longest = "x".repeat(Load.MOST_OF_TEXT);
    String wide = "ü".repeat(Load.MOST_OF_TEXT / 2 + 1);

    assertThat(Load.of("acme").with("the reply", longest).bytes()).isEqualTo(Load.MOST_OF_TEXT);
    assertTooLarge(
        () -> Load.of("acme").with("the reply", longest + "x"), "the reply has 16777217");
    assertTooLarge(() -> Load.of("acme").with("the reply", wide), "the reply has 16777218 bytes");
  }

  @Test
  void texts_that_are_too_long_together_are_refused() {
    String longest = "x".repeat(Load.MOST_OF_TEXT);
    Load full = Load.of("acme").with("one", longest).with("two", longest);

    assertTooLarge(() -> full.with("three", "x"), "33554433 bytes");
  }

  @Test
  void json_that_grows_too_long_is_refused_before_it_is_made() {
    ArrayNode many = Json.array();
    StringNode big = StringNode.valueOf("x".repeat(1024 * 1024));
    for (int i = 0; i < 4000; i++) {
      many.add(big);
    }

    assertTooLarge(() -> JsonText.write("the reply", many), "the reply has more than 16777216");
  }

  @Test
  void large_json_is_written_as_small_is() {
    ArrayNode many = Json.array();
    for (int i = 0; i < 50_000; i++) {
      many.addObject().put("grüße \"👩\"", i).putNull("n").put("d", 1.5);
    }

    assertThat(JsonText.write("it", many)).isEqualTo(Json.write(many));
    assertThat(JsonText.read(Json.write(many))).isEqualTo(Json.parse(Json.write(many)));
  }

  private static void assertTooLarge(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE))
        .hasMessageContaining(message);
  }
}
