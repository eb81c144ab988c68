package io.patchbay.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The page at {@code /}: a fixed list of files from the class path, read once. */
final class PageRoutes {
  private static final String INDEX = "index.html";
  private static final List<String> FILES =
      List.of(
          INDEX,
          "style.css",
          "main.js",
          "api.js",
          "dom.js",
          "chat.js",
          "elements.js",
          "invocations.js",
          "icon.svg");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  List<Route> routes() {
    return FILES.stream().map(PageRoutes::route).toList();
  }

  private static Route route(String file) {
    String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
    byte[] bytes = read(file);
    Reply reply =
        Reply.of(200, String.valueOf(type), bytes)
            .etag(Digest.of(bytes).shown())
            .header("Cache-Control", "no-cache");
    String path = file.equals(INDEX) ? "/" : "/web/" + file;
    return Route.of("GET", path, Access.PUBLIC, _ -> reply);
  }

  private static byte[] read(String file) {
    try (InputStream in = PageRoutes.class.getResourceAsStream("/web/" + file)) {
      if (in == null) {
        throw new IllegalStateException("web/" + file + " is missing from the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
