package io.patchbay.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * A collector on loopback that takes OTLP over HTTP in protobuf, as much of it as tests look at.
 */
public final class SpanReceiver implements AutoCloseable {
  private static final HexFormat HEX = HexFormat.of();

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<Map<String, Object>> resources = new CopyOnWriteArrayList<>();
  private final List<String> wire = new CopyOnWriteArrayList<>();

  /**
   * @param parent empty for a root
   * @param failed whether its status is an error
   */
  public record Span(
      String trace,
      String id,
      String parent,
      String name,
      Map<String, Object> attributes,
      boolean failed) {}

  private SpanReceiver(HttpServer server) {
    this.server = server;
    server.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          wire.add(new String(body, ISO_8859_1));
          message(body, this::request);
          exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  public static SpanReceiver start() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    return new SpanReceiver(HttpServer.create(any, 50));
  }

  /** What configures a server to send here, at once. */
  public Map<String, String> environment() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "OTEL_BSP_SCHEDULE_DELAY",
        "50");
  }

  public List<Span> spans() {
    return List.copyOf(spans);
  }

  /**
   * Waits for so many: a server that ends waits for its last words a few seconds only, and what it
   * gives up waiting for is still sent.
   */
  public List<Span> await(int count) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (spans.size() < count && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    return spans();
  }

  public List<Span> named(String name) {
    return spans.stream().filter(span -> span.name.equals(name)).toList();
  }

  /** Attributes of the resources that spans came from. */
  public List<Map<String, Object>> resources() {
    return List.copyOf(resources);
  }

  /** All that came in, a character for each byte. */
  public String wire() {
    return String.join("", wire);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void request(int field, Object value) {
    message(
        value,
        (number, part) -> {
          if (number == 1) {
            Map<String, Object> resource = new LinkedHashMap<>();
            message(
                part,
                (kind, attribute) -> {
                  if (kind == 1) {
                    put(attribute, resource);
                  }
                });
            resources.add(resource);
          } else if (number == 2) {
            message(
                part,
                (scoped, span) -> {
                  if (scoped == 2) {
                    spans.add(span(span));
                  }
                });
          }
        });
  }

  private static Span span(Object value) {
    String[] ids = {"", "", "", ""};
    Map<String, Object> attributes = new LinkedHashMap<>();
    boolean[] failed = {false};
    message(
        value,
        (field, part) -> {
          switch (field) {
            case 1 -> ids[0] = HEX.formatHex((byte[]) part);
            case 2 -> ids[1] = HEX.formatHex((byte[]) part);
            case 4 -> ids[2] = HEX.formatHex((byte[]) part);
            case 5 -> ids[3] = new String((byte[]) part, UTF_8);
            case 9 -> put(part, attributes);
            case 15 -> message(part, (number, code) -> failed[0] |= number == 3 && code.equals(2L));
            default -> {}
          }
        });
    return new Span(ids[0], ids[1], ids[2], ids[3], attributes, failed[0]);
  }

  private static void put(Object pair, Map<String, Object> to) {
    String[] key = {""};
    Object[] found = {""};
    message(
        pair,
        (field, part) -> {
          if (field == 1) {
            key[0] = new String((byte[]) part, UTF_8);
          } else if (field == 2) {
            message(
                part,
                (kind, value) ->
                    found[0] =
                        switch (kind) {
                          case 1 -> new String((byte[]) value, UTF_8);
                          case 4 -> Double.longBitsToDouble((Long) value);
                          default -> value;
                        });
          }
        });
    to.put(key[0], found[0]);
  }

  /** Fields in order: a Long for numbers, bytes for all else. */
  private static void message(Object bytes, BiConsumer<Integer, Object> field) {
    ByteBuffer in = ByteBuffer.wrap((byte[]) bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long tag = number(in);
      Object value =
          switch ((int) (tag & 7)) {
            case 0 -> number(in);
            case 1 -> in.getLong();
            case 5 -> (long) in.getInt();
            default -> {
              byte[] part = new byte[(int) number(in)];
              in.get(part);
              yield part;
            }
          };
      field.accept((int) (tag >> 3), value);
    }
  }

  private static long number(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
