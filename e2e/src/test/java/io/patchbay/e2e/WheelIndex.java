package io.patchbay.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A package index on loopback, with wheels of one module that are made in memory. */
final class WheelIndex implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  private WheelIndex(HttpServer server) {
    this.server = server;
    server.createContext("/", this::answer);
    server.start();
  }

  static WheelIndex start() throws IOException {
    return new WheelIndex(
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/simple";
  }

  void publish(String name, String version, String module) throws IOException {
    String info = name + "-" + version + ".dist-info/";
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(name + ".py", module);
    entries.put(
        info + "METADATA", "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
    entries.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    entries.put(info + "RECORD", name + ".py,,\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(UTF_8));
      }
    }
    files.put(name + "-" + version + "-py3-none-any.whl", bytes.toByteArray());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String last = path.replaceAll("/$", "").replaceAll(".*/", "");
    byte[] body = path.startsWith("/simple/") ? page(last) : files.get(last);
    exchange.getResponseHeaders().add("Content-Type", "text/html");
    exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
    if (body != null) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private byte[] page(String project) {
    StringBuilder html = new StringBuilder("<!DOCTYPE html><html><body>");
    files.keySet().stream()
        .filter(file -> file.startsWith(project.replace('-', '_') + "-"))
        .sorted()
        .forEach(file ->
            html.append("<a href=\"/files/")
                .append(file)
                .append("\">")
                .append(file)
                .append("</a>"));
    return html.append("</body></html>").toString().getBytes(UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
