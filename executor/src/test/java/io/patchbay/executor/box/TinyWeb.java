package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An HTTP service on loopback that tells which path was asked for. */
final class TinyWeb implements AutoCloseable {
  private final HttpServer server;

  TinyWeb(HttpServer server) {
    this.server = server;
    server.createContext(
        "/",
        exchange -> {
          byte[] body = ("you asked for " + exchange.getRequestURI().getPath()).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  static TinyWeb start() throws IOException {
    return new TinyWeb(HttpServer.create(loopback(), 100));
  }

  static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
