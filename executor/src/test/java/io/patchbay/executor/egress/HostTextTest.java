package io.patchbay.executor.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTextTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "127.0.0.1., 127.0.0.1",
    "2130706433, 127.0.0.1",
    "0x7f000001, 127.0.0.1",
    "0X7F.1, 127.0.0.1",
    "017700000001, 127.0.0.1",
    "0177.0.0.1, 127.0.0.1",
    "127.1, 127.0.0.1",
    "127.0.1, 127.0.0.1",
    "10.65535, 10.0.255.255",
    "0, 0.0.0.0",
    "4294967295, 255.255.255.255",
    "１２７.０.０.１, 127.0.0.1",
    "::1, 0:0:0:0:0:0:0:1",
    "::ffff:127.0.0.1, 127.0.0.1",
    "::FFFF:7f00:1, 127.0.0.1",
    "0:0:0:0:0:ffff:7f00:0001, 127.0.0.1",
    "2001:DB8::1, 2001:db8:0:0:0:0:0:1"
  })
  void every_spelling_of_an_address_is_that_address(String host, String address) {
    assertThat(HostText.parse(host))
        .isEqualTo(new HostText.Address(InetAddress.ofLiteral(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        "256.0.0.1",
        "1.2.3.4.5",
        "08.0.0.1",
        "127.0.0.0x100",
        "1.2.3.256",
        "4294967296",
        "99999999999999999999999999999999999999999",
        "foo.1",
        "1..2",
        "-a.example",
        "a b",
        "a%00b",
        "::g",
        "1::2::3",
        "fe80::1%eth0",
        "::ffff:999.0.0.1",
        ":",
        "a:b"
      })
  void what_is_neither_address_nor_name_is_refused(String host) {
    assertThat(HostText.parse(host)).isInstanceOf(HostText.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost",
    "API.Acme.Example., api.acme.example",
    "bücher.example, xn--bcher-kva.example",
    "my_service, my_service",
    "1and1.example, 1and1.example",
    "0xfoo, 0xfoo"
  })
  void names_are_lower_case_ascii_without_the_last_dot(String host, String name) {
    assertThat(HostText.parse(host)).isEqualTo(new HostText.Name(name));
  }

  @Test
  void names_that_dns_cannot_hold_are_refused() {
    assertThat(HostText.parse("a".repeat(64) + ".example")).isInstanceOf(HostText.Refused.class);
    assertThat(HostText.parse("a.".repeat(150) + "example")).isInstanceOf(HostText.Refused.class);
    assertThat(HostText.parse("é".repeat(100_000))).isInstanceOf(HostText.Refused.class);
  }
}
