package io.patchbay.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Secret;
import io.patchbay.integration.SecretMask;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void a_secret_that_is_cut_off_is_masked_too() {
    SecretMask mask = mask("0123456789");

    assertThat(Excerpt.of("token 01234", mask, true)).isEqualTo("token ***");
    assertThat(Excerpt.of("token 01234", mask, false)).isEqualTo("token 01234");
    assertThat(Excerpt.of("x".repeat(195) + "0123456789 more", mask, false))
        .isEqualTo("x".repeat(195) + "*** m...");
    assertThat(Excerpt.of("a".repeat(4500), mask("a".repeat(5000)), true)).isEqualTo("***");
  }

  @Test
  void excerpts_are_one_line_of_200_characters() {
    String excerpt = Excerpt.of("a\r\n\t\u0000b" + "😀".repeat(200), mask("secret"), false);

    assertThat(excerpt).startsWith("a b😀").endsWith("😀...").hasSizeLessThanOrEqualTo(203);
  }

  private static SecretMask mask(String secret) {
    return new SecretMask(List.of(new Secret(secret)));
  }
}
