package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.ConnectAttempt;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Connections are refused, told to the code as "Permission denied", and reported. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkTest {
  private TestBox box;

  @BeforeAll
  void start() {
    box = TestBox.start();
  }

  @AfterAll
  void close() {
    if (box != null) {
      box.close();
    }
  }

  @Test
  void a_refused_name_is_told_to_the_code_and_reported() {
    Execution execution =
        box.run(
            """
            import urllib.request
            def main(e, c):
                try: urllib.request.urlopen("http://shop.example:8080/x", timeout=5)
                except OSError as error: return str(error)
            """,
            Duration.ofSeconds(5));
    assertThat(TestBox.returned(execution)).contains("Permission denied", "shop.example:8080");
    assertReported(execution, Optional.of("shop.example"), Optional.empty(), 8080);
  }

  @Test
  void a_refused_address_is_reported() {
    Execution execution =
        box.run(
            """
            import socket
            def main(e, c): socket.create_connection(("127.0.0.1", 5432), timeout=5)
            """);
    assertThat(TestBox.failed(execution).message())
        .startsWith("PermissionError")
        .contains("Permission denied", "127.0.0.1:5432");
    assertReported(execution, Optional.empty(), Optional.of("127.0.0.1"), 5432);
  }

  @Test
  void names_given_to_connect_itself_are_reported_as_names() {
    Execution execution =
        box.run(
            """
            import socket
            def main(e, c): socket.socket().connect(("db.example", 5432))
            """);
    assertReported(execution, Optional.of("db.example"), Optional.empty(), 5432);
  }

  @Test
  void asyncio_and_old_resolving_functions_are_reported_too() {
    Execution execution =
        box.run(
            """
            import asyncio, socket
            def main(e, c):
                refused = []
                for attempt in (lambda: asyncio.run(asyncio.open_connection("a.example", 1)),
                                lambda: socket.gethostbyname("b.example"),
                                lambda: socket.socket(socket.AF_INET6).connect_ex(("::1", 2))):
                    try: attempt()
                    except PermissionError: refused.append(1)
                return refused
            """);
    assertThat(TestBox.returned(execution)).isEqualTo("[1,1,1]");
    assertThat(execution.connects())
        .extracting(ConnectAttempt::name, ConnectAttempt::address, ConnectAttempt::port)
        .containsExactly(
            tuple(Optional.of("a.example"), Optional.empty(), 1),
            tuple(Optional.of("b.example"), Optional.empty(), 0),
            tuple(Optional.empty(), Optional.of("::1"), 2));
  }

  @Test
  void resolving_below_python_fails_at_once() {
    Execution execution =
        box.run(
            """
            import ctypes, time
            def main(e, c):
                start = time.monotonic()
                found = ctypes.CDLL(None).gethostbyname(b"c.example")
                return [found, time.monotonic() - start < 1]
            """);
    assertThat(TestBox.returned(execution)).isEqualTo("[0,true]");
  }

  @Test
  void ten_thousand_attempts_are_reported_in_part() {
    Execution execution =
        box.run(
            """
            import socket
            def main(e, c):
                for i in range(10000):
                    try: socket.getaddrinfo(f"{i}.example", 80)
                    except PermissionError: pass
                return "done"
            """);
    assertThat(TestBox.returned(execution)).isEqualTo("\"done\"");
    assertThat(execution.connects()).hasSizeBetween(1, 200);
  }

  private static void assertReported(
      Execution execution, Optional<String> name, Optional<String> address, int port) {
    assertThat(execution.connects())
        .extracting(
            ConnectAttempt::name,
            ConnectAttempt::address,
            ConnectAttempt::port,
            ConnectAttempt::allowed)
        .containsExactly(tuple(name, address, port, false));
  }
}
