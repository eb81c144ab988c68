package io.patchbay.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One connection for what no proper client does with it. */
final class RawClient implements AutoCloseable {
  /** Far above a pause of the machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Socket socket;

  private RawClient(Socket socket) {
    this.socket = socket;
  }

  static RawClient of(int port) {
    return of(port, "127.0.0.1", 0);
  }

  /**
   * @param from the client's address, such as {@code 127.0.0.2}
   * @param window bytes that it takes before it reads; 0: as the system has it
   */
  static RawClient of(int port, String from, int window) {
    try {
      var socket = new Socket();
      if (window > 0) {
        socket.setReceiveBufferSize(window);
      }
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      return new RawClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends it; false where the server has closed. */
  boolean send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  boolean send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /** Sends a piece again and again until the server closes, or answers; true if it did. */
  boolean drip(String piece, Duration pause) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (!send(piece) || available() > 0) {
        return true;
      }
      if (!pause.isZero()) {
        LockSupport.parkNanos(pause.toNanos());
      }
    }
    return false;
  }

  private int available() {
    try {
      return socket.getInputStream().available();
    } catch (IOException closed) {
      return 1;
    }
  }

  /** All that comes until the server closes. */
  String rest() {
    var all = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int one; (one = in.read()) >= 0; ) {
        all.append((char) one);
      }
      return all.toString();
    } catch (SocketException reset) {
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("after " + all, e);
    }
  }

  /** One answer with a length. */
  String answer() {
    try {
      InputStream in = socket.getInputStream();
      var head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        int one = in.read();
        if (one < 0) {
          return head.toString();
        }
        head.append((char) one);
      }
      String length = head.toString().replaceAll("(?is).*\ncontent-length: *(\\d+).*|.*", "$1");
      byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
      return head + new String(body, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends its own side. */
  void shutdownOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a reset. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
