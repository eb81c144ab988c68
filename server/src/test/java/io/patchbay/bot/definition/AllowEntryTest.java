package io.patchbay.bot.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowEntryTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:9000",
        "api.acme.example",
        "API.Acme.Example:443",
        "*.acme.example",
        "*.acme.example:8443",
        "my_db-1:5432",
        "127.0.0.1",
        "127.0.0.1:9000",
        "10.2.0.0/16",
        "10.2.0.0/16:5432",
        "0.0.0.0/0",
        "::1",
        "[::1]",
        "[::1]:9000",
        "[::1:80]",
        "::1:80/128",
        "::1:ab",
        "2001:db8::80",
        "1:2:3:4:5:6:7:80",
        "fd00::/8",
        "[fd00::/8]:443",
        "2001:db8::1",
        "::ffff:10.0.0.1",
        "[::ffff:10.0.0.1]:80",
        "m\u00fcnchen.example",
        "a:65535"
      })
  void entries_of_every_documented_shape_parse(String text) {
    assertThat(AllowEntry.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*",
        "*.",
        "**.a",
        "a.*.b",
        "*a.example",
        "a..b",
        ".a",
        "a.",
        "-a.example",
        "a b",
        "a:",
        "a:0",
        "a:65536",
        "a:+1",
        "a:080",
        "a:x",
        ":80",
        "http://a",
        "a/b",
        "u@a",
        "1.2.3",
        "256.1.1.1",
        "010.0.0.1",
        "1.2.3.4.5",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0.0/08",
        "::1:x",
        "::1:80",
        "2001:db8::5:1",
        "[::1",
        "::1]",
        "[::1]9000",
        "[127.0.0.1]:80",
        "[a.example]:80",
        "fe80::1%eth0",
        "fd00::/129",
        ":::",
        "1::2::3",
        "0x7f.0.0.1",
        "127.1",
        "a\u0000b",
        "\ud83d",
        "[]",
        "[]:80",
        "a,b"
      })
  void anything_else_is_no_entry(String text) {
    assertThat(AllowEntry.parse(text)).isEmpty();
  }

  @Test
  void what_could_be_an_address_or_a_port_is_asked_to_say_which() {
    assertThat(AllowEntry.hint("::1:80"))
        .isEqualTo("may be an address, or one with a port; write [::1]:80 or [::1:80]");
    assertThat(AllowEntry.hint("::1:80000")).startsWith("no entry");
  }

  @ParameterizedTest
  @CsvSource({
    "api.acme.example, api.acme.example, 443, true",
    "API.acme.example, api.acme.example, 443, true",
    "api.acme.example:443, api.acme.example, 80, false",
    "*.acme.example, api.acme.example, 1, true",
    "*.acme.example, a.b.acme.example, 1, true",
    "*.acme.example, acme.example, 1, false",
    "*.acme.example, evilacme.example, 1, false",
    "10.2.0.0/16:5432, 10.2.255.1, 5432, true",
    "10.2.0.0/16, 10.3.0.1, 5432, false",
    "10.2.3.4/16, 10.2.0.1, 1, true",
    "0.0.0.0/0, 8.8.8.8, 1, true",
    "127.0.0.1, localhost, 80, false",
    "[::1]:9000, ::1, 9000, true",
    "[::1]:9000, 0:0:0:0:0:0:0:1, 9000, true",
    "fd00::/8, fdff::1, 1, true",
    "fd00::/8, fe00::1, 1, false",
    "::/0, 10.0.0.1, 1, false"
  })
  void an_entry_covers_what_it_names(String entry, String host, int port, boolean covered) {
    assertThat(AllowEntry.parse(entry).orElseThrow().covers(host, port)).isEqualTo(covered);
  }

  @Test
  void a_very_long_text_is_no_entry() {
    assertThat(AllowEntry.parse("a.".repeat(500_000) + "example")).isEmpty();
    assertThat(AllowEntry.parse("\u00fc".repeat(100_000))).isEmpty();
    assertThat(AllowEntry.parse("1".repeat(100_000) + ":1")).isEmpty();
  }
}
