package io.patchbay.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What came back until the server closed the connection.
 *
 * @param status 0 where nothing came
 * @param head with the status line
 */
record Answer(int status, String head, String body, Duration took) {
  /** An answer from its bytes. */
  static Answer of(byte[] wire, Duration took) {
    String text = withoutContinue(new String(wire, StandardCharsets.UTF_8));
    int end = text.indexOf("\r\n\r\n");
    String head = end < 0 ? text : text.substring(0, end);
    String body = end < 0 ? "" : text.substring(end + 4);
    boolean isHttp = head.matches("(?s)HTTP/1\\.[01] [0-9]{3}\\b.*");
    return new Answer(isHttp ? Integer.parseInt(head.substring(9, 12)) : 0, head, body, took);
  }

  private static String withoutContinue(String text) {
    return text.replaceFirst("^HTTP/1\\.1 100 [^\\r]*\\r\\n(?:[^\\r]+\\r\\n)*\\r\\n", "");
  }

  /** Of the first header of this name. */
  Optional<String> header(String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  /** Without its parameters. */
  String type() {
    return header("content-type").map(t -> t.split(";", 2)[0]).orElse("");
  }

  boolean isEmpty() {
    return head.isEmpty();
  }
}
