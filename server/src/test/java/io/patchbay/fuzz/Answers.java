package io.patchbay.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes the answers of one connection apart: broken requests may be taken for several. */
final class Answers {
  private static final String HEAD_END = "\r\n\r\n";

  /** A character for each byte. */
  private final String wire;

  private int at;

  private Answers(byte[] wire) {
    this.wire = new String(wire, StandardCharsets.ISO_8859_1);
  }

  /** Those that came, without the interim ones; one of status 0 for what is no HTTP. */
  static List<Answer> of(byte[] wire, Duration took) {
    Answers rest = new Answers(wire);
    List<Answer> answers = new ArrayList<>();
    while (rest.at < rest.wire.length()) {
      Answer next = rest.next(took);
      if (next.status() != 100) {
        answers.add(next);
      }
    }
    return answers;
  }

  private Answer next(Duration took) {
    int end = wire.indexOf(HEAD_END, at);
    String head = end < 0 ? wire.substring(at) : wire.substring(at, end);
    at = end < 0 ? wire.length() : end + HEAD_END.length();
    boolean isHttp = head.matches("(?s)HTTP/1\\.[01] [0-9]{3}\\b.*");
    int status = isHttp ? Integer.parseInt(head.substring(9, 12)) : 0;
    boolean empty = status == 100 || status == 204 || status == 304;
    return new Answer(status, utf8(head), empty ? "" : utf8(body(head)), took);
  }

  private String body(String head) {
    String lower = head.toLowerCase(Locale.ROOT);
    if (lower.contains("\r\ntransfer-encoding: chunked")) {
      return chunks();
    }
    int length = lower.indexOf("\r\ncontent-length: ");
    return length < 0
        ? take(wire.length())
        : take(Integer.parseInt(lower.substring(length + 18).split("\r", 2)[0].strip()));
  }

  private String chunks() {
    StringBuilder body = new StringBuilder();
    while (at < wire.length()) {
      int line = wire.indexOf("\r\n", at);
      if (line < 0) {
        return body + take(wire.length());
      }
      int size = Integer.parseInt(wire.substring(at, line), 16);
      at = line + 2;
      body.append(take(size));
      at += 2;
      if (size == 0) {
        break;
      }
    }
    return body.toString();
  }

  /** Fewer where there are no more, as after HEAD. */
  private String take(int length) {
    int from = at;
    at = (int) Math.min(wire.length(), (long) at + length);
    return wire.substring(from, at);
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
