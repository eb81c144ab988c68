package io.patchbay.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What can be asked of the server, as it describes itself.
 *
 * @param path with {@code {names}} for whole segments
 * @param parameters of the path, and of the query
 * @param body media type to schema; empty where there is no body
 * @param statuses that it may have
 */
record Operation(
    String method,
    String path,
    List<Parameter> parameters,
    Map<String, JsonNode> body,
    Set<Integer> statuses) {
  record Parameter(String name, boolean inPath, JsonNode schema) {}

  /** Whether it is what a request asks for. */
  boolean matches(String asked, String target) {
    String pattern = path.replace(".", "\\.").replaceAll("\\{[^}]*}", "[^/]+");
    return method.equals(asked) && target.replaceFirst("\\?.*", "").matches(pattern);
  }

  /** Whether it runs code, calls an API, or waits for packages. */
  boolean takesItsTime() {
    return path.endsWith("/messages") || path.endsWith("/test") || path.endsWith("/train");
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
