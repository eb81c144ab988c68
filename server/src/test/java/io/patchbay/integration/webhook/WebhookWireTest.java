package io.patchbay.integration.webhook;

import static io.patchbay.integration.FailureReason.BAD_CONTENT;
import static io.patchbay.integration.FailureReason.BAD_STATUS;
import static io.patchbay.integration.FailureReason.OVERLOADED;
import static io.patchbay.integration.FailureReason.RESPONSE_TOO_LARGE;
import static io.patchbay.integration.FailureReason.TIMEOUT;
import static io.patchbay.integration.FailureReason.TLS_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.work.Budget;
import io.patchbay.executor.work.Work;
import io.patchbay.integration.Failure;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.Invoker.Reply;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an endpoint sends around a body is bounded as the body is, in bytes and in time. */
@DisplayName("K15: framing counts")
class WebhookWireTest {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  /** Far longer than two megabytes take, so that it is not the deadline that ends them. */
  private static final Duration LONG = Duration.ofSeconds(60);

  /** A beginning, and what comes again and again after it. */
  enum Endless {
    EXTENSION(CHUNKED + "1;", "x".repeat(8192), RESPONSE_TOO_LARGE),
    EXTENSIONS(CHUNKED, "1;" + "x".repeat(4000) + "\r\n \r\n", RESPONSE_TOO_LARGE),
    CHUNKS_OF_ONE_BYTE(CHUNKED, "1\r\n \r\n".repeat(1000), RESPONSE_TOO_LARGE),
    ZEROS_OF_A_SIZE(CHUNKED, "0".repeat(8192), RESPONSE_TOO_LARGE),
    BLANKS_AFTER_A_SIZE(CHUNKED + "1", " ".repeat(8192), RESPONSE_TOO_LARGE),
    TRAILER(CHUNKED + "1\r\n \r\n0\r\nX: ", "y".repeat(8192), BAD_CONTENT),
    TRAILERS(CHUNKED + "1\r\n \r\n0\r\n", "X: y\r\n".repeat(1000), BAD_CONTENT),
    STATUS_LINE("HTTP/1.1 200 ", "y".repeat(8192), BAD_CONTENT),
    FIELD("HTTP/1.1 200 OK\r\nX: ", "y".repeat(8192), BAD_CONTENT),
    FIELDS("HTTP/1.1 200 OK\r\n", "X:\r\n".repeat(1000), BAD_CONTENT),
    INTERIM_ANSWERS("", "HTTP/1.1 102 \r\n\r\n".repeat(500), BAD_CONTENT),
    INTERIM_FIELDS("", "HTTP/1.1 103 \r\n" + "X: y\r\n".repeat(1000) + "\r\n", BAD_CONTENT),
    ANOTHER_STATUS(CHUNKED.replace("200", "500") + "1;", "x".repeat(8192), BAD_STATUS),
    NO_HTTP("", "x".repeat(8192), BAD_CONTENT);

    private final String begin;
    private final String again;
    private final FailureReason reason;

    Endless(String begin, String again, FailureReason reason) {
      this.begin = begin;
      this.again = again;
      this.reason = reason;
    }

