package io.patchbay.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The studio at {@code /}: files from the class path, read once. Its build lists them, and puts a
 * compressed one beside each that gains by it.
 */
final class PageRoutes {
  private static final String INDEX = "index.html";
  private static final String LIST = "files.txt";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  List<Route> routes() {
    return new String(read(LIST).orElseThrow(PageRoutes::missing), StandardCharsets.UTF_8)
        .lines()
        .filter(file -> !file.endsWith(".gz"))
        .map(PageRoutes::route)
        .toList();
  }

  private static Route route(String file) {
    byte[] bytes = read(file).orElseThrow(PageRoutes::missing);
    String type = TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), Reply.TEXT);
    Reply plain = reply(file, type, bytes, Digest.of(bytes).shown());
    Optional<Reply> compressed =
        read(file + ".gz")
            .map(gz ->
                reply(file, type, gz, Digest.of(gz).shown()).header("Content-Encoding", "gzip"));
    String path = file.equals(INDEX) ? "/" : "/studio/" + file;
    return Route.of(
        "GET",
        path,
        Access.PUBLIC,
        request -> compressed.filter(_ -> takesGzip(request)).orElse(plain));
  }

  /** The names of assets carry a hash of what is in them, so that they never change. */
  private static Reply reply(String file, String type, byte[] bytes, String tag) {
    boolean named = file.startsWith("assets/");
    return Reply.of(200, type, bytes)
        .etag(tag)
        .header("Vary", "Accept-Encoding")
        .header("Cache-Control", named ? "public, max-age=31536000, immutable" : "no-cache");
  }

  private static boolean takesGzip(Request request) {
    for (String coding : request.header("Accept-Encoding").orElse("").split(",", -1)) {
      String[] parts = coding.toLowerCase(Locale.ROOT).replace(" ", "").split(";", 2);
      if (parts[0].equals("gzip") && (parts.length == 1 || !parts[1].matches("q=0(\\.0*)?"))) {
        return true;
      }
    }
    return false;
  }

  private static Optional<byte[]> read(String file) {
    try (InputStream in = PageRoutes.class.getResourceAsStream("/studio/" + file)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalStateException missing() {
    return new IllegalStateException("the studio is missing from the class path, or not whole");
  }
}
