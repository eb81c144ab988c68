package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What calls take of the kernel and the supervisor by connecting, and what is left to others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkBudgetTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  /** Connects to {@code SERVICE} and sends until nothing more is taken. */
  private static final String FILL =
      """
      import errno, os, socket, struct, threading, time
      SERVICE = ("127.0.0.1", %d)
      def fill(s):
          s.setblocking(False)
          try:
              while True: s.send(bytes(65536))
          except BlockingIOError: pass
      """;

  private TestBox box;
  private Greeter greeter;

  @BeforeAll
  void start() throws IOException {
    box = TestBox.start(new Capacity(128, 512, 16, 1L << 30), Containment.NAMESPACES);
    greeter = Greeter.start();
  }

  @AfterAll
  void close() throws IOException {
    if (box != null) {
      box.close();
      greeter.close();
    }
  }

  /** A peer that accepts and never reads. */
  private static ServerSocket deaf() throws IOException {
    return new ServerSocket(0, 1000, InetAddress.ofLiteral("127.0.0.1"));
  }

  @Test
  void what_a_call_has_closed_but_nobody_has_read_counts_and_goes_with_it() throws Exception {
    try (ServerSocket deaf = deaf()) {
      int before = orphans();
      String main =
          """
          def main(event, context):
              made = 0
              for _ in range(300):
                  s = socket.socket()
                  if s.connect_ex(SERVICE) == errno.ENOBUFS: break
                  fill(s)
                  s.close()
                  made += 1
              return made
          """;
      Execution execution = run(main, deaf.getLocalPort());
      assertThat(TestBox.returned(execution)).isEqualTo("128");
      await(() -> orphans() <= before + 3);
      assertThat(orphans()).isLessThanOrEqualTo(before + 3);
    }
  }

  @Test
  void nobody_waits_for_a_connection_whose_code_wants_its_end_to_be_waited_for() throws Exception {
    try (ServerSocket deaf = deaf()) {
      String main =
          """
          def main(event, context):
              s = socket.socket()
              s.connect(SERVICE)
              s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 15))
              fill(s)
              # The last one that leads to it is the server's.
              os.dup2(os.open("/dev/null", os.O_RDONLY), s.fileno())
              time.sleep(.1)
              start = time.monotonic()
              socket.create_connection(SERVICE)
              return time.monotonic() - start
          """;
      Execution execution = run(main, deaf.getLocalPort());
      assertThat(Double.parseDouble(TestBox.returned(execution))).isLessThan(7);
    }
  }

  @Test
  void what_is_sent_last_arrives_and_the_other_end_sees_the_end() throws Exception {
    try (ServerSocket slow = deaf();
        ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> read =
          reader.submit(() -> {
            try (Socket peer = slow.accept()) {
              Thread.sleep(300);
              return peer.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
          });
      String main =
          """
          def main(event, context):
              s = socket.create_connection(SERVICE)
              s.sendall(bytes(200_000))
              s.close()
          """;
      assertThat(TestBox.returned(run(main, slow.getLocalPort()))).isEqualTo("null");
      assertThat(read.get()).isEqualTo(200_000);
    }
  }

  @Test
  void between_its_calls_a_kept_process_connects_nowhere_and_its_next_call_does() {
    Code code =
        new Code(
                "NODE",
                FILL.formatted(greeter.port())
                    + """
                    found = []
                    def connect():
                        while True:
                            time.sleep(.02)
                            start = time.monotonic()
                            found.append([socket.socket().connect_ex(SERVICE),
                                          time.monotonic() - start < 1.5])
                    def main(event, context):
                        if not found:
                            threading.Thread(target=connect, daemon=True).start()
                            return []
                        own = socket.socket().connect_ex(SERVICE)
                        return [own, found[0]]
                    """,
                TestBox.MEMORY)
            .withEgress(TestBox.policy("127.0.0.1:" + greeter.port()))
            .with(Isolation.KEPT);
    assertThat(TestBox.returned(run(code))).isEqualTo("[]");
    sleep(Duration.ofMillis(500));
    assertThat(TestBox.returned(run(code))).isEqualTo("[0,[13,true]]");
  }

  @Test
  void who_has_asked_for_too_many_names_is_not_heard_again() {
    String main =
        """
        def main(event, context):
            question = bytes.fromhex("00010100000100000000000001610000010001")
            for tries in range(30000):
                s = socket.socket()
                s.settimeout(5)
                code = s.connect_ex(("127.0.0.1", 53))
                if code: return [tries > 2000, errno.errorcode[code]]
                try:
                    for _ in range(100): s.send(struct.pack("!H", len(question)) + question)
                except OSError: pass
                s.close()
        """;
    assertThat(TestBox.returned(run(main, greeter.port()))).isEqualTo("[true,\"ECONNREFUSED\"]");
  }

  @Test
  void one_owners_connects_that_hang_leave_room_for_those_of_another() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Socket> fillers = fill(full);
      String main =
          """
          codes = []
          def connect():
              s = socket.socket()
              s.settimeout(None)
              codes.append(s.connect_ex(SERVICE))
          def main(event, context):
              for _ in range(60): threading.Thread(target=connect, daemon=True).start()
              time.sleep(4)
              return [len(codes), codes.count(errno.ENOBUFS)]
          """;
      List<Future<Execution>> hanging = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        hanging.add(callers.submit(() -> run("one", main, full.getLocalPort())));
      }
      sleep(Duration.ofSeconds(2));
      String other = "def main(event, context): return socket.socket().connect_ex(SERVICE)";
      assertThat(TestBox.returned(run("two", other, greeter.port()))).isEqualTo("0");
      long refused = 0;
      for (Future<Execution> each : hanging) {
        Matcher counts = Pattern.compile("\\[(\\d+),\\1]").matcher(TestBox.returned(each.get()));
        assertThat(counts.matches()).as("only refused ones have come back").isTrue();
        refused += Long.parseLong(counts.group(1));
      }
      assertThat(refused).as("of 720, of which half of 1024 may wait").isGreaterThan(100);
      for (Socket filler : fillers) {
        filler.close();
      }
    }
  }

  /** Connections that nobody accepts, until the kernel answers no more. */
  private static List<Socket> fill(ServerSocket full) throws IOException {
    List<Socket> fillers = new ArrayList<>();
    while (true) {
      Socket filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(new InetSocketAddress("127.0.0.1", full.getLocalPort()), 300);
      } catch (SocketTimeoutException isFull) {
        return fillers;
      }
    }
  }

  private Execution run(String main, int port) {
    return run("", main, port);
  }

  private Execution run(String owner, String main, int port) {
    return run(
        new Code(
            new Code.Owner(owner, "production"),
            "NODE",
            FILL.formatted(port) + main,
            Optional.empty(),
            TestBox.MEMORY,
            TestBox.policy("127.0.0.1:" + port),
            Isolation.PROCESS));
  }

  private Execution run(Code code) {
    return box.executor().run(new CodeCall("call", code, "{}", TestBox.CLOCK.instant().plus(LONG)));
  }

  /** Sockets of this machine that nobody has any more, but the kernel. */
  private static int orphans() {
    try {
      String all = Files.readString(Path.of("/proc/net/sockstat"));
      Matcher count = Pattern.compile("TCP: .* orphan (\\d+) ").matcher(all);
      assertThat(count.find()).isTrue();
      return Integer.parseInt(count.group(1));
    } catch (IOException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      sleep(Duration.ofMillis(50));
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
