package io.patchbay.fuzz;

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
  static final Answer NONE = new Answer(0, "", "", Duration.ZERO);

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
