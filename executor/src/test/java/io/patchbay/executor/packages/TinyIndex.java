package io.patchbay.executor.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A package index (PEP 503) on loopback. */
final class TinyIndex implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, List<String>> links = new ConcurrentHashMap<>();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<String>> credentials =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Runnable> beforeFiles = new AtomicReference<>(() -> {});

  private TinyIndex(HttpServer server) {
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/simple/", this::page);
    server.createContext("/files/", this::file);
    server.start();
  }

  static TinyIndex start() throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    return new TinyIndex(HttpServer.create(loopback, 100));
  }

  TinyIndex with(Wheel... wheels) {
    for (Wheel wheel : wheels) {
      link(
          wheel.name().replace('_', '-'),
          wheel.file(),
          "#sha256=" + wheel.sha256(),
          wheel.content());
    }
    return this;
  }

  /** Whatever it is, under whatever promise. */
  void link(String project, String file, String fragment, byte[] content) {
    files.put(file, content);
    linkTo(project, "/files/" + file + fragment, file);
  }

  void linkTo(String project, String address, String file) {
    String link = "<a href=\"%s\">%s</a><br>".formatted(address, file);
    links.computeIfAbsent(project, _ -> new CopyOnWriteArrayList<>()).add(link);
  }

  void requireCredentials(String basic) {
    credentials.set(Optional.of(basic));
  }

  void beforeFiles(Runnable task) {
    beforeFiles.set(task);
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/simple";
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Paths, in order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void page(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    if (denied(exchange)) {
      exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"index\"");
      answer(exchange, 401, new byte[0]);
      return;
    }
    List<String> found = links.get(path.substring("/simple/".length()).replace("/", ""));
    exchange.getResponseHeaders().add("Content-Type", "text/html");
    if (found == null) {
      answer(exchange, 404, new byte[0]);
    } else {
      String html = "<!DOCTYPE html><html><body>" + String.join("", found) + "</body></html>";
      answer(exchange, 200, html.getBytes(UTF_8));
    }
  }

  private boolean denied(HttpExchange exchange) {
    return credentials
        .get()
        .filter(wanted ->
            !("Basic " + wanted).equals(exchange.getRequestHeaders().getFirst("Authorization")))
        .isPresent();
  }

  private void file(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    beforeFiles.get().run();
    byte[] content = files.get(path.substring("/files/".length()));
    answer(exchange, content == null ? 404 : 200, content == null ? new byte[0] : content);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
