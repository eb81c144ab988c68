package io.patchbay.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Bytes that are nearly an HTTP answer with the JSON that an API integration wants. */
final class BrokenAnswers {
  private static final String JSON =
      """
      {"status": true, "days": 3, "response": ["fine"], "conversation_details": {"n": 1}}\
      """;

  private static final List<String> WHOLE =
      List.of(
          head("Content-Length: " + JSON.length()) + JSON,
          head("Content-Length: " + JSON.length(), "Connection: close") + JSON,
          head("Connection: close") + JSON,
          head("Transfer-Encoding: chunked")
              + "%x;a=b\r\n%s\r\n0\r\nX-Trailer: y\r\n\r\n".formatted(JSON.length(), JSON),
          "HTTP/1.1 100 Continue\r\n\r\n" + head("Content-Length: " + JSON.length()) + JSON,
          "HTTP/1.0 200 OK\r\n\r\n" + JSON);

  private static final List<String> TOKENS =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\u0000",
          " ",
          ":",
          "\r\n\r\n",
          "Content-Length: -5\r\n",
          "Content-Length: 0\r\n",
          "Content-Length: 3\r\n",
          "Content-Length: 5, 6\r\n",
          "Content-Length: +7\r\n",
          "Content-Length: 9223372036854775807\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Transfer-Encoding: chunked, chunked\r\n",
          "Transfer-Encoding: identity\r\n",
          "Content-Encoding: gzip\r\n",
          "Content-Type: text/html; charset=utf-7\r\n",
          "Content-Type: application/json; charset=\"\r\n",
          "Connection: upgrade\r\nUpgrade: h2c\r\n",
          "Location: http://localhost:1/\r\n",
          "X: y\r\n folded\r\n",
          ": nameless\r\n",
          "Näme: x\r\n",
          "0\r\n\r\n",
          "-1\r\n",
          "ffffffffffffffff\r\n",
          "HTTP/1.1 100 Continue\r\n\r\n",
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
          "HTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 304 Not Modified\r\n\r\n",
          "HTTP/1.1 307 Temporary Redirect\r\n",
          "HTTP/9.9 99999 ",
          "HTTP/1.1 -200 OK\r\n",
          "\ufeff",
          "X".repeat(20_000),
          "X: y\r\n".repeat(500),
          "1;" + "x".repeat(100_000) + "\r\n \r\n",
          "1;" + "x".repeat(2_200_000),
          "1\r\n \r\n".repeat(20_000),
          "0".repeat(100_000),
          "0\r\n" + "X: y\r\n".repeat(60_000),
          "HTTP/1.1 102 \r\n\r\n".repeat(2000));

  private BrokenAnswers() {}

  private static String head(String... fields) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        + String.join("\r\n", fields)
        + "\r\n\r\n";
  }

  /** Up to three changes; none in one of ten. */
  static byte[] one(Dice dice) {
    byte[] wire = utf8(dice.of(WHOLE));
    int changes = dice.oneIn(10) ? 0 : 1 + dice.below(3);
    for (int i = 0; i < changes; i++) {
      wire = dice.oneIn(2) ? withLine(wire, dice) : Bytes.changed(wire, TOKENS, dice);
    }
    return wire;
  }

  /** Something odd at the beginning of a line, where it may count as a field. */
  private static byte[] withLine(byte[] wire, Dice dice) {
    String text = new String(wire, StandardCharsets.ISO_8859_1);
    List<Integer> lines =
        IntStream.range(1, wire.length).filter(i -> text.charAt(i - 1) == '\n').boxed().toList();
    int at = lines.isEmpty() ? 0 : dice.of(lines);
    String token = new String(utf8(dice.of(TOKENS)), StandardCharsets.ISO_8859_1);
    return (text.substring(0, at) + token + text.substring(at))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
