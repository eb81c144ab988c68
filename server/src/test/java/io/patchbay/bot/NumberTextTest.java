package io.patchbay.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberTextTest {
  @Test
  void it_reads_what_a_decimal_reads_and_nothing_else() {
    var random = new Random(7);
    String signs = "0123456789+-.eE 19\u0661x";
    for (int round = 0; round < 200_000; round++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(8); length > 0; length--) {
        text.append(signs.charAt(random.nextInt(signs.length())));
      }
      assertThat(NumberText.number(text.toString()))
          .as("[%s]", text)
          .isEqualTo(decimal(text.toString().strip()));
    }
  }

  private static Optional<BigDecimal> decimal(String text) {
    try {
      return Optional.of(new BigDecimal(text)).filter(n -> Math.abs(n.scale()) < 1000);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Test
  void what_is_too_long_or_has_a_huge_exponent_is_no_number() {
    assertThat(NumberText.number("1".repeat(64))).isPresent();
    assertThat(NumberText.number("1".repeat(65))).isEmpty();
    assertThat(NumberText.number("1e999")).isPresent();
    assertThat(NumberText.number("1e1000")).isEmpty();
    assertThat(NumberText.number("1e99999999999")).isEmpty();
    assertThat(NumberText.number(" ".repeat(100) + "1")).isPresent();
    assertThat(NumberText.number("")).isEmpty();
  }
}
