package io.patchbay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.base.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

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

  @ParameterizedTest
  @CsvSource({
    "key=p&s w\"+/x!, key=***!",
    "key=p%26s+w%22%2B%2Fx!, key=***!",
    "key=p%26s%20w%22%2B%2Fx!, key=***!",
    "key=p%26s%20w%22%2b%2fx!, key=***!",
    "'{\"k\":\"p&s w\\\"+/x\"}', '{\"k\":\"***\"}'",
    "<p>p&amp;s w&quot;+/x</p>, <p>***</p>",
    "KEY=P&S W\"+/X, KEY=***",
    "/p&s%20w%22+/x!, /***!",
    "/p&s%20w%22+/x?k=p&s%20w%22+/x, /***?k=***",
    "nothing here, nothing here"
  })
  void a_secret_is_masked_as_pages_and_urls_spell_it_in_any_case(String text, String masked) {
    assertThat(masking("p&s w\"+/x").mask(text)).isEqualTo(masked);
  }

  @Test
  void a_longer_secret_leaves_no_rest_of_itself() {
    assertThat(masking("abcd", "abcdef").mask("x abcdef abcd")).isEqualTo("x *** ***");
    assertThat(masking("abcd", "cdef").mask("x abcdef abcdabcd")).isEqualTo("x *** ******");
    assertThat(masking("***!").mask("is ***!")).isEqualTo("is ***");
  }

  @Test
  void a_secret_that_a_url_would_shorten_does_not_mask_what_is_left_of_it() {
    assertThat(masking("./b.").mask("bob. and ./b.")).isEqualTo("bob. and ***");
  }

  @Test
  void white_space_around_a_secret_may_be_lost() {
    assertThat(masking(" s3cr3t\n").mask("is s3cr3t.")).isEqualTo("is ***.");
  }

  @Test
  void names_of_hosts_are_masked_in_lower_case_and_as_they_are_looked_up() {
    SecretMask hosts = masking("Tenant-HUSH", "Bücher-Geheim", "geheim.Größe.example");
    assertThat(hosts.mask("tenant-hush.example:443")).isEqualTo("***.example:443");
    assertThat(hosts.mask("bücher-geheim.example")).isEqualTo("***.example");
    assertThat(hosts.mask(java.net.IDN.toASCII("bücher-geheim") + ".example"))
        .isEqualTo("***.example");
    assertThat(hosts.mask("https://" + HttpUrl.get("https://geheim.größe.example/").host() + "/"))
        .isEqualTo("https://***/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\n", "\r\n", "\\n", "\\r\\n", "\n    ", "\r\n\t", "\\n  ", "\\\\n", "\n\n"})
  void a_secret_in_base_64_or_hexadecimal_is_masked_across_line_breaks(String brk) {
    String secret = "-----BEGIN PRIVATE KEY-----" + "Zm9vYmFy/+9x".repeat(20);
    SecretMask mask = masking(secret);
    for (int before = 0; before < 5; before++) {
      byte[] bytes = ("x".repeat(before) + secret + "!").getBytes(StandardCharsets.UTF_8);
      for (int columns : List.of(4, 20, 64, 76)) {
        for (String code :
            List.of(
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes))) {
          String wrapped =
              code.replaceAll("(.{" + columns + "})", "$1" + Matcher.quoteReplacement(brk));
          String shown = mask.mask("key: " + wrapped + " end");
          assertThat(shown).startsWith("key: ").endsWith(" end").contains("***");
          assertThat(shown.length()).isLessThan(50);
        }
      }
    }
  }

  @Test
  void a_column_of_short_numbers_is_no_secret() {
    SecretMask mask = masking("1234");
    assertThat(mask.mask("31\n32\n33\n34\n")).isEqualTo("31\n32\n33\n34\n");
    assertThat(mask.mask("3132\n3334\n")).isEqualTo("***\n");
  }

  @Test
  void an_encoded_secret_that_is_cut_off_within_a_line_is_masked() {
    SecretMask mask = masking("0123456789".repeat(8));
    String code =
        Base64.getMimeEncoder(20, new byte[] {'\n'})
            .encodeToString("0123456789".repeat(8).getBytes(StandardCharsets.UTF_8));
    assertThat(mask.mask("at " + code.substring(0, 50), true)).isEqualTo("at ***");
    assertThat(mask.mask("at " + code.substring(0, 42), true)).isEqualTo("at ***");
    assertThat(mask.mask("at " + code.substring(0, 41), true)).isEqualTo("at ***");
  }

  @Test
  void what_holds_no_secret_stays_the_same_object() {
    var output =
        (ObjectNode)
            Json.parse(
                "{\"a\": [1, 2.5, true, null, {\"b\": \"text\"}], \"c\": {\"d\": \"e87654321\"}}");
    ObjectNode masked = mask.mask(output);
    assertThat(masked)
        .isEqualTo(
            Json.parse(
                "{\"a\": [1, 2.5, true, null, {\"b\": \"text\"}], \"c\": {\"d\": \"e***\"}}"));
    assertThat(masked.get("a")).isSameAs(output.get("a"));
    assertThat(output.get("c").get("d").asString()).isEqualTo("e87654321");
    String text = "nothing at all";
    assertThat(mask.mask(text)).isSameAs(text);
    assertThat(mask.mask(output.get("a"))).isSameAs(output.get("a"));
  }

  @Test
  void numbers_and_words_of_json_are_masked_where_a_secret_is_one() {
    SecretMask mask = masking("-999", "12.75", "4e10", "true", "123456789012345678901234567890");
    assertThat(
            mask.mask(
                Json.parse(
                    "[-999, 999, 12.75, 2.75, true, false, null, 1e5, 123456789012345678901234567890, 9123456789]")))
        .isEqualTo(
            Json.parse(
                "[\"***\", 999, \"***\", 2.75, \"***\", false, null, 1e5, \"***\", 9123456789]"));
  }

  private static SecretMask masking(String... secrets) {
    return new SecretMask(Stream.of(secrets).map(Secret::new).toList());
  }
}
