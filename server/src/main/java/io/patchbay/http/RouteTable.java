package io.patchbay.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the route of a request. Matching is done on the path as it was sent, so that a {@code %2F}
 * inside a segment stays inside it.
 */
final class RouteTable {
  private final List<Line> lines;

  private record Line(Route route, List<String> pattern) {}

  /** What a path leads to. */
  sealed interface Found {
    /**
     * @param parameters name to the still encoded segment
     */
    record Hit(Route route, Map<String, String> parameters) implements Found {}

    /**
     * @param allow the methods that would do, for the {@code Allow} header
     */
    record WrongMethod(String allow) implements Found {}

    record Nothing() implements Found {}
  }

  RouteTable(List<Route> routes) {
    this.lines = routes.stream().map(r -> new Line(r, segments(r.path()))).toList();
    var seen = new HashMap<String, Route>();
    for (Route route : routes) {
      Route twin = seen.put(route.method() + route.path().replaceAll("\\{[^/]*}", "{}"), route);
      if (twin != null) {
        throw new IllegalArgumentException(route + " is also " + twin);
      }
    }
  }

  List<Route> routes() {
    return lines.stream().map(Line::route).toList();
  }

  /** {@code HEAD} finds what {@code GET} finds. */
  Found find(String method, String rawPath) {
    List<String> path = segments(rawPath);
    String wanted = method.equals("HEAD") ? "GET" : method;
    var allow = new TreeSet<String>();
    for (Line line : lines) {
      Optional<Map<String, String>> parameters = match(line.pattern, path);
      if (parameters.isEmpty()) {
        continue;
      }
      if (line.route.method().equals(wanted)) {
        return new Found.Hit(line.route, parameters.get());
      }
      allow.add(line.route.method());
    }
    if (allow.isEmpty()) {
      return new Found.Nothing();
    }
    if (allow.contains("GET")) {
      allow.add("HEAD");
    }
    return new Found.WrongMethod(String.join(", ", allow));
  }

  private static Optional<Map<String, String>> match(List<String> pattern, List<String> path) {
    if (pattern.size() != path.size()) {
      return Optional.empty();
    }
    var parameters = new HashMap<String, String>();
    for (int i = 0; i < path.size(); i++) {
      String step = pattern.get(i);
      if (step.startsWith("{") && !path.get(i).isEmpty()) {
        parameters.put(step.substring(1, step.length() - 1), path.get(i));
      } else if (!step.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static List<String> segments(String path) {
    var segments = new ArrayList<String>();
    int from = 1;
    for (int slash; (slash = path.indexOf('/', from)) >= 0; from = slash + 1) {
      segments.add(path.substring(from, slash));
    }
    segments.add(path.substring(Math.min(from, path.length())));
    return segments;
  }
}
