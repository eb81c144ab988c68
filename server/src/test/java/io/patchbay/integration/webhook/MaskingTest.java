package io.patchbay.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Secret;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
  @ParameterizedTest
  @CsvSource({
    "key=p&s w\"+/x!, key=***!",
    "key=p%26s+w%22%2B%2Fx!, key=***!",
    "key=p%26s%20w%22%2B%2Fx!, key=***!",
    "'{\"k\":\"p&s w\\\"+/x\"}', '{\"k\":\"***\"}'",
    "<p>p&amp;s w&quot;+/x</p>, <p>***</p>",
    "KEY=P&S W\"+/X, KEY=***",
    "/p&s%20w%22+/x!, /***!",
    "/p&s%20w%22+/x?k=p&s%20w%22+/x, /***?k=***",
    "nothing here, nothing here"
  })
  void secrets_are_masked_as_they_appear_elsewhere(String text, String masked) {
    assertThat(masking("p&s w\"+/x").mask(text)).isEqualTo(masked);
  }

  @Test
  void a_longer_secret_leaves_no_rest_of_itself() {
    TestCalls calls = new TestCalls().secretVariable("A", "abc").secretVariable("B", "abcdef");

    assertThat(of(calls).mask("x abcdef abc")).isEqualTo("x *** ***");
  }

  @Test
  void a_secret_that_is_cut_off_is_masked_too() {
    Masking masking = masking("0123456789");

    assertThat(masking.excerpt("token 01234", true)).isEqualTo("token ***");
    assertThat(masking.excerpt("token 01234", false)).isEqualTo("token 01234");
    assertThat(masking.excerpt("x".repeat(195) + "0123456789 more", false))
        .isEqualTo("x".repeat(195) + "*** m...");
    assertThat(masking("a".repeat(5000)).excerpt("a".repeat(4500), true)).isEqualTo("***");
  }

  @Test
  void excerpts_are_one_line_of_200_characters() {
    String excerpt = masking("secret").excerpt("a\r\n\t\u0000b" + "😀".repeat(200), false);

    assertThat(excerpt).startsWith("a b😀").endsWith("😀...").hasSizeLessThanOrEqualTo(203);
  }

  @Test
  void a_secret_that_a_url_would_shorten_does_not_mask_what_is_left_of_it() {
    assertThat(masking("./b").mask("bob and ./b")).isEqualTo("bob and ***");
  }

  @Test
  void only_variables_declared_open_are_shown() {
    TestCalls calls =
        new TestCalls().variable("OPEN", "public").variable("HOOK", "signs").signedBy("HOOK");
    Masking masking =
        Masking.of(
            calls.bot(),
            Optional.of("HOOK"),
            Map.of(
                "OPEN", new Secret("public"),
                "HOOK", new Secret("signs"),
                "UNDECLARED", new Secret("unknown"),
                "EMPTY", new Secret("")));

    assertThat(masking.mask("public signs unknown")).isEqualTo("public *** ***");
  }

  private static Masking masking(String secret) {
    return of(new TestCalls().secretVariable("KEY", secret));
  }

  private static Masking of(TestCalls calls) {
    return Masking.of(calls.bot(), Optional.empty(), calls.call().variables());
  }
}
