package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.ConnectAttempt;
import io.patchbay.executor.Execution.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** However code and its libraries connect, it is as if they had done it themselves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectTest {
  private static final String IMPORTS = "import os, select, socket, struct, threading, time\n";

  private TestBox box;
  private Greeter greeter;

  @BeforeAll
  void start() throws IOException {
    box = TestBox.start(containment(), name -> List.of(InetAddress.ofLiteral("127.0.0.1")));
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

  private String returned(String main) {
    Execution execution = run(main);
    return TestBox.returned(execution);
  }

  /** With PORT open on loopback, and nothing else. */
  private Execution run(String main) {
    String source =
        IMPORTS
            + "PORT = %d\nSERVICE = ('127.0.0.1', PORT)\n".formatted(greeter.port())
            + "def main(event, context):\n"
            + main.indent(4);
    return box.run(source, greeter.address(), "127.0.0.1:9", "api.test");
  }

  @Test
  void urllib_and_http_client_reach_a_service() throws IOException {
    try (TinyWeb web = TinyWeb.start()) {
      String source =
          """
          import http.client, urllib.request
          def main(e, c):
              url = urllib.request.urlopen("http://api.test:%1$d/x", timeout=30).read().decode()
              connection = http.client.HTTPConnection("127.0.0.1", %1$d, timeout=30)
              connection.request("GET", "/y")
              return [url, connection.getresponse().read().decode()]
          """
              .formatted(web.port());
      Execution execution = box.run(source, "127.0.0.1:" + web.port(), "api.test");
      assertThat(TestBox.returned(execution))
          .isEqualTo("[\"you asked for /x\",\"you asked for /y\"]");
    }
  }

  @Test
  void asyncio_reaches_many_services_at_once() {
    assertThat(
            returned(
                """
                import asyncio
                async def one():
                    reader, writer = await asyncio.open_connection("api.test", PORT)
                    writer.write(b"x")
                    data = await reader.read()
                    writer.close()
                    return len(data)
                async def all():
                    return sum(await asyncio.gather(*(one() for _ in range(50))))
                return asyncio.run(all())
                """))
        .isEqualTo("950");
  }

  @Test
  void thirty_two_threads_connect_at_once() {
    assertThat(
            returned(
                """
                from concurrent.futures import ThreadPoolExecutor
                def one(_):
                    with socket.create_connection(("api.test", PORT), timeout=10) as s:
                        s.sendall(b"x")
                        return len(s.recv(100))
                with ThreadPoolExecutor(32) as pool:
                    return sum(pool.map(one, range(320)))
                """))
        .isEqualTo("6080");
  }

  @Test
  void a_blocking_socket_stays_blocking_and_keeps_its_options() {
    assertThat(
            returned(
                """
                s = socket.socket()
                s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
                s.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 77)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 20000)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 3, 0))
                s.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 16)
                number = s.fileno()
                s.connect(SERVICE)
                return [s.fileno() == number, os.get_blocking(number), s.getpeername()[1] == PORT,
                        s.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY),
                        s.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE),
                        s.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE),
                        s.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF),
                        s.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16)[0],
                        s.getsockopt(socket.IPPROTO_IP, socket.IP_TOS)]
                """))
        .isEqualTo("[true,true,true,1,1,77,262144,3,16]");
  }

  @Test
  void what_nobody_reads_takes_little_of_the_kernels_memory() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      String source =
          """
          import socket
          def main(event, context):
              s = socket.create_connection(("127.0.0.1", %d), 30)
              for name in (socket.SO_SNDBUF, 32):
                  try: s.setsockopt(socket.SOL_SOCKET, name, 50_000_000)
                  except PermissionError: pass
              s.setblocking(False)
              sent = 0
              try:
                  while True: sent += s.send(bytes(65536))
              except BlockingIOError:
                  return sent
          """
              .formatted(deaf.getLocalPort());
      Execution execution = box.run(source, "127.0.0.1:" + deaf.getLocalPort());
      long sent = Long.parseLong(TestBox.returned(execution));
      // What the other end holds before it reads is its own affair.
      assertThat(sent).isLessThan(deaf.getReceiveBufferSize() * 2L + (8L << 20) / 8);
    }
  }

  @Test
  void a_call_has_128_connections_at_once() {
    Execution execution =
        run(
            """
            import errno
            open = [socket.create_connection(SERVICE) for _ in range(128)]
            more = socket.socket().connect_ex(SERVICE)
            open.pop().close()
            again = socket.socket().connect_ex(SERVICE)
            return [errno.errorcode[more], again]
            """);
    assertThat(TestBox.returned(execution)).isEqualTo("[\"ENOBUFS\",0]");
    assertThat(execution.logs())
        .extracting(Execution.LogRecord::message)
        .containsExactly("A connection was refused: 128 are open at once");
  }

  @Test
  void a_socket_that_does_not_block_is_answered_at_once_and_becomes_writable() {
    assertThat(
            returned(
                """
                s = socket.socket()
                s.setblocking(False)
                first = s.connect_ex(SERVICE)
                select.select([], [s], [], 5)
                result = [first in (0, 115), os.get_blocking(s.fileno()),
                          s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), s.connect_ex(SERVICE)]
                s.send(b"x")
                select.select([s], [], [], 5)
                return result + [len(s.recv(100))]
                """))
        .isEqualTo("[true,false,0,106,19]");
  }

  @Test
  void a_port_where_nobody_listens_refuses_as_always() {
    assertThat(
            returned(
                """
                answers = []
                for timeout in (None, 2, 0):
                    s = socket.socket()
                    s.settimeout(timeout)
                    error = s.connect_ex(("127.0.0.1", 9))
                    if error == 115:
                        select.select([], [s], [], 5)
                        error = s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                    answers.append(error)
                return answers
                """))
        .isEqualTo("[111,111,111]");
  }

  @Test
  void a_listener_that_never_accepts_is_waited_for_without_holding_up_others() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String source =
          """
          import socket, threading, time
          SILENT = ("127.0.0.1", %d)
          def connect(timeout):
              s = socket.socket()
              s.settimeout(timeout)
              try: s.connect(SILENT)
              except OSError as error: return type(error).__name__
              return s
          def main(e, c):
              full = [connect(0.3) for _ in range(6)]
              thread = threading.Thread(target=connect, args=(None,), daemon=True)
              thread.start()
              start = time.monotonic()
              with socket.create_connection(("127.0.0.1", %d), timeout=15) as s:
                  s.sendall(b"x"); s.recv(100)
              quick = time.monotonic() - start < 10
              blocking = socket.socket()
              blocking.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO,
                                  (0).to_bytes(8, "little") + (400000).to_bytes(8, "little"))
              start = time.monotonic()
              error = blocking.connect_ex(SILENT)
              took = time.monotonic() - start
              return [full[-1], thread.is_alive(), quick, error, 0.3 < took < 10]
          """
              .formatted(silent.getLocalPort(), greeter.port());
      Execution execution =
          box.run(source, greeter.address(), "127.0.0.1:" + silent.getLocalPort());
      assertThat(TestBox.returned(execution)).isEqualTo("[\"TimeoutError\",true,true,115,true]");
    }
  }

  @Test
  void a_call_that_waits_for_a_connection_ends_at_its_deadline() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String source =
          """
          import socket
          def main(e, c):
              sockets = [socket.socket() for _ in range(10)]
              for s in sockets[:-1]:
                  s.setblocking(False); s.connect_ex(("127.0.0.1", %1$d))
              sockets[-1].connect(("127.0.0.1", %1$d))
          """
              .formatted(silent.getLocalPort());
      Instant start = TestBox.CLOCK.instant();
      Execution execution =
          box.run(
              source, Duration.ofMillis(700), TestBox.policy("127.0.0.1:" + silent.getLocalPort()));
      assertThat(TestBox.failed(execution).reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(Duration.between(start, TestBox.CLOCK.instant()))
          .isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void a_thousand_connections_leave_no_descriptor_behind() throws Exception {
    String loop =
        """
        times = []
        for _ in range(%d):
            start = time.perf_counter_ns()
            s = socket.create_connection(SERVICE)
            times.append(time.perf_counter_ns() - start)
            s.close()
        times.sort()
        return [times[len(times) // 2] // 1000, times[len(times) * 99 // 100] // 1000]
        """;
    var _ = returned(loop.formatted(10));
    long before = Leftovers.descriptors();
    String microseconds = returned(loop.formatted(1000));
    System.out.println("connect by the supervisor, p50 and p99 in us: " + microseconds);
    Execution names =
        run(
            """
            for _ in range(300): socket.getaddrinfo("api.test", 80)
            return 1
            """);
    assertThat(TestBox.returned(names)).isEqualTo("1");
    assertThat(names.connects()).noneMatch(ConnectAttempt::allowed);
    assertThat(Leftovers.awaitDescriptorsAtMost(before)).isLessThanOrEqualTo(before);
  }
}
