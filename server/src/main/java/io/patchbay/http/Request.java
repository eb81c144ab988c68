package io.patchbay.http;

import io.javalin.http.Context;
import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request whose route is known: decoded and checked access to its parts. */
final class Request {
  static final String SESSION_COOKIE = "patchbay_session";

  private static final Pattern BOT = Pattern.compile("[a-z0-9_-]{1,64}");
  private static final Pattern NODE = Pattern.compile("[A-Z0-9_]{1,128}");

  private final Context context;
  private final Route route;
  private final Map<String, String> path;
  private final Map<String, String> query;

  /**
   * @param path parameters, still encoded
   */
  Request(Context context, Route route, Map<String, String> path) {
    this.context = context;
    this.route = route;
    this.path = path;
    this.query = parseQuery(context.req().getQueryString());
  }

  Route route() {
    return route;
  }

  String method() {
    return context.req().getMethod();
  }

  /** Reading only: {@code GET} and {@code HEAD}. */
  boolean isSafe() {
    return method().equals("GET") || method().equals("HEAD");
  }

  /** The client's address as the connection has it. */
  String address() {
    return context.req().getRemoteAddr();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(context.req().getHeader(name));
  }

  Optional<String> sessionCookie() {
    return Optional.ofNullable(context.cookie(SESSION_COOKIE));
  }

  /** Whether the browser came by TLS, directly or through a proxy that says so. */
  boolean isSecure() {
    return context.req().isSecure()
        || header("X-Forwarded-Proto").filter("https"::equalsIgnoreCase).isPresent();
  }

  Body body() {
    return new Body(context, route.doc().body().orElseThrow());
  }

  /** The name of an existing bot may be nothing else, so that all else is not found. */
  String bot() {
    return named("bot", BOT, ErrorCode.UNKNOWN_BOT, "There is no bot ");
  }

  String node() {
    return named("node", NODE, ErrorCode.UNKNOWN_NODE, "There is no node ");
  }

  private String named(String parameter, Pattern pattern, ErrorCode otherwise, String message) {
    String name = path(parameter);
    if (!pattern.matcher(name).matches()) {
      throw new Refusal(otherwise, message + quoted(name) + ".");
    }
    return name;
  }

  /** 1 to 255 characters of any kind. */
  String authId() {
    return path("auth_id");
  }

  /** A path parameter: 1 to 255 characters. */
  String path(String parameter) {
    String decoded =
        Percent.decode(path.getOrDefault(parameter, ""), false)
            .orElseThrow(() -> invalid(parameter, "must be percent-encoded UTF-8"));
    if (decoded.isEmpty() || decoded.codePointCount(0, decoded.length()) > 255) {
      throw invalid(parameter, "must have 1 to 255 characters");
    }
    return decoded;
  }

  /** A query parameter; given but empty counts as not given. */
  Optional<String> query(String parameter) {
    return given(parameter).filter(v -> !v.isEmpty());
  }

  /** A query parameter for which empty is a value too. */
  Optional<String> given(String parameter) {
    return Optional.ofNullable(query.get(parameter));
  }

  /** Refuses query parameters that this route does not have. */
  void refuseUnknownParameters() {
    for (String given : query.keySet()) {
      if (route.doc().query().stream().noneMatch(p -> p.name().equals(given))) {
        throw invalid(given, "is no parameter here");
      }
    }
  }

  /** True, false or absent, which is false. */
  boolean flag(String parameter) {
    return query(parameter)
        .map(value ->
            switch (value) {
              case "true" -> true;
              case "false" -> false;
              default -> throw invalid(parameter, "must be true or false");
            })
        .orElse(false);
  }

  static Refusal invalid(String parameter, String what) {
    return new Refusal(
        ErrorCode.INVALID_REQUEST, "The parameter " + quoted(parameter) + " " + what + ".");
  }

  /** What a caller sent, short and printable enough to show it back. */
  static String quoted(String text) {
    String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return '"' + shown.replaceAll("\\p{Cntrl}|\\p{Cs}", "?") + '"';
  }

  private static Map<String, String> parseQuery(@Nullable String raw) {
    var parsed = new HashMap<String, String>();
    if (raw == null) {
      return parsed;
    }
    for (String pair : raw.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name =
          Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true)
              .orElseThrow(() ->
                  new Refusal(
                      ErrorCode.INVALID_REQUEST, "The query must be percent-encoded UTF-8."));
      String value =
          Percent.decode(equals < 0 ? "" : pair.substring(equals + 1), true)
              .orElseThrow(() -> invalid(name, "must be percent-encoded UTF-8"));
      if (parsed.put(name, value) != null) {
        throw invalid(name, "is given twice");
      }
    }
    return parsed;
  }
}
