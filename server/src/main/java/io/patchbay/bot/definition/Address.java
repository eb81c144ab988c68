package io.patchbay.bot.definition;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads URLs, paths and header values, which may hold {@code [[VARIABLE]]}. */
final class Address {
  static final int LONGEST = 2000;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\[\\[([^\\[\\]]*)]]");
  private static final Pattern URL =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("([^\\s:@\\[\\]%\"<>\\\\^`{|}]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

  /** What a URL is for. */
  enum Kind {
    /** Paths are appended to it, so it ends before the query. */
    BASE,
    WHOLE
  }

  private Address() {}

  /** A valid http or https URL as authored; what is wrong with it is added to the problems. */
  static Optional<String> read(Place place, Known known, Kind kind) {
    return place
        .words(LONGEST, "\"https://api.acme.example\"")
        .filter(text -> {
          boolean declared = declared(place, text, known);
          Optional<String> wrong = wrongUrl(text, kind);
          wrong.ifPresent(place::problem);
          return declared && wrong.isEmpty();
        });
  }

  private static Optional<String> wrongUrl(String text, Kind kind) {
    if (hasSpaces(text)) {
      return Optional.of("must not hold spaces or control characters; write %20 for a space");
    }
    if (text.startsWith("[[")) {
      return Optional.empty();
    }
    Matcher url = URL.matcher(filled(text));
    if (!url.matches()) {
      return Optional.of("is no URL; write for example https://api.acme.example");
    }
    if (!url.group(1).equalsIgnoreCase("https") && !url.group(1).equalsIgnoreCase("http")) {
      return Optional.of("must begin with https:// (or http:// where the allow-list names it)");
    }
    if (url.group(2).contains("@")) {
      return Optional.of(
          "must not hold a user or password; put them into a header with a secret variable");
    }
    if (!authority(url.group(2))) {
      return Optional.of("has no valid host and port; write for example https://api.acme.example");
    }
    if (url.group(5) != null || (kind == Kind.BASE && url.group(4) != null)) {
      return Optional.of(
          kind == Kind.BASE
              ? "must end before any ? or #, since paths are appended to it"
              : "must not hold a #");
    }
    return Optional.empty();
  }

  private static boolean authority(String text) {
    Matcher authority = AUTHORITY.matcher(text);
    if (!authority.matches()) {
      return false;
    }
    String port = authority.group(2);
    return port == null || (Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65535);
  }

  /** A valid path, appended to the base URL. */
  static Optional<String> path(Place place, Known known) {
    return place
        .words(LONGEST, "/otp/verify")
        .filter(text -> {
          boolean declared = declared(place, text, known);
          boolean shaped = text.startsWith("/") && !hasSpaces(text) && text.indexOf('#') < 0;
          if (!shaped) {
            place.problem(
                "must begin with / and hold no spaces or #, such as /otp/verify; for a whole"
                    + " URL use url");
          }
          return declared && shaped;
        });
  }

  /** Whether every {@code [[VARIABLE]]} in the text is declared; problems where not. */
  static boolean declared(Place place, String text, Known known) {
    boolean declared = true;
    for (String name : variables(text)) {
      declared &= known.variable(place, name);
    }
    return declared;
  }

  /** The names between double brackets, each once. */
  static Set<String> variables(String text) {
    var names = new LinkedHashSet<String>();
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      names.add(placeholder.group(1));
    }
    return names;
  }

  /** With a 1 for every variable, which can stand in a host, a port, a path. */
  private static String filled(String text) {
    return PLACEHOLDER.matcher(text).replaceAll("1");
  }

  private static boolean hasSpaces(String text) {
    return text.codePoints().anyMatch(c -> c <= ' ' || (c >= 0x7f && c <= 0xa0));
  }

  /**
   * Where a URL leads, as far as it is known before variables are filled in.
   *
   * @param host without brackets, in lower case
   */
  record Destination(boolean secure, String host, int port) {
    /** Empty where a variable stands before the path. */
    static Optional<Destination> of(String url) {
      Matcher parts = URL.matcher(url);
      if (!parts.matches()) {
        return Optional.empty();
      }
      Matcher authority = AUTHORITY.matcher(parts.group(2));
      if (!authority.matches()) {
        return Optional.empty();
      }
      boolean secure = parts.group(1).equalsIgnoreCase("https");
      String host = authority.group(1).replace("[", "").replace("]", "");
      String port = authority.group(2);
      return Optional.of(
          new Destination(
              secure,
              host.toLowerCase(java.util.Locale.ROOT),
              port == null ? (secure ? 443 : 80) : Integer.parseInt(port)));
    }
  }
}
