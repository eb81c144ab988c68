package io.patchbay.executor.box;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Execution;
import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.net.Lookup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The thread that decides connections may fail; nothing is connected without a decision. */
class SupervisorTest {
  private static final String THREAD = "executor-egress";

  private final FailingClock clock = new FailingClock();
  private TestBox box;
  private Greeter greeter;

  @BeforeEach
  void start() throws IOException {
    box = TestBox.start(clock, Lookup.system());
    greeter = Greeter.start();
  }

  @AfterEach
  void close() throws IOException {
    if (box != null) {
      box.close();
      greeter.close();
    }
  }

  @Test
  void a_thread_that_was_interrupted_is_followed_by_another_and_no_connection_is_lost()
      throws Exception {
    Thread first = supervisor();
    first.interrupt();
    assertThat(TestBox.returned(connect(3))).isEqualTo("[0,0,0]");
    assertThat(first.join(Duration.ofSeconds(30))).isTrue();
    assertThat(supervisor()).isNotSameAs(first);
    assertThat(box.executor().status().description()).endsWith("supervised connections");
  }

  @Test
  void what_a_failing_thread_had_in_its_hands_is_refused_and_the_next_connection_is_decided() {
    clock.failures.set(1);
    assertThat(TestBox.returned(connect(3))).isEqualTo("[13,0,0]");
    assertThat(clock.failures).hasValue(0);
    assertThat(box.executor().status().description()).endsWith("supervised connections");
  }

  @Test
  void connections_that_are_under_way_when_the_thread_fails_are_refused() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      String fill =
          """
          import socket, threading
          def main(e, c):
              errors = []
              def connect(): errors.append(socket.socket().connect_ex(("127.0.0.1", %d)))
              threads = [threading.Thread(target=connect) for _ in range(8)]
              for t in threads: t.start()
              for t in threads: t.join()
              return sorted(set(errors))
          """
              .formatted(silent.getLocalPort());
      Future<Execution> waiting = callers.submit(() -> box.run(fill, address));
      awaitUnderWay(silent.getLocalPort(), 8);
      clock.failures.set(1);
      // It fails at the next look at the clock, which may be another connection's.
      assertThat(TestBox.returned(connect(2))).isIn("[13,0]", "[0,0]");
      assertThat(TestBox.returned(waiting.get(90, SECONDS))).isEqualTo("[0,13]");
    }
  }

  @Test
  void names_that_were_asked_before_the_thread_failed_are_known_after_it() {
    box.close();
    box =
        TestBox.start(
            clock,
            name ->
                name.equals("service.test")
                    ? List.of(InetAddress.ofLiteral("127.0.0.1"))
                    : Lookup.system().resolve(name));
    EgressPolicy byName = TestBox.policy("service.test:" + greeter.port());
    String source =
        """
        import socket
        def main(e, c):
            address = socket.getaddrinfo("service.test", %1$d)[0][4][0]
            errors = []
            for _ in range(2):
                with socket.socket() as s: errors.append(s.connect_ex((address, %1$d)))
            return errors
        """
            .formatted(greeter.port());
    clock.failures.set(1);
    assertThat(TestBox.returned(box.run(source, byName))).isEqualTo("[13,0]");
  }

  @Test
  void if_one_thread_after_the_other_fails_everything_is_refused_and_calls_go_on()
      throws Exception {
    clock.failures.set(1000);
    // A thread that lived through a pause of the machine is not counted with those before it.
    Execution execution = connect(60);
    assertThat(TestBox.returned(execution)).matches("\\[(13,){5,50}(38,)*38]");
    assertThat(box.executor().status().available()).isTrue();
    assertThat(box.executor().status().description())
        .endsWith("; no connections: their supervisor has ended");
    for (Thread last : supervisors()) {
      assertThat(last.join(Duration.ofSeconds(30))).isTrue();
    }
    assertThat(supervisors()).isEmpty();
    assertThat(box.returned("def main(e, c): return 1")).isEqualTo("1");
  }

  /** Until the kernel knows as many connections to this port: asked for, made, or closed here. */
  private static void awaitUnderWay(int port, int count) throws IOException, InterruptedException {
    Pattern line = Pattern.compile(":%04X 0[1245] ".formatted(port));
    for (int i = 0; i < 3000; i++) {
      if (line.matcher(Files.readString(Path.of("/proc/net/tcp"))).results().count() == count) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("not all connections are under way");
  }

  /** Error numbers of as many connections to the greeter, one after the other. */
  private Execution connect(int times) {
    String source =
        """
        import socket
        def main(e, c):
            errors = []
            for _ in range(%d):
                with socket.socket() as s: errors.append(s.connect_ex(("127.0.0.1", %d)))
            return errors
        """
            .formatted(times, greeter.port());
    return box.run(source, greeter.address());
  }

  private static Thread supervisor() {
    return supervisors().getFirst();
  }

  private static List<Thread> supervisors() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(THREAD))
        .toList();
  }

  /** Fails where the supervisor notes what was tried: in the midst of a decision. */
  private static final class FailingClock extends Clock {
    private final AtomicInteger failures = new AtomicInteger();

    @Override
    public Instant instant() {
      boolean supervises = Thread.currentThread().getName().equals(THREAD);
      if (supervises && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new StackOverflowError("as the test wants it");
      }
      return Clock.systemUTC().instant();
    }

    @Override
    public ZoneId getZone() {
      return Clock.systemUTC().getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
