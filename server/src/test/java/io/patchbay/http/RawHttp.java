package io.patchbay.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Bytes over a socket, for what no proper client sends. */
final class RawHttp {
  private RawHttp() {}

  /** Sends it as it is and reads all that comes until the server closes. */
  static String exchange(int port, String request) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param lines headers besides {@code Connection}
   */
  static String request(int port, String first, String... lines) {
    return exchange(
        port,
        first + " HTTP/1.1\r\n" + String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n");
  }

  static int status(String response) {
    return Integer.parseInt(response.split(" ", 3)[1]);
  }
}
