package io.patchbay.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.integration.Failure;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.Invoker;
import io.patchbay.integration.Invoker.Reply;
import io.patchbay.integration.SecretMask;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** K15: one deadline over DNS, connect, TLS, write and read together. */
@DisplayName("K15: one deadline")
class WebhookDeadlineTest {
  /** Long enough to come to the phase that a test is about on a machine that is busy. */
  private static final Duration TIMEOUT = Duration.ofMillis(2500);

  @Test
  void a_server_that_never_answers() throws IOException {
    try (var server = RawServer.start(_ -> Thread.sleep(30_000))) {
      Failure failure = timesOut(TestCalls.to(server.url("/")));

      assertThat(failure.message())
          .isEqualTo(
              "no complete answer from 127.0.0.1:%d within 2.5 s, still waiting for the answer"
                  .formatted(server.port()));
    }
  }

  @Test
  void a_body_that_comes_a_byte_at_a_time() throws IOException {
    try (var server = RawServer.start(socket -> drip(socket, "HTTP/1.1 200 OK\r\n\r\n"))) {
      assertThat(timesOut(TestCalls.to(server.url("/"))).message())
          .contains("still reading the answer");
    }
  }

  @Test
  void a_header_that_comes_a_byte_at_a_time() throws IOException {
    try (var server = RawServer.start(socket -> drip(socket, "HTTP/1.1 200 OK\r\nX: "))) {
      assertThat(timesOut(TestCalls.to(server.url("/"))).message())
          .contains("still waiting for the answer");
    }
  }

  @Test
  void interim_answers_without_end() throws IOException {
    try (var server =
        RawServer.start(socket -> {
          while (true) {
            RawServer.write(socket, "HTTP/1.1 102 Processing\r\n\r\n");
            Thread.sleep(20);
          }
        })) {
      timesOut(TestCalls.to(server.url("/")));
    }
  }

  @Test
  void a_server_that_does_not_read_the_request() throws IOException {
    try (var server = RawServer.deaf(_ -> Thread.sleep(30_000))) {
      timesOut(TestCalls.to(server.url("/")).body("\"" + "x".repeat(20_000_000) + "\""));
    }
  }

  @Test
  void a_server_that_does_not_shake_hands() throws IOException {
    try (var server = RawServer.deaf(_ -> Thread.sleep(30_000))) {
      assertThat(timesOut(TestCalls.to("https://127.0.0.1:" + server.port() + "/")).message())
          .contains("still in the TLS handshake");
    }
  }

  @Test
  void a_server_that_accepts_no_more_connections() throws IOException {
    try (var full = new FullBacklog(RawServer.loopback(), 0)) {
      assertThat(timesOut(TestCalls.to("http://127.0.0.1:" + full.port() + "/")).message())
          .contains("still connecting");
    }
  }

  @Test
  void a_resolver_that_hangs_holds_neither_the_call_nor_other_names() throws Exception {
    var release = new CountDownLatch(1);
    HostResolver hanging =
        name -> {
          if (name.equals("hangs.example")) {
            await(release);
          }
          return List.of(RawServer.loopback());
        };
    try (var server = RawServer.answering(RawServer.http("200 OK", "{}"));
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var invoker = TestCalls.resolving(hanging)) {
      TestCalls hangs =
          TestCalls.to("http://hangs.example:" + server.port() + "/").timeout(TIMEOUT);
      Callable<Reply> call = () -> hangs.by(invoker);
      for (Future<Reply> reply : threads.invokeAll(Collections.nCopies(40, call))) {
        Failure failure = TestCalls.failure(reply.get());
        assertThat(failure.reason()).isEqualTo(FailureReason.TIMEOUT);
        assertThat(failure.message()).contains("still resolving the name");
      }
      Reply other = TestCalls.to("http://works.example:" + server.port() + "/").by(invoker);
      release.countDown();

      assertThat(TestCalls.output(other)).isEqualTo("{}");
      assertThat(other.measures()).containsKey("dns");
    }
  }

  @Test
  void slow_phases_share_the_deadline() throws IOException {
    HostResolver slow =
        _ -> {
          await(new CountDownLatch(1), 350);
          return List.of(RawServer.loopback());
        };
    try (var server =
            RawServer.start(socket -> {
              Thread.sleep(350);
              RawServer.write(socket, RawServer.http("200 OK", "{}"));
            });
        var invoker = TestCalls.resolving(slow)) {
      Failure failure =
          TestCalls.failure(
              TestCalls.to("http://slow.example:" + server.port() + "/")
                  .timeout(Duration.ofMillis(600))
                  .by(invoker));

      assertThat(failure.reason()).isEqualTo(FailureReason.TIMEOUT);
    }
  }

