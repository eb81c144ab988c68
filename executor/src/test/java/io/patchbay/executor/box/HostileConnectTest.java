package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Code that lies about its addresses and descriptors harms itself only. */
class HostileConnectTest {
  private static final String IMPORTS =
      """
      import ctypes, os, select, socket, struct, threading, time
      libc = ctypes.CDLL(None, use_errno=True)
      def raw(fd, pointer, length):
          ctypes.set_errno(0)
          result = libc.syscall(42, fd, ctypes.c_void_p(pointer), length)
          return ctypes.get_errno() if result < 0 else 0
      def address(port):
          return struct.pack("<H", 2) + struct.pack(">H", port) + bytes((127, 0, 0, 1)) + bytes(8)
      """;

  private TestBox box;
  private Greeter greeter;

  @BeforeEach
  void start() throws IOException {
    box = TestBox.start(containment());
    greeter = Greeter.start();
  }

  /** Another level's test is this one with another answer. */
  Containment containment() {
    return Containment.NAMESPACES;
  }

  @AfterEach
  void close() throws IOException {
    if (box != null) {
      box.close();
      greeter.close();
    }
  }

  private Execution run(String main) {
    String source =
        IMPORTS
            + "PORT = %d\n".formatted(greeter.port())
            + "def main(event, context):\n"
            + main.indent(4);
    return box.run(source, greeter.address());
  }

  private void assertHealthy() {
    assertThat(
            TestBox.returned(
                run(
                    """
                    with socket.create_connection(("127.0.0.1", PORT), timeout=5) as s:
                        s.sendall(b"x")
                        return len(s.recv(100))
                    """)))
        .isEqualTo("19");
  }

  @Test
  void wrong_pointers_and_lengths_are_answered_as_the_kernel_would() {
    String answers =
        TestBox.returned(
            run(
                """
                good = ctypes.create_string_buffer(address(PORT) + bytes(112))
                at = ctypes.addressof(good)
                unspecified = ctypes.create_string_buffer(bytes(16))
                unix = ctypes.create_string_buffer(b"\\x01\\x00/tmp/x" + bytes(100))
                six = ctypes.create_string_buffer(b"\\x0a\\x00" + bytes(26))
                s = socket.socket().detach()
                return [raw(s, 0, 16), raw(s, 1, 16), raw(s, (1 << 64) - 8, 16), raw(s, 1 << 62, 16),
                        raw(s, at, 0), raw(s, at, 1), raw(s, at, 15), raw(s, at, 129), raw(s, at, -1),
                        raw(s, at, 1 << 31), raw(s, ctypes.addressof(unspecified), 16),
                        raw(s, ctypes.addressof(unix), 110), raw(s, ctypes.addressof(six), 28),
                        raw(s, at, 128), raw(s, at, 16)]
                """));
    assertThat(answers).isEqualTo("[14,14,14,14,22,22,22,22,22,22,97,97,97,0,106]");
    assertHealthy();
  }

  @Test
  void an_address_at_the_edge_of_the_memory_is_not_read_beyond_it() {
    assertThat(
            TestBox.returned(
                run(
                    """
                    import mmap
                    pages = mmap.mmap(-1, 8192)
                    start = ctypes.addressof(ctypes.c_char.from_buffer(pages))
                    pages[4096 - 16:4096] = address(PORT)
                    assert libc.munmap(ctypes.c_void_p(start + 4096), 4096) == 0
                    s = socket.socket().detach()
                    return [raw(s, start + 4096 - 8, 16), raw(s, start + 4096 - 16, 16)]
                    """)))
        .isEqualTo("[14,0]");
  }

  @Test
  void descriptors_that_are_no_sockets_are_refused_and_stay_what_they_are() {
    assertThat(
            TestBox.returned(
                run(
                    """
                    good = ctypes.create_string_buffer(address(PORT))
                    at = ctypes.addressof(good)
                    file = os.open("x", os.O_CREAT | os.O_RDWR)
                    pair = [s.detach() for s in socket.socketpair()]
                    pipe = os.pipe()
                    errors = [raw(fd, at, 16) for fd in (-1, 99, 1 << 31, 0, 1, 3, file, pipe[0], pair[0])]
                    os.write(file, b"still a file"); os.write(pipe[1], b"p"); os.write(pair[1], b"q")
                    return [errors, os.pread(file, 20, 0).decode(), os.read(pipe[0], 1).decode(),
                            os.read(pair[0], 1).decode()]
                    """)))
        .isEqualTo("[[9,9,9,88,88,106,88,88,106],\"still a file\",\"p\",\"q\"]");
  }

