package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A service on loopback: reads something, answers {@code hello from the test}, hangs up. */
final class Greeter implements AutoCloseable {
  private final ServerSocket listener;

  private Greeter(ServerSocket listener) {
    this.listener = listener;
  }

  static Greeter start() throws IOException {
    Greeter greeter = new Greeter(new ServerSocket(0, 1000, InetAddress.ofLiteral("127.0.0.1")));
    Thread.ofVirtual().start(greeter::serve);
    return greeter;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** As an entry of an allow-list. */
  String address() {
    return "127.0.0.1:" + port();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try {
        Socket caller = listener.accept();
        Thread.ofVirtual().start(() -> greet(caller));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void greet(Socket caller) {
    try (caller) {
      if (caller.getInputStream().read(new byte[1000]) > 0) {
        caller.getOutputStream().write("hello from the test".getBytes(UTF_8));
      }
    } catch (IOException gone) {
      // it has hung up first
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
