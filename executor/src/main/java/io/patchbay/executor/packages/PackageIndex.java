package io.patchbay.executor.packages;

import io.patchbay.executor.box.InstallerBox.OwnIndex;
import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.egress.EgressRule;
import io.patchbay.executor.egress.OperatorBounds;
import io.patchbay.executor.egress.OwnPorts;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where packages come from. What an installation may connect to is this and nothing else. Never
 * printed with its user and password.
 */
public final class PackageIndex {
  private static final String MASK = "***";

  private final String url;
  private final List<String> hosts;
  private final List<String> secrets;

  private PackageIndex(String url, List<String> hosts, List<String> secrets) {
    this.url = url;
    this.hosts = List.copyOf(hosts);
    this.secrets = List.copyOf(secrets);
  }

  /** The index that the machine's pip takes where nobody names one. */
  public static PackageIndex pipsOwn() {
    return new PackageIndex("", List.of(), List.of());
  }

  /**
   * @param url {@code https://host/simple}, or {@code http://}, with or without user and password
   * @param files hosts of the files, {@code host} or {@code host:port}, where they are others
   * @throws IllegalArgumentException what is wrong, without the address, which may hold a password
   */
  public static PackageIndex of(String url, List<String> files) {
    URI uri = parse(url);
    List<String> hosts = new ArrayList<>(List.of(hostAndPort(uri)));
    files.forEach(host -> hosts.add(host.matches(".*:\\d+") ? host : host + ":443"));
    for (String host : hosts) {
      if (EgressRule.parse(host) instanceof EgressRule.Parsed.Invalid(String problem)) {
        throw new IllegalArgumentException("a host of the package index: " + problem);
      }
    }
    return new PackageIndex(url, hosts, secrets(uri));
  }

  private static URI parse(String url) {
    try {
      URI uri = new URI(url);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawQuery() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException notEvenThat) {
      // its message has the address in it
    }
    throw new IllegalArgumentException(
        "the package index must be an address such as https://packages.acme.example/simple");
  }

  private static String hostAndPort(URI uri) {
    int standard = "https".equals(uri.getScheme()) ? 443 : 80;
    return uri.getHost() + ":" + (uri.getPort() < 0 ? standard : uri.getPort());
  }

  /** The longest first, so that none is left in part. */
  private static List<String> secrets(URI uri) {
    String raw = uri.getRawUserInfo();
    if (raw == null) {
      return List.of();
    }
    List<String> secrets = new ArrayList<>(List.of(raw, decoded(raw)));
    int colon = raw.indexOf(':');
    if (colon >= 0) {
      secrets.addAll(List.of(raw.substring(colon + 1), decoded(raw.substring(colon + 1))));
    }
    secrets.removeIf(String::isEmpty);
    return secrets;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** With its secrets, for pip; empty for pip's own. */
  String url() {
    return url;
  }

  /** A text without user and password of the index. */
  String masked(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }

  /** Opens the index, even where it is a private address: the operator has named it. */
  EgressPolicy policy(Optional<OwnIndex> own) throws IOException {
    List<String> open = own.isEmpty() ? hosts : hosts(own.get());
    List<EgressRule> rules = new ArrayList<>();
    for (String host : open) {
      switch (EgressRule.parse(host)) {
        case EgressRule.Parsed.Valid(EgressRule rule) -> rules.add(rule);
        case EgressRule.Parsed.Invalid(String problem) -> throw new IOException(problem);
      }
    }
    return new EgressPolicy(rules, false, new OperatorBounds(rules, new OwnPorts(_ -> false)));
  }

  private static List<String> hosts(OwnIndex own) throws IOException {
    try {
      return List.of(hostAndPort(parse(own.url())), own.filesHost() + ":443");
    } catch (IllegalArgumentException unusable) {
      throw new IOException("pip's own index is unusable; name one", unusable);
    }
  }

  @Override
  public String toString() {
    return url.isEmpty() ? "pip's own index" : masked(url);
  }
}