    void send(Socket socket) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(begin.getBytes(StandardCharsets.US_ASCII));
      byte[] bytes = again.getBytes(StandardCharsets.US_ASCII);
      while (!socket.isClosed()) {
        out.write(bytes);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_has_no_end_is_cut_off_on_the_wire(Endless endless) throws IOException {
    try (var server = RawServer.start(endless::send)) {
      Reply reply = TestCalls.to(server.url("/")).timeout(LONG).send();

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(endless.reason);
      assertThat(reply.egress().getFirst().bytesIn()).isLessThan(Received.MOST + 64 * 1024);
    }
  }

  @Test
  void the_failure_says_what_was_too_much() throws IOException {
    try (var server = RawServer.start(Endless.EXTENSION::send)) {
      Failure failure = TestCalls.failure(TestCalls.to(server.url("/")).timeout(LONG).send());

      assertThat(failure.message())
          .isEqualTo(
              "the answer of 127.0.0.1:%d takes more than 2162688 bytes on the wire, head and framing included"
                  .formatted(server.port()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 1024, 100_000})
  void a_body_at_its_cap_comes_through_in_chunks(int chunk) throws IOException {
    byte[] body = (" ".repeat(Answers.MAX_BODY - 2) + "{}").getBytes(StandardCharsets.US_ASCII);
    try (var server =
        RawServer.start(socket -> {
          OutputStream out = new BufferedOutputStream(socket.getOutputStream());
          out.write(CHUNKED.getBytes(StandardCharsets.US_ASCII));
          for (int at = 0; at < body.length; at += chunk) {
            int size = Math.min(chunk, body.length - at);
            out.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body, at, size);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
          }
          out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          out.flush();
        })) {
      assertThat(TestCalls.output(TestCalls.to(server.url("/")).timeout(LONG).send()))
          .isEqualTo("{}");
    }
  }

  /** Bytes that come alone wake the reader for each. */
  @Test
  void a_flood_of_single_bytes_counts_as_more_than_its_bytes() throws IOException {
    try (var server =
        RawServer.start(socket -> {
          socket.setTcpNoDelay(true);
          RawServer.write(socket, CHUNKED + "1;");
          while (!socket.isClosed()) {
            socket.getOutputStream().write('x');
          }
        })) {
      Reply reply = TestCalls.to(server.url("/")).timeout(LONG).send();

      assertThat(TestCalls.failure(reply).reason()).isEqualTo(RESPONSE_TOO_LARGE);
    }
  }

  /** What drips: the head of TLS, of an answer, of a chunk, its end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 2",
        CHUNKED + "1;",
        CHUNKED + "1",
        CHUNKED + "2\r\n",
        CHUNKED + "2\r\n{}\r\n0\r\nX: ",
        "HTTP/1.1 102 \r\nX: "
      })
  void what_drips_ends_by_the_deadline(String begin) throws IOException {
    try (var server = RawServer.start(socket -> drip(socket, begin))) {
      assertThat(TestCalls.failure(soon(server.url("/"))).reason()).isEqualTo(TIMEOUT);
    }
  }

  @Test
  void a_handshake_that_drips_ends_by_the_deadline() throws IOException {
    // The head of a TLS record of 16 KiB, of which little comes.
    try (var server = RawServer.deaf(socket -> drip(socket, "\u0016\u0003\u0003@\u0000"))) {
      assertThat(TestCalls.failure(soon("https://127.0.0.1:" + server.port() + "/")).reason())
          .isEqualTo(TIMEOUT);
    }
  }

  @Test
  void records_of_tls_without_end_are_cut_off() throws IOException {
    try (var server =
        RawServer.deaf(socket -> {
          byte[] record =
              "\u0016\u0003\u0003\u0000\u0004\u0000\u0000\u0000\u0000"
                  .getBytes(StandardCharsets.ISO_8859_1);
          while (!socket.isClosed()) {
            socket.getOutputStream().write(record);
          }
        })) {
      Reply reply = TestCalls.to("https://127.0.0.1:" + server.port() + "/").timeout(LONG).send();

      assertThat(TestCalls.failure(reply).reason()).isIn(TLS_FAILED, RESPONSE_TOO_LARGE);
      assertThat(reply.egress().getFirst().bytesIn()).isLessThan(Received.MOST + 64 * 1024);
    }
  }

  private static Reply soon(String url) {
    long start = System.nanoTime();
    Reply reply = TestCalls.to(url).timeout(Duration.ofMillis(1500)).send();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
    return reply;
  }

  private static void drip(Socket socket, String begin) throws IOException, InterruptedException {
    socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
    while (true) {
      Thread.sleep(20);
      RawServer.write(socket, "0");
    }
  }

  @Test
  void an_answer_for_which_there_is_no_memory_is_a_failure_of_its_call() throws IOException {
    var settings = new Work.Settings(2, 1024 * 1024, Duration.ofMillis(50));
    try (var work = Work.start(settings, _ -> {});
        var server = RawServer.answering(RawServer.http("200 OK", " ".repeat(500_000) + "{}"))) {
      Reply reply =
          work.serve(
              "acme",
              () -> {
                Budget.holdPlain(900_000, Duration.ZERO);
                return TestCalls.to(server.url("/")).timeout(LONG).send();
              });

      Failure failure = TestCalls.failure(reply);
      assertThat(failure.reason()).isEqualTo(OVERLOADED);
      assertThat(failure.message())
          .isEqualTo(
              "the server had no memory for the answer of 127.0.0.1:%d in time"
                  .formatted(server.port()));
    }
  }
}
