package io.patchbay.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bytes that are nearly HTTP. */
final class BrokenHttp {
  private static final List<String> TOKENS =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\u0000",
          " ",
          ":",
          "Content-Length: 5\r\n",
          "Content-Length: -1\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Content-Length: 5, 6\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Transfer-Encoding: identity\r\n",
          "Host: a\r\nHost: b\r\n",
          "Connection: upgrade, close, HTTP2-Settings\r\nUpgrade: h2c\r\n",
          "X: y\r\n folded\r\n",
          ": nameless\r\n",
          "Näme: x\r\n",
          "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
          "X".repeat(20_000));

  private static final List<String> WHOLE =
      List.of(
          "",
          "\r\n\r\n\r\n",
          "GET /\r\n",
          "GET / HTTP/0.9\r\n\r\n",
          "GET / HTTP/1.0\r\n\r\n",
          "GET / HTTP/2.0\r\n\r\n",
          "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
          "GET / http/1.1\r\nHost: a\r\n\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
          "CONNECT localhost:1 HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET http://localhost/health/live HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET ftp://x/ HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET health/live HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /?%zz=%u0041 HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /a\u0000b HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /é HTTP/1.1\r\nHost: a\r\n\r\n",
          "\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000",
          "A".repeat(100_000));

  private static final List<String> CHUNKS =
      List.of(
          "0\r\n\r\n",
          "5\r\n{\"a\":\r\n1\r\n1\r\n1\r\n}\r\n0\r\n\r\n",
          "ffffffffffffffff\r\nx",
          "-1\r\nx",
          "zz\r\n",
          "5;" + "e".repeat(20_000) + "\r\nhello\r\n0\r\n\r\n",
          "2\r\n{}\r\n0\r\nContent-Length: 9\r\nTrailer: x\r\n\r\n",
          "2\r\n{}",
          "2\n{}\n0\n\n");

  private BrokenHttp() {}

  /** Made of a request that is right. */
  static byte[] of(Sent sent, Dice dice) {
    return switch (dice.below(4)) {
      case 0 -> dice.of(WHOLE).getBytes(StandardCharsets.UTF_8);
      case 1 -> chunked(sent, dice);
      default -> {
        byte[] wire = sent.wire();
        for (int i = 0; i <= dice.below(3); i++) {
          wire = Bytes.changed(wire, TOKENS, dice);
        }
        yield wire;
      }
    };
  }

  private static byte[] chunked(Sent sent, Dice dice) {
    Sent head =
        sent.withBody(new byte[0])
            .without("Content-Length")
            .with(new Header("Transfer-Encoding", "chunked"));
    String text = new String(head.wire(), StandardCharsets.UTF_8) + dice.of(CHUNKS);
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
