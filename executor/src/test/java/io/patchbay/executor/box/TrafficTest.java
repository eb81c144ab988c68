package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.LogRecord;
import io.patchbay.executor.Execution.Traffic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Bytes of connections that code made, counted outside of the box without standing in its way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrafficTest {
  private static final String GREETING = "hello from the test";

  private TestBox box;
  private Greeter greeter;

  @BeforeAll
  void start() throws IOException {
    box = TestBox.start();
    greeter = Greeter.start();
  }

  @AfterAll
  void close() throws IOException {
    if (box != null) {
      box.close();
      greeter.close();
    }
  }

  /** Runs the body of main, which may connect to {@code SERVICE}. */
  private Execution run(String main) {
    return run(main, greeter.port());
  }

  private Execution run(String main, int port) {
    String source =
        "import array, os, socket, threading, time\nSERVICE = ('127.0.0.1', %d)\n".formatted(port)
            + "def main(e, c):\n"
            + main.indent(4);
    return box.run(source, "127.0.0.1:" + port);
  }

  private static Traffic only(Execution execution) {
    assertThat(execution.connects()).hasSize(1);
    return execution.connects().getFirst().traffic().orElseThrow();
  }

  @Test
  void bytes_both_ways_are_counted_of_a_connection_that_the_code_has_closed() {
    Execution execution =
        run(
            """
            with socket.create_connection(SERVICE) as s:
                s.sendall(b"x" * 300)
                got = s.recv(100)
            time.sleep(4)
            return len(got)
            """);
    Traffic traffic = only(execution);
    assertThat(TestBox.returned(execution)).isEqualTo("19");
    assertThat(traffic.bytesOut()).isEqualTo(300);
    assertThat(traffic.bytesIn()).isEqualTo(GREETING.length());
    assertThat(traffic.duration()).isLessThan(Duration.ofSeconds(3));
    assertThat(execution.usage().bytesOut()).isEqualTo(300);
    assertThat(execution.usage().bytesIn()).isEqualTo(GREETING.length());
  }

  @Test
  void and_of_one_that_is_open_when_the_call_returns_or_is_killed_or_dies() {
    String talk = "s = socket.create_connection(SERVICE); s.sendall(b'x' * 7); s.recv(100)\n";
    for (String end : List.of("return 1", "os._exit(3)", "import ctypes; ctypes.string_at(0)")) {
      Traffic traffic = only(run(talk + end));
      assertThat(traffic.bytesOut()).as(end).isEqualTo(7);
      assertThat(traffic.bytesIn()).as(end).isEqualTo(GREETING.length());
    }
    Execution late =
        box.run(
            "import socket, time\ndef main(e, c):\n  s = socket.create_connection(('127.0.0.1', %d));"
                    .formatted(greeter.port())
                + " s.sendall(b'1234'); s.recv(100); time.sleep(60)",
            Duration.ofSeconds(3),
            TestBox.policy(greeter.address()));
    assertThat(only(late).bytesOut()).isEqualTo(4);
    assertThat(only(late).duration()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(20));
  }

  @Test
  void megabytes_and_shut_sides_are_counted_exactly() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var _ =
          threads.submit(() -> {
            try (Socket caller = listener.accept()) {
              long got = caller.getInputStream().readAllBytes().length;
              caller.getOutputStream().write(new byte[3_000_000]);
              return got;
            }
          });
      Execution execution =
          run(
              """
              s = socket.create_connection(SERVICE)
              s.sendall(b"x" * 5_000_000)
              s.shutdown(socket.SHUT_WR)
              got = 0
              while True:
                  part = s.recv(1 << 20)
                  if not part: return got
                  got += len(part)
              """,
              listener.getLocalPort());
      assertThat(TestBox.returned(execution)).isEqualTo("3000000");
      assertThat(only(execution).bytesOut()).isEqualTo(5_000_000);
      assertThat(only(execution).bytesIn()).isEqualTo(3_000_000);
    }
  }

  @Test
  void the_other_end_sees_that_the_code_has_closed_its_socket_while_the_call_goes_on()
      throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String rest : List.of("0", "0.5")) {
        Future<Integer> seen =
            threads.submit(() -> {
              try (Socket closing = listener.accept();
                  Socket staying = listener.accept()) {
                closing.getInputStream().read();
                int end = closing.getInputStream().read();
                staying.getOutputStream().write('!');
                return end;
              }
            });
        Execution execution =
            run(
                """
                s = socket.create_connection(SERVICE)
                staying = socket.create_connection(SERVICE, 15)
                time.sleep(%s)
                s.sendall(b"x"); s.close()
                return staying.recv(1).decode()
                """
                    .formatted(rest),
                listener.getLocalPort());
        assertThat(TestBox.returned(execution)).isEqualTo("\"!\"");
        assertThat(seen.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
      }
    }
  }

  @Test
  void a_duplicate_goes_on_counting_when_the_first_descriptor_is_closed() {
    Execution execution =
        run(
            """
            first = socket.create_connection(SERVICE)
            os.dup2(first.fileno(), 200)
            first.close()
            time.sleep(0.15)
            s = socket.socket(fileno=200)
            s.sendall(b"y" * 50); s.recv(100); s.close()
            time.sleep(4)
            """);
    assertThat(only(execution).bytesOut()).isEqualTo(50);
    assertThat(only(execution).duration()).isBetween(Duration.ofMillis(140), Duration.ofSeconds(3));
  }

  @Test
  void what_was_refused_or_led_nowhere_carried_nothing() {
    Execution denied = run("return socket.socket().connect_ex(('10.1.2.3', 80))");
    assertThat(denied.connects().getFirst().traffic()).isEmpty();
    Execution nobody =
        box.run(
            "import socket\ndef main(e, c): return socket.socket().connect_ex(('127.0.0.1', 9))",
            "127.0.0.1:9");
    assertThat(TestBox.returned(nobody)).isEqualTo("111");
    assertThat(only(nobody).bytesOut()).isZero();
    assertThat(only(nobody).bytesIn()).isZero();
  }

  @Test
  void a_hundred_at_once_are_counted() throws Exception {
    long before = Leftovers.descriptors();
    Execution execution =
        run(
            """
            open = [socket.create_connection(SERVICE) for _ in range(100)]
            for s in open: s.sendall(b"123")
            return sum(len(s.recv(100)) for s in open)
            """);
    assertThat(TestBox.returned(execution)).isEqualTo("1900");
    assertThat(execution.connects().stream().filter(c -> c.traffic().isPresent())).hasSize(100);
    assertThat(execution.usage().bytesOut()).isEqualTo(100 * 3);
    assertThat(Leftovers.awaitDescriptorsAtMost(before)).isLessThanOrEqualTo(before);
  }

  @Test
  void thousands_one_after_the_other_are_counted_and_leave_no_descriptor() throws Exception {
    long before = Leftovers.descriptors();
    Execution execution =
        run(
            """
            for _ in range(3000):
                s = socket.create_connection(SERVICE)
                s.sendall(b"ab"); s.recv(100); s.close()
            """);
    assertThat(TestBox.returned(execution)).isEqualTo("null");
    assertThat(execution.connects()).hasSize(200);
    assertThat(execution.logs())
        .extracting(LogRecord::message)
        .containsExactly("2800 more connections are not listed: an invocation keeps the first 200");
    assertThat(execution.usage().bytesOut()).isEqualTo(6000);
    assertThat(execution.usage().bytesIn()).isEqualTo(3000L * GREETING.length());
    assertThat(Leftovers.awaitDescriptorsAtMost(before)).isLessThanOrEqualTo(before);
  }

  @Test
  void calls_beside_each_other_are_counted_apart_also_when_they_die() throws Exception {
    long before = Leftovers.descriptors();
    var ends = List.of("return 1", "os._exit(1)", "s.close(); time.sleep(0.05); return 1");
    var futures = new LinkedBlockingQueue<Future<Execution>>();
    List<Integer> sent = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 60; i++) {
        int bytes = 100 + i;
        String end = ends.get(i % ends.size());
        sent.add(bytes);
        futures.add(
            callers.submit(() ->
                run(
                    "s = socket.create_connection(SERVICE)\ns.sendall(b'x' * %d); s.recv(100)\n"
                            .formatted(bytes)
                        + end)));
      }
    }
    for (int bytes : sent) {
      assertThat(only(futures.remove().get()).bytesOut()).isEqualTo(bytes);
    }
    assertThat(Leftovers.awaitDescriptorsAtMost(before)).isLessThanOrEqualTo(before);
  }
}