  @Test
  void an_answer_just_in_time_is_taken() throws IOException {
    try (var server =
        RawServer.start(socket -> {
          Thread.sleep(300);
          RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{");
          Thread.sleep(300);
          RawServer.write(socket, "}");
        })) {
      Reply reply = TestCalls.to(server.url("/")).timeout(Duration.ofSeconds(10)).send();

      assertThat(TestCalls.output(reply)).isEqualTo("{}");
      // Waiting begins before the server has the request; reading may begin late in its time.
      double waited = reply.measures().getOrDefault("wait", 0.0);
      double read = reply.measures().getOrDefault("read", 0.0);
      assertThat(waited).isBetween(290.0, 10_000.0);
      assertThat(waited + read).isBetween(590.0, 10_000.0);
    }
  }

  @Test
  void an_answer_that_is_whole_only_after_the_deadline_is_too_late() {
    Trace trace = trace(Duration.ZERO);
    Response answer =
        new Response.Builder()
            .request(new Request.Builder().url("http://127.0.0.1:1/").build())
            .protocol(Protocol.HTTP_1_1)
            .code(200)
            .message("OK")
            .body(ResponseBody.create("{}", null))
            .build();
    trace.enter(Trace.Phase.READ);

    assertThat(new Answers(trace).read(answer))
        .isEqualTo(new Invoker.Result.Failed(Breaks.timeout(trace)));
  }

  private static Trace trace(Duration left) {
    var policy = EgressPolicy.of(List.of(), true, TestCalls.BOUNDS);
    var endpoint = new Endpoint.Usable(HttpUrl.get("http://127.0.0.1:1/"), Optional.empty());
    return new Trace(
        policy, endpoint, SecretMask.NOTHING, TestCalls.CLOCK, new Trace.Budget(TIMEOUT, left));
  }

  @Test
  void a_deadline_that_has_passed_sends_nothing() throws IOException {
    try (var server = RawServer.answering(RawServer.http("200 OK", "{}"))) {
      Reply reply = TestCalls.to(server.url("/")).timeout(Duration.ZERO).send();

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(FailureReason.TIMEOUT);
      assertThat(server.connections).isEmpty();
    }
  }

  @Test
  void a_dead_first_address_leaves_time_for_the_second() throws IOException {
    InetAddress dead = InetAddress.ofLiteral("127.0.0.2");
    try (var server = RawServer.answering(RawServer.http("200 OK", "{}"));
        var full = new FullBacklog(dead, server.port());
        var invoker = TestCalls.resolving(_ -> List.of(dead, RawServer.loopback()))) {
      Duration timeout = Duration.ofSeconds(6);
      long start = System.nanoTime();
      Reply reply =
          TestCalls.to("http://two.example:" + full.port() + "/")
              .allow("two.example")
              .timeout(timeout)
              .by(invoker);
      Duration took = Duration.ofNanos(System.nanoTime() - start);

      assertThat(TestCalls.output(reply)).isEqualTo("{}");
      assertThat(reply.egress())
          .extracting(attempt -> attempt.address().orElseThrow())
          .containsExactly("127.0.0.2", "127.0.0.1");
      // It had half of what was left: twice that and what went before make the whole.
      assertThat(reply.egress().getFirst().duration().plus(took))
          .isGreaterThan(timeout.minusMillis(50));
    }
  }

  @Test
  void an_interrupted_call_ends_as_such() throws Exception {
    try (var server = RawServer.start(_ -> Thread.sleep(30_000))) {
      var reply = new AtomicReference<Reply>();
      Thread caller =
          Thread.ofVirtual().start(() -> reply.set(TestCalls.to(server.url("/")).send()));
      while (server.requests.isEmpty()) {
        assertThat(caller.join(Duration.ofMillis(5))).as("it waits for its answer").isFalse();
      }
      caller.interrupt();

      assertThat(caller.join(Duration.ofSeconds(9))).as("sooner than its deadline").isTrue();
      assertThat(TestCalls.failure(reply.get()).reason()).isEqualTo(FailureReason.INTERRUPTED);
    }
  }

  private static Failure timesOut(TestCalls calls) {
    long start = System.nanoTime();
    Failure failure = TestCalls.failure(calls.timeout(TIMEOUT).send());
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(failure.reason()).isEqualTo(FailureReason.TIMEOUT);
    assertThat(took).isBetween(TIMEOUT.minusMillis(50), TIMEOUT.plusSeconds(10));
    return failure;
  }

  private static void drip(Socket socket, String head) throws IOException, InterruptedException {
    RawServer.write(socket, head);
    while (true) {
      Thread.sleep(50);
      RawServer.write(socket, "x");
    }
  }

  private static void await(CountDownLatch latch) {
    await(latch, 20_000);
  }

  private static void await(CountDownLatch latch, long millis) {
    try {
      boolean released = latch.await(millis, TimeUnit.MILLISECONDS);
      assertThat(released || millis < 20_000).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A listener whose queue is full, so that the next connection attempt gets no reply. */
  private static final class FullBacklog implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> waiting = new ArrayList<>();

    FullBacklog(InetAddress address, int port) throws IOException {
      listener = new ServerSocket(port, 1, address);
      for (int i = 0; i < 8; i++) {
        var socket = new Socket();
        waiting.add(socket);
        try {
          socket.connect(listener.getLocalSocketAddress(), 200);
        } catch (IOException e) {
          return;
        }
      }
      throw new IOException("the queue does not get full");
    }

    int port() {
      return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      listener.close();
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }
}
