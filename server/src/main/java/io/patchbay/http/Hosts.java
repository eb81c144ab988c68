package io.patchbay.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells whether a browser means this server, so that no foreign page can use a session: neither by
 * a name of its own that points here (DNS rebinding), nor by a request from its own origin.
 */
final class Hosts {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private final Set<String> names;

  /**
   * @param names host names by which users reach this server, besides the loopback ones
   */
  Hosts(Set<String> names) {
    this.names =
        Stream.concat(Stream.of("localhost"), names.stream())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  boolean isOurs(Request request) {
    Optional<String> host = request.header("Host").map(h -> h.toLowerCase(Locale.ROOT));
    return host.filter(this::isOurName).isPresent()
        && request.header("Origin").map(origin -> isAt(origin, host.get())).orElse(true)
        && request.header("Sec-Fetch-Site").map(Hosts::isOwnPage).orElse(true);
  }

  /** A rebound name is never an address, so addresses are ours as they are. */
  private boolean isOurName(String host) {
    String name = host.replaceFirst(":\\d*$", "");
    return name.startsWith("[") || IPV4.matcher(name).matches() || names.contains(name);
  }

  /** The scheme is left out: behind a proxy that ends TLS it is not ours. */
  private static boolean isAt(String origin, String host) {
    int slashes = origin.indexOf("://");
    return slashes > 0 && origin.substring(slashes + 3).toLowerCase(Locale.ROOT).equals(host);
  }

  /** {@code none} is what a user typed or clicked outside any page. */
  private static boolean isOwnPage(String fetchSite) {
    return fetchSite.equals("same-origin") || fetchSite.equals("none");
  }
}
