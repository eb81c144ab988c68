package io.patchbay.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The API of a pair: answers every request with the same, on one thread of the name {@link
 * #THREAD}, which is not counted as the server's.
 */
final class PairEndpoint implements AutoCloseable {
  static final String THREAD = "pairs-endpoint";

  private final ServerSocket listening;
  private final AtomicReference<byte[]> body = new AtomicReference<>(new byte[0]);

  private PairEndpoint(ServerSocket listening) {
    this.listening = listening;
    Thread.ofPlatform().daemon().name(THREAD).start(this::serve);
  }

  static PairEndpoint start() throws IOException {
    return new PairEndpoint(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort() + "/";
  }

  void answers(String json) {
    body.set(json.getBytes(StandardCharsets.UTF_8));
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        socket.setSoTimeout(10_000);
        answer(socket);
      } catch (IOException e) {
        // The server had enough of it, or the test has ended.
      }
    }
  }

  /** Reads to the end of the request, whose length is among its first fields. */
  private void answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      byte[] part = new byte[64 * 1024];
      int n = in.read(part);
      if (n < 0) {
        return;
      }
      head.append(new String(part, 0, n, StandardCharsets.ISO_8859_1));
    }
    int at = head.indexOf("\r\n\r\n") + 4;
    String length = head.substring(0, at).toLowerCase(Locale.ROOT);
    String after = length.substring(length.indexOf("content-length:") + 15);
    int left = Integer.parseInt(after.substring(0, after.indexOf('\r')).strip());
    in.readNBytes(Math.max(0, left - (head.length() - at)));
    byte[] answer = body.get();
    String answerHead =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + "Content-Length: "
            + answer.length
            + "\r\n\r\n";
    socket.getOutputStream().write(answerHead.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().write(answer);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
