package io.patchbay.executor.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressRuleTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, 32, 0",
    "127.0.0.1:9000, 127.0.0.1, 32, 9000",
    "10.2.0.0/16, 10.2.0.0, 16, 0",
    "10.2.0.0/16:5432, 10.2.0.0, 16, 5432",
    "0.0.0.0/0, 0.0.0.0, 0, 0",
    "::1, ::1, 128, 0",
    "[::1], ::1, 128, 0",
    "[::1]:9000, ::1, 128, 9000",
    "[::1:80], ::1:80, 128, 0",
    "::1:80/128, ::1:80, 128, 0",
    "2001:db8::80, 2001:db8::80, 128, 0",
    "1:2:3:4:5:6:7:80, 1:2:3:4:5:6:7:80, 128, 0",
    "fd00::/8, fd00::, 8, 0",
    "fd00::/8:5432, fd00::, 8, 5432",
    "[fd00::/8]:5432, fd00::, 8, 5432",
    "[fd00::]/8:5432, fd00::, 8, 5432",
    "::ffff:127.0.0.1, 127.0.0.1, 32, 0",
    "::ffff:10.0.0.0/104, 10.0.0.0, 8, 0"
  })
  void addresses_and_ranges_are_read(String entry, String base, int prefix, int port) {
    var range = new AddressRange(InetAddress.ofLiteral(base), prefix);
    assertThat(EgressRule.parse(entry))
        .isEqualTo(new EgressRule.Parsed.Valid(new EgressRule.Range(range, portOf(port))));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost, false, 0",
    "Api.Acme.Example.:443, api.acme.example, false, 443",
    "*.acme.example, acme.example, true, 0",
    "*.acme.example:8443, acme.example, true, 8443",
    "bücher.example, xn--bcher-kva.example, false, 0"
  })
  void names_are_read(String entry, String name, boolean below, int port) {
    assertThat(EgressRule.parse(entry))
        .isEqualTo(new EgressRule.Parsed.Valid(new EgressRule.Name(name, below, portOf(port))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | empty",
        "https://acme.example | without a scheme",
        "acme.example:0 | 1 to 65535",
        "acme.example:65536 | 1 to 65535",
        "acme.example: | 1 to 65535",
        "acme.example:http | 1 to 65535",
        "acme.example:+80 | 1 to 65535",
        "acme.example:٣ | 1 to 65535",
        "acme.example/24 | only an address",
        "acme.example/path | only an address",
        "* | stands only for the first part",
        "*acme.example | stands only for the first part",
        "*.*.example | stands only for the first part",
        "*.127.0.0.1 | stands only for the first part",
        "a.*.example | not a host name",
        "a b | no spaces",
        "10.2.3.4/16 | did you mean 10.2.0.0/16",
        "10.0.0.0/33 | from 0 to 32",
        "10.0.0.0/ | from 0 to 32",
        "10.0.0.0/-1 | from 0 to 32",
        "fd00::/129 | from 0 to 128",
        "::ffff:10.0.0.0/8 | from 96 to 128",
        "[fd00::/8]/8 | write host",
        "127.1 | write this address as 127.0.0.1",
        "0x7f000001 | write this address as 127.0.0.1",
        "2130706433:80 | write this address as 127.0.0.1",
        "127.0.0.1. | write this address as 127.0.0.1",
        "256.1.1.1 | not an IPv4 address",
        "fe80::1%eth0 | must not name an interface",
        "[acme.example]:80 | only an IPv6 address",
        "[127.0.0.1]:80 | only an IPv6 address",
        "[::1 | write host",
        "::1:80 | write [::1]:80 or [::1:80]",
        "fd00::5:443 | write [fd00::5]:443 or [fd00::5:443]",
        "user@acme.example | not a host name"
      })
  void problems_say_what_would_be_right(String entry, String problem) {
    assertThat(EgressRule.parse(entry))
        .isInstanceOfSatisfying(
            EgressRule.Parsed.Invalid.class,
            invalid -> assertThat(invalid.problem()).contains(problem));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 100_000})
  void huge_entries_are_refused(int length) {
    assertThat(EgressRule.parse("a".repeat(length))).isInstanceOf(EgressRule.Parsed.Invalid.class);
  }

  @Test
  void no_text_breaks_the_parser() {
    long seed = 20260101L;
    var random = new Random(seed);
    String alphabet = "0123456789abfx.:/[]*%@-_ \u0000é\ud800";
    int valid = 0;
    for (int i = 0; i < 50_000; i++) {
      var entry = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        entry.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      if (EgressRule.parse(entry.toString()) instanceof EgressRule.Parsed.Valid) {
        valid++;
      }
    }
    assertThat(valid).as("seed " + seed).isPositive();
  }

  private static OptionalInt portOf(int port) {
    return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }
}
