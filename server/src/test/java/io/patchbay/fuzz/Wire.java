package io.patchbay.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

/** One connection for one request, so that whatever is sent can break nothing but itself. */
final class Wire {
  private final int port;

  Wire(int port) {
    this.port = port;
  }

  /** A request that kept its client waiting for longer than it may. */
  static final class TooLate extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The answer to one request that is right; {@link Answer#NONE} where there is none. */
  Answer ask(Sent request, Duration deadline) throws IOException {
    List<Answer> answers = exchange(request.wire(), deadline);
    return answers.isEmpty() ? Answer.NONE : answers.getFirst();
  }

  /**
   * Sends all, says that no more will come, and reads until the other end closes.
   *
   * @param deadline for all of it
   */
  List<Answer> exchange(byte[] request, Duration deadline) throws IOException {
    long start = System.nanoTime();
    var received = new ByteArrayOutputStream();
    Thread sender;
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      sender = Thread.ofVirtual().name("fuzz-sender").start(() -> send(socket, request));
      read(socket, received, start + deadline.toNanos());
    }
    try {
      sender.join(); // It ends with the socket.
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    return Answers.of(received.toByteArray(), Duration.ofNanos(System.nanoTime() - start));
  }

  /** Beside the reading: who is refused early need not have been heard to the end. */
  private static void send(Socket socket, byte[] request) {
    try {
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
    } catch (IOException e) {
      // The other end wants no more; what it said is being read.
    }
  }

  private static void read(Socket socket, ByteArrayOutputStream received, long end)
      throws IOException {
    InputStream in = socket.getInputStream();
    var chunk = new byte[16 * 1024];
    try {
      while (true) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new TooLate();
        }
        socket.setSoTimeout((int) left);
        int n = in.read(chunk);
        if (n < 0) {
          return;
        }
        received.write(chunk, 0, n);
      }
    } catch (SocketTimeoutException e) {
      throw new TooLate();
    } catch (SocketException e) {
      // Closed with bytes of ours unread; what came before it counts.
    }
  }
}
