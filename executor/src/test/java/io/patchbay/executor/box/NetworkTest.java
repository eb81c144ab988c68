package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.ConnectAttempt;
import io.patchbay.executor.Execution.LogRecord;
import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.egress.OperatorBounds;
import io.patchbay.executor.egress.OwnPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call's policy allows is connected; all else is refused; both stand in the trace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkTest {
  private static final String GET =
      """
      import socket
      def get(host, port, timeout=30):
          with socket.create_connection((host, port), timeout=timeout) as s:
              s.sendall(b"hello")
              return s.recv(100).decode()
      """;

  private final AtomicInteger lookups = new AtomicInteger();
  private TestBox box;
  private Greeter greeter;

  @BeforeAll
  void start() throws IOException {
    box = TestBox.start(containment(), this::resolve);
    greeter = Greeter.start();
  }

  /** Another level's test is this one with another answer. */
  Containment containment() {
    return Containment.NAMESPACES;
  }

  @AfterAll
  void close() throws IOException {
    if (box != null) {
      box.close();
      greeter.close();
    }
  }

  private List<InetAddress> resolve(String name) throws UnknownHostException {
    lookups.incrementAndGet();
    return switch (name) {
      case "api.test", "other.test" -> List.of(InetAddress.ofLiteral("127.0.0.1"));
      case "meta.test" -> List.of(InetAddress.ofLiteral("169.254.169.254"));
      case "public.test" -> List.of(InetAddress.ofLiteral("192.0.2.1"));
      default -> throw new UnknownHostException(name);
    };
  }

  @Test
  void an_allowed_address_is_connected_and_stands_in_the_trace() {
    Execution execution =
        box.run(
            GET + "def main(e, c): return get('127.0.0.1', %d)".formatted(greeter.port()),
            greeter.address());
    assertThat(TestBox.returned(execution)).isEqualTo("\"hello from the test\"");
    assertTrace(execution, tuple(Optional.empty(), Optional.of("127.0.0.1"), greeter.port(), true));
  }

  @Test
  void an_address_that_nobody_allowed_is_refused_with_the_reason_in_the_log() {
    Execution execution =
        box.run(GET + "def main(e, c): return get('127.0.0.1', %d)".formatted(greeter.port()));
    assertThat(TestBox.failed(execution).message())
        .isEqualTo(
            "PermissionError: [Errno 13] Permission denied: connection to 127.0.0.1:"
                + greeter.port());
    assertTrace(
        execution, tuple(Optional.empty(), Optional.of("127.0.0.1"), greeter.port(), false));
    assertThat(execution.logs())
        .extracting(LogRecord::level, LogRecord::logger)
        .containsExactly(tuple("WARNING", "patchbay.egress"));
    assertThat(execution.logs().getFirst().message()).contains("egress.allow does not name it");
  }

  @Test
  void an_allowed_name_is_resolved_and_connected_and_stands_in_the_trace() {
    Execution execution =
        box.run(
            GET + "def main(e, c): return get('API.test', %d)".formatted(greeter.port()),
            "api.test:" + greeter.port());
    assertThat(TestBox.returned(execution)).isEqualTo("\"hello from the test\"");
    assertTrace(
        execution, tuple(Optional.of("api.test"), Optional.of("127.0.0.1"), greeter.port(), true));
  }

  @Test
  void a_name_that_a_closed_bot_does_not_list_is_refused_without_being_looked_up() {
    Execution execution =
        box.run(GET + "def main(e, c): return get('secret-data.evil.test', 443)", "api.test");
    assertThat(TestBox.failed(execution).message()).startsWith("PermissionError");
    assertTrace(
        execution, tuple(Optional.of("secret-data.evil.test"), Optional.empty(), 443, false));
  }

  @Test
  void a_name_that_leads_to_a_closed_address_is_refused_by_its_name() {
    Execution execution =
        box.run(GET + "def main(e, c): return get('meta.test', 80)", publicOpen("meta.test"));
    assertThat(TestBox.failed(execution).message()).startsWith("PermissionError");
    assertTrace(
        execution, tuple(Optional.of("meta.test"), Optional.of("169.254.169.254"), 80, false));
  }

  @Test
  void a_name_that_nobody_knows_is_told_so() {
    Execution execution =
        box.run(GET + "def main(e, c): return get('nope.test', 80)", publicOpen());
    assertThat(TestBox.failed(execution).message())
        .startsWith("gaierror")
        .contains("Name or service not known");
    assertTrace(execution, tuple(Optional.of("nope.test"), Optional.empty(), 0, true));
  }

  @Test
  void localhost_is_a_name_like_any_other() {
    Execution execution =
        box.run(
            GET + "def main(e, c): return get('localhost', %d)".formatted(greeter.port()),
            "localhost:" + greeter.port());
    assertThat(TestBox.returned(execution)).isEqualTo("\"hello from the test\"");
    assertThat(execution.connects().getLast().name()).contains("localhost");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0",
        "::ffff:127.0.0.1",
        "::1",
        "::ffff:7f00:1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "fe80::1",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "255.255.255.255",
        "100.100.100.200",
        "fd00:ec2::254",
        "10.0.0.1"
      })
  void no_way_to_write_a_closed_address_opens_it(String address) {
    Execution execution =
        box.run(
            """
            import socket
            def main(e, c):
                family = socket.AF_INET6 if ":" in "%1$s" else socket.AF_INET
                with socket.socket(family) as s:
                    s.settimeout(30)
                    return s.connect_ex(("%1$s", %2$d))
            """
                .formatted(address, greeter.port()),
            publicOpen());
    assertThat(TestBox.returned(execution)).isEqualTo("13");
    assertThat(execution.connects()).hasSize(1).noneMatch(ConnectAttempt::allowed);
  }

  @Test
  void the_servers_own_port_is_refused_even_where_it_is_allowed() {
    OwnPorts ownPorts = OwnPorts.ofThisMachine();
    ownPorts.add(greeter.port());
    OperatorBounds bounds = new OperatorBounds(OperatorBounds.SINGLE_WORKSPACE, ownPorts);
    EgressPolicy policy = EgressPolicy.of(List.of("127.0.0.0/8", "localhost"), true, bounds);
    for (String host : List.of("127.0.0.1", "127.0.0.2", "localhost")) {
      Execution execution =
          box.run(
              GET + "def main(e, c): return get('%s', %d)".formatted(host, greeter.port()), policy);
      assertThat(TestBox.failed(execution).message()).startsWith("PermissionError");
      assertThat(execution.connects()).noneMatch(ConnectAttempt::allowed);
    }
  }

  @Test
  void a_name_is_what_a_rule_by_name_opens_and_not_its_address() {
    String source =
        GET
            + """
            def main(e, c):
                try: return get("127.0.0.1", %1$d)
                except PermissionError: return get("other.test", %1$d)
            """
                .formatted(greeter.port());
    Execution execution = box.run(source, "other.test");
    assertThat(TestBox.returned(execution)).isEqualTo("\"hello from the test\"");
    assertTrace(
        execution,
        tuple(Optional.empty(), Optional.of("127.0.0.1"), greeter.port(), false),
        tuple(Optional.of("other.test"), Optional.of("127.0.0.1"), greeter.port(), true));
  }

  @Test
  void names_asked_below_python_count_too() {
    Execution execution =
        box.run(
            """
            import ctypes, socket
            def main(e, c):
                found = ctypes.CDLL(None).gethostbyname(b"api.test")
                s = socket.socket()
                return [found != 0, s.connect_ex(("127.0.0.1", %d))]
            """
                .formatted(greeter.port()),
            "api.test");
    assertThat(TestBox.returned(execution)).isEqualTo("[true,0]");
    assertThat(execution.connects().getFirst().name()).contains("api.test");
  }

  @Test
  void what_one_call_has_asked_for_opens_nothing_to_the_next() {
    String ask = "import socket\ndef main(e, c): return len(socket.getaddrinfo('api.test', 1))";
    assertThat(TestBox.returned(box.run(ask, "api.test"))).isNotEqualTo("0");
    Execution next =
        box.run(
            GET + "def main(e, c): return get('127.0.0.1', %d)".formatted(greeter.port()),
            "api.test");
    assertThat(TestBox.failed(next).message()).startsWith("PermissionError");
  }

  @Test
  void many_questions_are_answered_and_then_no_more() {
    lookups.set(0);
    Execution execution =
        box.run(
            """
            import socket
            def main(e, c):
                failed = {}
                for i in range(3000):
                    try: socket.getaddrinfo(f"{i}.test", 80, socket.AF_INET, socket.SOCK_STREAM)
                    except socket.gaierror as error: failed[error.errno] = failed.get(error.errno, 0) + 1
                return failed
            """,
            publicOpen());
    assertThat(TestBox.returned(execution)).isEqualTo("{\"-2\":3000}");
    assertThat(lookups.get()).isLessThanOrEqualTo(2000);
    assertThat(execution.connects()).hasSize(200);
  }

  @Test
  void ten_thousand_refused_attempts_are_reported_in_part() {
    Execution execution =
        box.run(
            """
            import socket
            def main(e, c):
                refused = 0
                for i in range(10000):
                    with socket.socket() as s:
                        refused += s.connect_ex(("127.0.0.1", 100 + i)) == 13
                return refused
            """,
            publicOpen());
    assertThat(TestBox.returned(execution)).isEqualTo("10000");
    assertThat(execution.connects()).hasSize(200);
    assertThat(execution.logs())
        .hasSize(22)
        .extracting(Execution.LogRecord::message)
        .endsWith(
            "9980 more warnings like these are left out",
            "9800 more connections are not listed: an invocation keeps the first 200");
  }

  static EgressPolicy publicOpen(String... allow) {
    OperatorBounds bounds =
        new OperatorBounds(OperatorBounds.SINGLE_WORKSPACE, OwnPorts.ofThisMachine());
    return EgressPolicy.of(List.of(allow), true, bounds);
  }

  private static void assertTrace(Execution execution, Tuple... expected) {
    assertThat(execution.connects())
        .extracting(
            ConnectAttempt::name,
            ConnectAttempt::address,
            ConnectAttempt::port,
            ConnectAttempt::allowed)
        .containsExactly(expected);
  }
}