  @Test
  void an_address_that_is_rewritten_after_the_check_leads_nowhere_else() throws Exception {
    AtomicInteger reached = new AtomicInteger();
    try (ServerSocket closed = new ServerSocket(0, 1000, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> count(closed, reached));
      Execution execution =
          run(
              """
              good, bad = address(PORT), address(%d)
              room = ctypes.create_string_buffer(good)
              at = ctypes.addressof(room)
              def rewrite():
                  while True:
                      ctypes.memmove(at, bad, 16); ctypes.memmove(at, good, 16)
              for _ in range(2): threading.Thread(target=rewrite, daemon=True).start()
              errors = {}
              for _ in range(400):
                  with socket.socket() as s:
                      error = raw(s.fileno(), at, 16)
                      errors[error] = errors.get(error, 0) + 1
                      if error == 0 and s.getpeername()[1] != PORT: return "reached it"
              return sorted(errors)
              """
                  .formatted(closed.getLocalPort()));
      assertThat(TestBox.returned(execution)).isIn("[0]", "[0,13]", "[13]");
    }
    assertThat(reached.get()).isZero();
    assertHealthy();
  }

  private static void count(ServerSocket listener, AtomicInteger reached) {
    while (!listener.isClosed()) {
      try {
        listener.accept().close();
        reached.incrementAndGet();
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Test
  void a_descriptor_that_is_closed_meanwhile_ends_nothing_but_that_connection() {
    Execution execution =
        run(
            """
            stop = False
            current = [-1]
            def closer():
                while not stop:
                    try: os.close(current[0])
                    except OSError: pass
            threading.Thread(target=closer, daemon=True).start()
            room = ctypes.create_string_buffer(address(PORT))
            errors = set()
            for _ in range(500):
                fd = socket.socket().detach()
                current[0] = fd
                errors.add(raw(fd, ctypes.addressof(room), 16))
                current[0] = -1
                try: os.close(fd)
                except OSError: pass
            stop = True
            return sorted(errors)
            """);
    assertThat(TestBox.returned(execution)).isIn("[0]", "[0,9]", "[9]", "[0,9,88]", "[0,88]");
    assertHealthy();
  }

  @Test
  void processes_that_die_while_they_wait_leave_nothing_behind() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String source =
          IMPORTS
              + """
              def main(event, context):
                  target = ("127.0.0.1", %d)
                  for _ in range(20):
                      threading.Thread(target=lambda: socket.socket().connect(target), daemon=True).start()
                  time.sleep(0.2)
                  libc.abort()
              """
                  .formatted(silent.getLocalPort());
      var policy = TestBox.policy("127.0.0.1:" + silent.getLocalPort());
      assertThat(TestBox.failed(box.run(source, policy)).reason()).isEqualTo(Reason.KILLED);
      Greeter.settle();
      long before = Leftovers.descriptors();
      for (int i = 0; i < 3; i++) {
        assertThat(TestBox.failed(box.run(source, policy)).reason()).isEqualTo(Reason.KILLED);
      }
      Greeter.settle();
      assertThat(Leftovers.descriptors()).isLessThanOrEqualTo(before);
    }
    assertHealthy();
  }

  @Test
  void garbage_to_the_name_server_ends_that_connection_only() {
    assertThat(
            TestBox.returned(
                run(
                    """
                    def ask(data):
                        with socket.create_connection(("127.0.0.1", 53), timeout=3) as s:
                            s.sendall(data)
                            s.shutdown(socket.SHUT_WR)
                            try: return len(s.recv(2000))
                            except OSError: return -1
                    question = bytes.fromhex("00010100000100000000000009") + b"localhost" + bytes.fromhex("0000010001")
                    whole = struct.pack(">H", len(question)) + question
                    broken = [b"\\xff" * 2000, b"\\x00\\x00", b"\\x00\\x0c" + bytes(12), whole[:9],
                              struct.pack(">H", 20) + question[:12] + b"\\xc0\\x0c" + bytes(6)]
                    answers = [ask(data) for data in broken]
                    flood = socket.create_connection(("127.0.0.1", 53))
                    flood.setblocking(False)
                    try:
                        while True: flood.send(whole)
                    except OSError: pass
                    return [max(answers) <= 0, ask(whole)]
                    """)))
        .isEqualTo("[true,45]");
    assertHealthy();
  }

  @Test
  void when_the_supervisor_ends_every_connection_is_refused_and_calls_go_on() throws Exception {
    assertThat(box.executor().status().description()).endsWith("supervised connections");
    List<Thread> supervisors =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("executor-egress"))
            .toList();
    supervisors.forEach(Thread::interrupt);
    Execution execution =
        run(
            """
            errors = []
            for _ in range(3):
                with socket.socket() as s: errors.append(s.connect_ex(("127.0.0.1", PORT)))
            try: socket.getaddrinfo("localhost", 80)
            except OSError as error: errors.append(type(error).__name__)
            return errors
            """);
    assertThat(TestBox.returned(execution)).isEqualTo("[38,38,38,\"gaierror\"]");
    for (Thread supervisor : supervisors) {
      supervisor.join(2000);
    }
    assertThat(box.executor().status().available()).isTrue();
    assertThat(box.executor().status().description()).contains("no connections");
    assertThat(box.returned("def main(e, c): return 1")).isEqualTo("1");
  }
}
