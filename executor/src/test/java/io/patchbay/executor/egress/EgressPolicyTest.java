package io.patchbay.executor.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.egress.EgressPolicy.Verdict;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressPolicyTest {
  private final OwnPorts ownPorts = new OwnPorts(address -> address.equals(ip("93.184.216.1")));
  private final OperatorBounds bounds =
      new OperatorBounds(OperatorBounds.SINGLE_WORKSPACE, ownPorts);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "0.0.0.0",
        "0.1.2.3",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fc00::1",
        "fd12:3456::1",
        "fd00:ec2::254",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "2001::1",
        "3fff::1",
        "100::1",
        "4000::1",
        "64:ff9b:1::1",
        "::7f00:1",
        "::8.8.8.8",
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
        "2002:7f00:1::1",
        "2002:a00:1::1",
        "2002:a9fe:a9fe::1"
      })
  void closed_addresses_are_denied_unless_opened(String address) {
    assertThat(policy().decide(Optional.empty(), ip(address), 80))
        .isInstanceOf(Verdict.Denied.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00::1",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1"
      })
  void other_addresses_are_open(String address) {
    assertThat(policy().decide(Optional.empty(), ip(address), 80))
        .isEqualTo(new Verdict.Allowed(false));
  }

  @Test
  void mapped_addresses_are_the_ipv4_address_even_as_ipv6_objects() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    mapped[12] = 127;
    mapped[15] = 1;
    InetAddress ipv6 = Inet6Address.getByAddress(null, mapped, -1);

    assertThat(ipv6).isInstanceOf(Inet6Address.class);
    assertThat(policy().decide(Optional.empty(), ipv6, 80)).isInstanceOf(Verdict.Denied.class);
    assertThat(policy("127.0.0.1").decide(Optional.empty(), ipv6, 80))
        .isEqualTo(new Verdict.Allowed(true));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9000, 127.0.0.1, 9000, true",
    "127.0.0.1:9000, 127.0.0.1, 9001, false",
    "127.0.0.1:9000, 127.0.0.2, 9000, false",
    "127.0.0.1, 127.0.0.1, 1, true",
    "10.2.0.0/16:5432, 10.2.255.255, 5432, true",
    "10.2.0.0/16:5432, 10.3.0.0, 5432, false",
    "10.0.0.0/9, 10.127.255.255, 1, true",
    "10.0.0.0/9, 10.128.0.0, 1, false",
    "::1, ::1, 9000, true",
    "fd00::/8, fd12::1, 9000, true",
    "fd00::/8, fc12::1, 9000, false",
    "0.0.0.0/0, 192.168.0.1, 80, true",
    "0.0.0.0/0, ::1, 80, false"
  })
  void an_entry_opens_what_it_names(String entry, String address, int port, boolean open) {
    assertThat(policy(entry).decide(Optional.empty(), ip(address), port))
        .matches(verdict -> verdict.equals(new Verdict.Allowed(true)) == open)
        .matches(verdict -> verdict instanceof Verdict.Denied != open);
  }

  @ParameterizedTest
  @CsvSource({
    "acme.example, acme.example, true",
    "acme.example, ACME.Example., true",
    "acme.example, api.acme.example, false",
    "*.acme.example, api.acme.example, true",
    "*.acme.example, a.b.acme.example, true",
    "*.acme.example, acme.example, false",
    "*.acme.example, evilacme.example, false",
    "*.acme.example, acme.example.evil, false"
  })
  void names_match_what_was_asked(String entry, String asked, boolean open) {
    assertThat(policy(entry).decide(Optional.of(asked), ip("10.0.0.1"), 80))
        .matches(verdict -> verdict instanceof Verdict.Allowed == open);
  }

  @Test
  void an_entry_for_a_name_does_not_open_its_address_under_another_name() {
    EgressPolicy policy = policy("db.acme.example");

    assertThat(policy.decide(Optional.empty(), ip("10.0.0.1"), 80))
        .isInstanceOf(Verdict.Denied.class);
    assertThat(policy.decide(Optional.of("evil.example"), ip("10.0.0.1"), 80))
        .isInstanceOf(Verdict.Denied.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.1.1",
        "fe80::1",
        "fd00:ec2::254",
        "100.100.100.200",
        "224.0.0.1",
        "ff02::1",
        "0.0.0.0",
        "::",
        "255.255.255.255",
        "64:ff9b::169.254.169.254",
        "::169.254.169.254"
      })
  void some_addresses_are_never_open(String address) {
    var everything =
        new OperatorBounds(
            List.of(rule("0.0.0.0/0"), rule("::/0"), rule("evil.example")), ownPorts);
    var policy = EgressPolicy.of(List.of("0.0.0.0/0", "::/0", "evil.example"), true, everything);

    assertThat(policy.decide(Optional.of("evil.example"), ip(address), 80))
        .isInstanceOfSatisfying(
            Verdict.Denied.class, denied -> assertThat(denied.why()).contains("never open"));
  }

  @Test
  void an_entry_outside_the_operators_bounds_opens_nothing() {
    var onlyOne = new OperatorBounds(List.of(rule("10.1.0.0/16:5432")), ownPorts);
    var policy =
        EgressPolicy.of(List.of("10.0.0.0/8", "127.0.0.1", "db.acme.example"), true, onlyOne);

    assertThat(policy.decide(Optional.empty(), ip("10.1.0.1"), 5432))
        .isEqualTo(new Verdict.Allowed(true));
    for (String address : List.of("10.2.0.1", "127.0.0.1")) {
      assertThat(policy.decide(Optional.of("db.acme.example"), ip(address), 5432))
          .isInstanceOfSatisfying(
              Verdict.Denied.class, denied -> assertThat(denied.why()).contains("operator"));
    }
    assertThat(policy.decide(Optional.empty(), ip("10.1.0.1"), 80))
        .isInstanceOf(Verdict.Denied.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1", "93.184.216.1"})
  void the_servers_own_port_is_never_open_on_any_local_address(String address) {
    ownPorts.add(8080);
    EgressPolicy policy = policy("0.0.0.0/0", "::/0");

    assertThat(policy.decide(Optional.empty(), ip(address), 8080))
        .isInstanceOfSatisfying(
            Verdict.Denied.class, denied -> assertThat(denied.why()).contains("this server"));
    assertThat(policy.decide(Optional.empty(), ip(address), 8081))
        .isInstanceOf(Verdict.Allowed.class);
  }

  @Test
  void an_own_port_on_one_address_leaves_the_others_open() {
    ownPorts.add(ip("10.0.0.1"), 8080);
    EgressPolicy policy = policy("0.0.0.0/0");

    assertThat(policy.decide(Optional.empty(), ip("10.0.0.1"), 8080))
        .isInstanceOf(Verdict.Denied.class);
    assertThat(policy.decide(Optional.empty(), ip("10.0.0.2"), 8080))
        .isInstanceOf(Verdict.Allowed.class);
  }

  @Test
  void own_ports_of_this_machine_cover_loopback() {
    OwnPorts ports = OwnPorts.ofThisMachine();
    ports.add(8080);

    assertThat(ports.covers(ip("127.0.0.1"), 8080)).isTrue();
    assertThat(ports.covers(ip("192.0.2.77"), 8080)).isFalse();
  }

  @Test
  void a_bot_that_closes_public_addresses_reaches_only_what_it_names() {
    EgressPolicy policy =
        EgressPolicy.of(List.of("*.acme.example", "93.184.216.34:443"), false, bounds);

    assertThat(policy.decide(Optional.empty(), ip("8.8.8.8"), 443))
        .isInstanceOf(Verdict.Denied.class);
    assertThat(policy.decide(Optional.of("api.acme.example"), ip("8.8.8.8"), 443))
        .isEqualTo(new Verdict.Allowed(true));
    assertThat(policy.decide(Optional.empty(), ip("93.184.216.34"), 443))
        .isEqualTo(new Verdict.Allowed(true));
    assertThat(policy.decide(Optional.empty(), ip("93.184.216.34"), 80))
        .isInstanceOf(Verdict.Denied.class);
  }

  @Test
  void entries_that_cannot_be_read_open_nothing() {
    assertThat(policy("https://127.0.0.1", "127.1").decide(Optional.empty(), ip("127.0.0.1"), 80))
        .isInstanceOf(Verdict.Denied.class);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9000, false",
    "10.0.0.0/8, false",
    "0.0.0.0/0, false",
    "8.8.8.8, false",
    "acme.example, false",
    "169.254.169.254, true",
    "fe80::/10, true",
    "192.0.2.0/24, true",
    "2001:db8::1, true"
  })
  void entries_that_open_nothing_are_told(String entry, boolean useless) {
    assertThat(bounds.whyUseless(rule(entry)).isPresent()).isEqualTo(useless);
  }

  private EgressPolicy policy(String... allow) {
    return EgressPolicy.of(List.of(allow), true, bounds);
  }

  private static EgressRule rule(String entry) {
    return ((EgressRule.Parsed.Valid) EgressRule.parse(entry)).rule();
  }

  private static InetAddress ip(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  @Test
  void a_closed_bot_looks_up_only_the_names_that_it_lists() {
    OperatorBounds bounds =
        new OperatorBounds(OperatorBounds.SINGLE_WORKSPACE, OwnPorts.ofThisMachine());
    List<String> allow = List.of("api.test:443", "*.below.test", "10.0.0.0/8");
    EgressPolicy closed = EgressPolicy.of(allow, false, bounds);
    assertThat(List.of("API.test.", "a.below.test", "b.a.below.test")).allMatch(closed::mayResolve);
    assertThat(List.of("test", "x.api.test", "below.test", "10.0.0.1", ""))
        .noneMatch(closed::mayResolve);
    assertThat(EgressPolicy.of(allow, true, bounds).mayResolve("any.test")).isTrue();
    assertThat(EgressPolicy.closed().mayResolve("any.test")).isFalse();
  }
}
