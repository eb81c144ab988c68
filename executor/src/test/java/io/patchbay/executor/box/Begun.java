package io.patchbay.executor.box;

import io.patchbay.executor.egress.EgressPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Code that says when it runs, so that what a test does next meets it running. */
final class Begun implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final ServerSocket listener;

  private Begun(ServerSocket listener) {
    this.listener = listener;
  }

  static Begun listen() throws IOException {
    Begun begun = new Begun(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
    begun.listener.setSoTimeout(PATIENCE_MILLIS);
    return begun;
  }

  /** Code that goes on with this statement, which may use {@code time}. */
  String source(String then) {
    return """
    import socket, time
    def main(e, c):
        socket.create_connection(("127.0.0.1", %d), 30).close()
        %s
    """
        .formatted(listener.getLocalPort(), then);
  }

  /** Code that ends once it was awaited for the second time. */
  String sourceThatWaits() {
    return source(
        "socket.create_connection((\"127.0.0.1\", %d)).recv(1)".formatted(listener.getLocalPort()));
  }

  EgressPolicy policy() {
    return TestBox.policy("127.0.0.1:" + listener.getLocalPort());
  }

  /** Returns once a call of the code runs; once for each. */
  void await() throws IOException {
    listener.accept().close();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
