package io.patchbay.integration.webhook;

import static io.patchbay.integration.FailureReason.DNS_FAILED;
import static io.patchbay.integration.FailureReason.EGRESS_DENIED;
import static io.patchbay.integration.FailureReason.INSECURE_URL;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bot.Environment;
import io.patchbay.executor.egress.EgressRule;
import io.patchbay.executor.egress.OperatorBounds;
import io.patchbay.executor.egress.OwnPorts;
import io.patchbay.integration.EgressAttempt;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.Invoker.Reply;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is connected, and what stays silent. */
class WebhookEgressTest {
  private RawServer silent;

  @BeforeEach
  void start() throws IOException {
    silent = RawServer.answering(RawServer.http("200 OK", "{}"));
  }

  @AfterEach
  void stop() throws IOException {
    silent.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "%31%32%37.0.0.1",
        "１２７.0.0.1",
        "localhost",
        "LOCALHOST.",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "0.0.0.0",
        "0",
        "[::]",
        "[::1]"
      })
  void a_denied_address_hears_nothing_in_any_spelling(String host) {
    for (String scheme : List.of("http", "https")) {
      Reply reply = TestCalls.to(scheme + "://" + host + ":" + silent.port() + "/").allow().send();

      assertThat(TestCalls.failure(reply).reason())
          .isEqualTo(scheme.equals("http") ? INSECURE_URL : EGRESS_DENIED);
      assertThat(reply.egress()).isNotEmpty().noneMatch(EgressAttempt::allowed);
    }
    assertThat(silent.connections).isEmpty();
  }

  @Test
  void a_mapped_address_from_the_resolver_is_denied() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    mapped[12] = 127;
    mapped[15] = 1;
    InetAddress address = Inet6Address.getByAddress(null, mapped, -1);

    Reply reply = through(_ -> List.of(address), TestCalls.to(https("evil.example")).allow());

    assertThat(TestCalls.failure(reply).reason()).isEqualTo(EGRESS_DENIED);
    assertThat(silent.connections).isEmpty();
  }

  @Test
  void a_name_that_resolves_to_another_address_each_time_is_denied() {
    var turn = new AtomicInteger();
    HostResolver rebinding =
        _ ->
            List.of(
                InetAddress.ofLiteral(
                    turn.getAndIncrement() % 2 == 0 ? "127.0.0.1" : "169.254.169.254"));
    try (var invoker = TestCalls.resolving(rebinding)) {
      for (int i = 0; i < 4; i++) {
        Reply reply = TestCalls.to(https("rebinds.example")).allow().by(invoker);

        assertThat(TestCalls.failure(reply).reason()).isEqualTo(EGRESS_DENIED);
        assertThat(reply.egress())
            .singleElement()
            .satisfies(attempt -> {
              assertThat(attempt.name()).contains("rebinds.example");
              assertThat(attempt.allowed()).isFalse();
            });
      }
      assertThat(turn).hasValue(4);
    }
    assertThat(silent.connections).isEmpty();
  }

  @Test
  void denied_addresses_of_a_name_are_skipped() {
    HostResolver both =
        _ -> List.of(InetAddress.ofLiteral("169.254.169.254"), RawServer.loopback());

    Reply reply = through(both, TestCalls.to(http("both.example")).allow("127.0.0.1"));

    assertThat(TestCalls.output(reply)).isEqualTo("{}");
    assertThat(reply.egress())
        .extracting(attempt -> attempt.address().orElseThrow() + " " + attempt.allowed())
        .containsExactly("169.254.169.254 false", "127.0.0.1 true");
  }

  @Test
  void all_denied_addresses_are_named() {
    HostResolver both = _ -> List.of(InetAddress.ofLiteral("10.0.0.1"), RawServer.loopback());

    Reply reply = through(both, TestCalls.to(https("both.example")).allow());

    assertThat(TestCalls.failure(reply).reason()).isEqualTo(EGRESS_DENIED);
    assertThat(TestCalls.failure(reply).message())
        .contains("10.0.0.1 is a private address")
        .contains("127.0.0.1 is a loopback address");
  }

  @ParameterizedTest
  @DisplayName("K17: http:// only to what the allow-list names, in both environments")
  @EnumSource(Environment.class)
  void an_address_that_is_named_and_permitted_is_reached(Environment environment) {
    for (String entry : List.of("127.0.0.1:" + silent.port(), "127.0.0.1", "127.0.0.0/8")) {
      for (String host : List.of("127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "localhost")) {
        Reply reply = TestCalls.to(http(host)).allow(entry, "::1").in(environment).send();

        assertThat(TestCalls.output(reply)).isEqualTo("{}");
      }
    }
    assertThat(silent.connections).hasSize(12);
  }

  @ParameterizedTest
  @DisplayName("K17: any other http:// address fails with insecure_url, before anything is sent")
  @EnumSource(Environment.class)
  void an_unnamed_public_address_is_insecure(Environment environment) {
    Reply reply = TestCalls.to("http://93.184.216.34/").allow().in(environment).send();

    assertThat(TestCalls.failure(reply).reason()).isEqualTo(INSECURE_URL);
    assertThat(TestCalls.failure(reply).message())
        .contains("93.184.216.34 is not named by egress.allow");
    assertThat(reply.egress()).singleElement().matches(attempt -> !attempt.allowed());
  }

  @Test
  void a_name_entry_opens_what_the_name_resolves_to() {
    HostResolver local = _ -> List.of(RawServer.loopback());

    assertThat(
            TestCalls.output(
                through(local, TestCalls.to(http("api.acme.example")).allow("*.acme.example"))))
        .isEqualTo("{}");
    assertThat(
            TestCalls.failure(
                    through(local, TestCalls.to(http("acme.example")).allow("*.acme.example")))
                .reason())
        .isEqualTo(INSECURE_URL);
    assertThat(silent.connections).hasSize(1);
  }

  @Test
  void another_port_than_the_named_one_is_denied() {
    Reply reply = TestCalls.to(http("127.0.0.1")).allow("127.0.0.1:1").send();

    assertThat(TestCalls.failure(reply).reason()).isEqualTo(INSECURE_URL);
    assertThat(silent.connections).isEmpty();
  }

  @Test
  void an_entry_outside_the_operators_bounds_opens_nothing() {
    var none = new OperatorBounds(List.of(), TestCalls.OWN_PORTS);
    var others =
        new OperatorBounds(
            List.of(((EgressRule.Parsed.Valid) EgressRule.parse("10.0.0.0/8")).rule()),
            TestCalls.OWN_PORTS);
    for (OperatorBounds bounds : List.of(none, others)) {
      for (String entry : List.of("127.0.0.1", "localhost", "0.0.0.0/0")) {
        assertThat(reason(bounds, TestCalls.to(http("localhost")).allow(entry)))
            .isEqualTo(INSECURE_URL);
        assertThat(reason(bounds, TestCalls.to(https("localhost")).allow(entry)))
            .isEqualTo(EGRESS_DENIED);
      }
    }
    assertThat(silent.connections).isEmpty();
  }

  @Test
  void the_servers_own_port_is_never_reached() {
    var own = new OwnPorts(_ -> false);
    own.add(silent.port());
    var bounds = new OperatorBounds(OperatorBounds.SINGLE_WORKSPACE, own);
    for (String host : List.of("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "127.0.0.2")) {
      TestCalls calls =
          TestCalls.to(https(host)).allow("127.0.0.0/8:" + silent.port(), "localhost", "::1");

      assertThat(reason(bounds, calls)).isEqualTo(EGRESS_DENIED);
    }
    assertThat(silent.connections).isEmpty();
  }

  @Test
  void metadata_addresses_are_never_reached_even_when_named() {
    for (String host : List.of("169.254.169.254", "[fd00:ec2::254]", "100.100.100.200")) {
      assertThat(
              TestCalls.failure(
                      TestCalls.to("https://" + host + "/")
                          .allow("0.0.0.0/0", "::/0", "169.254.169.254", "fd00:ec2::254")
                          .send())
                  .message())
          .contains("never open");
    }
  }

  @Test
  void a_bot_that_closes_public_addresses_cannot_reach_them() {
    Reply reply = TestCalls.to("https://93.184.216.34/").publicClosed().send();

    assertThat(TestCalls.failure(reply).reason()).isEqualTo(EGRESS_DENIED);
    assertThat(TestCalls.failure(reply).message()).contains("egress.public is false");
  }

  @Test
  void a_name_without_an_address_is_dns_failed() {
    for (HostResolver resolver :
        List.<HostResolver>of(
            name -> {
              throw new UnknownHostException(name);
            },
            _ -> List.of(),
            _ -> {
              throw new IllegalStateException("a bug in the resolver");
            })) {
      Reply reply = through(resolver, TestCalls.to("https://nowhere.example/x"));

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(DNS_FAILED);
      assertThat(TestCalls.failure(reply).message())
          .isEqualTo("the name of nowhere.example:443 has no address");
      assertThat(reply.egress())
          .singleElement()
          .satisfies(attempt -> {
            assertThat(attempt.name()).contains("nowhere.example");
            assertThat(attempt.address()).isEmpty();
          });
    }
  }

  @Test
  void a_name_with_countless_addresses_is_tried_at_a_few() {
    HostResolver many =
        _ ->
            java.util.stream.IntStream.rangeClosed(1, 250)
                .mapToObj(i -> InetAddress.ofLiteral("10.0.0." + i))
                .toList();

    assertThat(through(many, TestCalls.to(https("many.example")).allow()).egress()).hasSize(16);
  }

  @Test
  void proxies_of_the_system_are_never_used() throws IOException {
    var asked = new CopyOnWriteArrayList<URI>();
    ProxySelector before = ProxySelector.getDefault();
    try (var proxy = RawServer.answering(RawServer.http("200 OK", "{\"proxy\":true}"))) {
      List<String> names =
          List.of("http.proxyHost", "http.proxyPort", "socksProxyHost", "socksProxyPort");
      System.setProperty("http.proxyHost", "127.0.0.1");
      System.setProperty("http.proxyPort", "" + proxy.port());
      System.setProperty("socksProxyHost", "127.0.0.1");
      System.setProperty("socksProxyPort", "" + proxy.port());
      System.setProperty("http.nonProxyHosts", "");
      ProxySelector.setDefault(new Recording(asked, silent.port(), proxy.port()));
      try {
        assertThat(TestCalls.output(TestCalls.to(http("127.0.0.1")).send())).isEqualTo("{}");
      } finally {
        ProxySelector.setDefault(before);
        names.forEach(System::clearProperty);
        System.clearProperty("http.nonProxyHosts");
      }
      assertThat(proxy.connections).isEmpty();
      assertThat(asked).isEmpty();
    }
  }

  /** For one target; what threads of other tests connect to is none of its business. */
  private static final class Recording extends ProxySelector {
    private final List<URI> asked;
    private final int target;
    private final int port;

    Recording(List<URI> asked, int target, int port) {
      this.asked = asked;
      this.target = target;
      this.port = port;
    }

    @Override
    public List<Proxy> select(URI uri) {
      if (uri.getPort() != target) {
        return List.of(Proxy.NO_PROXY);
      }
      asked.add(uri);
      return List.of(
          new Proxy(Proxy.Type.HTTP, new java.net.InetSocketAddress(RawServer.loopback(), port)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {}
  }

  private String http(String host) {
    return "http://" + host + ":" + silent.port() + "/";
  }

  private String https(String host) {
    return "https://" + host + ":" + silent.port() + "/";
  }

  private static Reply through(HostResolver resolver, TestCalls calls) {
    try (var invoker = TestCalls.resolving(resolver)) {
      return calls.by(invoker);
    }
  }

  private static FailureReason reason(OperatorBounds bounds, TestCalls calls) {
    try (var invoker = new WebhookInvoker(bounds, "0.1.0", TestCalls.CLOCK)) {
      return TestCalls.failure(calls.by(invoker)).reason();
    }
  }
}
