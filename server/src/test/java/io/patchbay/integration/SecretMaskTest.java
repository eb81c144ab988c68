package io.patchbay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.base.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretMaskTest {
  private final SecretMask mask =
      new SecretMask(
          List.of(
              new Secret("p\"ss wörd/1"),
              new Secret("87654321"),
              new Secret("pi"),
              new Secret("")));

  @Test
  void a_secret_is_masked_as_it_is_and_in_its_usual_escapes() {
    assertThat(mask.mask("is p\"ss wörd/1.")).isEqualTo("is ***.");
    assertThat(mask.mask("json p\\\"ss wörd/1 and p\\\"ss w\\u00f6rd/1"))
        .isEqualTo("json *** and ***");
    assertThat(mask.mask("url p%22ss+w%C3%B6rd%2F1 or p%22ss%20w%C3%B6rd%2F1"))
        .isEqualTo("url *** or ***");
    assertThat(mask.mask("base64 cCJzcyB3w7ZyZC8x")).isEqualTo("base64 ***");
  }

  @Test
  void keys_numbers_and_deep_texts_are_masked_and_the_rest_is_untouched() {
    var output =
        Json.parse(
            "{\"87654321\": 1, \"n\": 87654321, \"l\": [{\"t\": \"a87654321b\"}], \"k\": 1.50}");
    assertThat(mask.mask(output))
        .isEqualTo(
            Json.parse("{\"***\": 1, \"n\": \"***\", \"l\": [{\"t\": \"a***b\"}], \"k\": 1.50}"));
  }

  @Test
  void what_a_secret_begins_with_is_masked_where_a_text_is_cut_off() {
    assertThat(mask.mask("token 8765", true)).isEqualTo("token ***");
    assertThat(mask.mask("base64 cCJzcyB3w7Zy", true)).isEqualTo("base64 ***");
    assertThat(mask.mask("8765", true)).isEqualTo("***");
    assertThat(mask.mask("whole 87654321", true)).isEqualTo("whole ***");
    assertThat(mask.mask("token 876", true)).isEqualTo("token 876");
    assertThat(mask.mask("token 8765", false)).isEqualTo("token 8765");
    assertThat(mask.mask("", true)).isEmpty();
  }

  @Test
  void the_parts_of_a_secret_and_what_python_prints_of_it_are_masked() {
    var parts =
        new SecretMask(
            List.of(
                new Secret("-----BEGIN KEY-----\nMIIEvgIBADANBg\n-----END KEY-----\n"),
                new Secret("{\"user\": \"it's \\\"me\\\"\", \"private_key\": \"abc\\ndefghijkl\"}"),
                new Secret("both ' and \"")));
    assertThat(parts.mask("MIIEvgIBADANBg")).isEqualTo("***");
    assertThat(parts.mask("{'k': '-----BEGIN KEY-----\\nMIIEvgIBADANBg\\n-----END KEY-----\\n'}"))
        .isEqualTo("{'k': '***'}");
    assertThat(parts.mask("abc\ndefghijkl and defghijkl")).isEqualTo("*** and ***");
    assertThat(parts.mask("'both \\' and \"'")).isEqualTo("'***'");
    assertThat(parts.mask("626f7468202720616e642022")).isEqualTo("***");
  }

  @Test
  void what_python_quotes_or_prints_of_text_and_bytes_is_masked() {
    var odd = new SecretMask(List.of(new Secret("a/b+c*d~é=")));
    assertThat(odd.mask("quote: a/b%2Bc%2Ad~%C3%A9%3D")).isEqualTo("quote: ***");
    assertThat(odd.mask("safe='': a%2Fb%2Bc%2Ad~%C3%A9%3D")).isEqualTo("safe='': ***");
    assertThat(odd.mask("b'a/b+c*d~\\xc3\\xa9='")).isEqualTo("b'***'");
    assertThat(odd.mask("ascii 'a/b+c*d~\\xe9='")).isEqualTo("ascii '***'");
  }

  @Test
  void a_secret_inside_of_a_longer_text_in_base_64_is_masked_but_for_its_edges() {
    String secret = "p/ss+wörd~2026";
    var mask = new SecretMask(List.of(new Secret(secret)));
    for (String before : List.of("", "a", "ab", "user:", "user7:")) {
      for (String behind : List.of("", "x", "xyz")) {
        byte[] text = (before + secret + behind).getBytes(StandardCharsets.UTF_8);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
          String shown = mask.mask("Basic " + encoder.encodeToString(text));
          String rest = shown.replace("Basic ", "").replace("***", "");
          assertThat(shown).contains("***");
          assertThat(rest.length()).isLessThan(encoder.encodeToString(text).length() / 2);
        }
      }
    }
    assertThat(mask.mask("<b>p/ss+wörd~2026</b>")).isEqualTo("<b>***</b>");
    assertThat(new SecretMask(List.of(new Secret("a<b>'c&"))).mask("it is a&lt;b&gt;&#x27;c&amp;"))
        .isEqualTo("it is ***");
  }

  @Test
  void a_value_too_short_to_be_a_secret_is_left_alone() {
    assertThat(mask.mask("a piece of pie")).isEqualTo("a piece of pie");
  }
}
