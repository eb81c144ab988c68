package io.patchbay.intent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTest {
  @ParameterizedTest
  @CsvSource({
    "order, order, 1.0, 1.0",
    "ordr, order, 0.8, 0.9",
    "rodre, order, 0.0, 0.0",
    "cancle, cancel, 0.8, 0.9",
    "statment, statements, 0.8, 0.9",
    "yesss, yes, 0.8, 0.9",
    "tracking, track, 0.7, 0.9",
    "cancellation, cancel, 0.6, 0.8",
    "car, card, 0.0, 0.0",
    "no, not, 0.0, 0.0",
    "interest, internet, 0.0, 0.9",
    "रिचार्ज, रिचार्च, 0.8, 0.95",
    "'', order, 0.0, 0.0"
  })
  void words_are_as_alike_as_this_both_ways(String a, String b, double least, double most) {
    assertThat(Likeness.of(a, b)).isBetween(least, most).isEqualTo(Likeness.of(b, a));
  }

  @ParameterizedTest
  @CsvSource({
    "abcd, abcd, 0",
    "abcd, acbd, 1",
    "abcd, bcd, 1",
    "abcd, abxd, 1",
    "abcd, '', 4",
    "ab, ba, 1",
    "abc, cab, 2"
  })
  void a_swap_of_neighbours_is_one_slip(String a, String b, int distance) {
    assertThat(Likeness.distance(a, b, 4)).isEqualTo(distance);
    assertThat(Likeness.distance(a, b, distance)).isEqualTo(distance);
    if (distance > 0) {
      assertThat(Likeness.distance(a, b, distance - 1)).isEqualTo(distance);
    }
  }
}
