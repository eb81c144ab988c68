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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a call's policy allows is connected; all else is refused; both stand in the trace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkTest {
  private static final String GET =
      """
      import socket
      def get(host, port, timeout=5):
          with socket.create_connection((host, port), timeout=timeout) as s:
              s.sendall(b"hello")
              return s.recv(100).decode()
      """;

  private TestBox box;
  private Greeter greeter;

  @BeforeAll
  void start() throws IOException {
    box = TestBox.start(NetworkTest::resolve);
    greeter = Greeter.start();
  }

  @AfterAll
  void close() throws IOException {
    if (box != null) {
      box.close();
      greeter.close();
    }
  }

  private static List<InetAddress> resolve(String name) throws UnknownHostException {
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

  static EgressPolicy publicOpen(String... allow) {
    OperatorBounds bounds =
        new OperatorBounds(OperatorBounds.SINGLE_WORKSPACE, OwnPorts.ofThisMachine());
    return EgressPolicy.of(List.of(allow), true, bounds);
  }

  private static void assertTrace(Execution execution, org.assertj.core.groups.Tuple... expected) {
    assertThat(execution.connects())
        .extracting(
            ConnectAttempt::name,
            ConnectAttempt::address,
            ConnectAttempt::port,
            ConnectAttempt::allowed)
        .containsExactly(expected);
  }
}
