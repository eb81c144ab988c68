package io.patchbay.integration.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The other side, byte by byte: reads one request, then does what the test says. */
public final class RawServer implements AutoCloseable {
  /** Answers a request that was read whole; closing is done by the caller. */
  public interface Script {
    void answer(Socket socket) throws IOException, InterruptedException;
  }

  private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)");

  final List<String> requests = new CopyOnWriteArrayList<>();
  public final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final Script script;
  private final boolean reads;

  private RawServer(ServerSocket server, Script script, boolean reads) {
    this.server = server;
    this.script = script;
    this.reads = reads;
    Thread.ofVirtual().name("raw-server").start(this::accept);
  }

  public static RawServer start(Script script) throws IOException {
    return on(loopback(), script);
  }

  static RawServer on(InetAddress address, Script script) throws IOException {
    return new RawServer(new ServerSocket(0, 50, address), script, true);
  }

  static RawServer answering(String answer) throws IOException {
    return start(socket -> write(socket, answer));
  }

  /** Does not read before it follows the script. */
  static RawServer deaf(Script script) throws IOException {
    return new RawServer(new ServerSocket(0, 50, loopback()), script, false);
  }

  /** Has a port on which nobody listens, and nobody can as long as it is open. */
  static Socket holdingPort() throws IOException {
    var socket = new Socket();
    socket.bind(new InetSocketAddress(loopback(), 0));
    return socket;
  }

  static InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }

  public static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** A whole answer with its length. */
  public static String http(String status, String body) {
    return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body);
  }

  public int port() {
    return server.getLocalPort();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.add(socket);
        Thread.ofVirtual().name("raw-connection").start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      if (reads) {
        requests.add(read(socket.getInputStream()));
      }
      script.answer(socket);
    } catch (IOException | InterruptedException e) {
      // The client went away, as some tests want.
    }
  }

  private static String read(InputStream in) throws IOException {
    var request = new ByteArrayOutputStream();
    int end = -1;
    int length = 0;
    while (end < 0 || request.size() < end + length) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the request broke off");
      }
      request.write(next);
      String text = request.toString(StandardCharsets.ISO_8859_1);
      if (end < 0 && text.endsWith("\r\n\r\n")) {
        end = request.size();
        Matcher declared = LENGTH.matcher(text.toLowerCase(Locale.ROOT));
        length = declared.find() ? Integer.parseInt(declared.group(1)) : 0;
        request.write(in.readNBytes(length));
      }
    }
    return request.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : connections) {
      socket.close();
    }
  }
}
