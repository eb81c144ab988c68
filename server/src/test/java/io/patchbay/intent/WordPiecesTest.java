package io.patchbay.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import org.junit.jupiter.api.Test;

class WordPiecesTest {
  private final WordPieces pieces =
      new WordPieces(
          Json.parse(
              """
              {"model": {"vocab": {"[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "un": 4, "##do": 5,
                "undo": 6, "##ne": 7, "!": 8, "cafe": 9, "字": 10}}}\
              """));

  @Test
  void the_longest_piece_that_is_known_comes_first() {
    assertThat(pieces.of("undo undone")).containsExactly(2, 6, 6, 7, 3);
  }

  @Test
  void marks_and_ideographs_are_words_and_accents_go() {
    assertThat(pieces.of("café!字")).containsExactly(2, 9, 8, 10, 3);
  }

  @Test
  void what_no_piece_begins_is_unknown() {
    assertThat(pieces.of("xyz un")).containsExactly(2, 1, 4, 3);
    assertThat(pieces.of("undox")).containsExactly(2, 1, 3);
  }

  @Test
  void a_long_text_is_cut() {
    assertThat(pieces.of("un ".repeat(10_000)))
        .hasSize(WordPieces.MOST)
        .startsWith(2, 4)
        .endsWith(4, 3);
    assertThat(pieces.of("u".repeat(10_000))).containsExactly(2, 1, 3);
  }

  @Test
  void nothing_has_its_ends_only() {
    assertThat(pieces.of("")).containsExactly(2, 3);
  }
}
