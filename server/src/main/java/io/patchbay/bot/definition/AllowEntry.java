package io.patchbay.bot.definition;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code egress.allow}: {@code api.acme.example}, {@code *.acme.example:443}, {@code
 * 127.0.0.1:9000}, {@code [::1]:9000}, {@code 10.2.0.0/16:5432}, {@code [fd00::/8]:443}.
 *
 * @param port empty: every port
 */
public record AllowEntry(Target target, OptionalInt port) {
  private static final int LONGEST = 300;
  private static final String PORT = "[1-9][0-9]{0,4}";
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]*)](?::([0-9]{1,5}))?");
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");

  /** What is opened. */
  public sealed interface Target {
    /** One host by name, in lower case. */
    record Host(String name) implements Target {}

    /** Every host below a domain, not the domain itself; in lower case, without the {@code *.}. */
    record Below(String domain) implements Target {}

    /**
     * @param bits length of the prefix; 32 or 128 for one address
     */
    record Network(InetAddress address, int bits) implements Target {}
  }

  /** Empty where the text is no entry. Never asks a name server. */
  public static Optional<AllowEntry> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher bracketed = BRACKETED.matcher(text);
    if (bracketed.matches()) {
      return network(bracketed.group(1))
          .filter(_ -> bracketed.group(1).contains(":"))
          .flatMap(network -> withPort(network, bracketed.group(2)));
    }
    Optional<Target.Network> bare = network(text);
    if (bare.isPresent()) {
      return bare.filter(_ -> !mayEndInPort(text))
          .map(network -> new AllowEntry(network, OptionalInt.empty()));
    }
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    Optional<? extends Target> target = host.contains(":") ? Optional.empty() : target(host);
    return target.flatMap(t -> withPort(t, colon < 0 ? null : text.substring(colon + 1)));
  }

  /** {@code ::1:80} is an address, and another one with a port behind it. */
  private static boolean mayEndInPort(String text) {
    int colon = text.lastIndexOf(':');
    return colon > 0
        && text.substring(0, colon).contains(":")
        && literal(text.substring(0, colon)).isPresent()
        && text.substring(colon + 1).matches(PORT);
  }

  private static Optional<? extends Target> target(String text) {
    Optional<Target.Network> network = network(text);
    if (network.isPresent()) {
      return network;
    }
    return text.startsWith("*.")
        ? hostName(text.substring(2)).map(Target.Below::new)
        : hostName(text).map(Target.Host::new);
  }

  private static Optional<AllowEntry> withPort(Target target, @Nullable String port) {
    if (port == null) {
      return Optional.of(new AllowEntry(target, OptionalInt.empty()));
    }
    if (!port.matches(PORT) || Integer.parseInt(port) > 65535) {
      return Optional.empty();
    }
    return Optional.of(new AllowEntry(target, OptionalInt.of(Integer.parseInt(port))));
  }

  private static Optional<Target.Network> network(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int most = address.get().getAddress().length * 8;
    if (slash < 0) {
      return Optional.of(new Target.Network(address.get(), most));
    }
    String bits = text.substring(slash + 1);
    if (!bits.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(bits) > most) {
      return Optional.empty();
    }
    return Optional.of(new Target.Network(address.get(), Integer.parseInt(bits)));
  }

  /** An IPv4 or IPv6 address written as such, without zone and brackets. */
  static Optional<InetAddress> literal(String text) {
    try {
      if (IPV4.matcher(text).matches()) {
        return Optional.of(Inet4Address.ofLiteral(text));
      }
      if (text.contains(":") && text.matches("[0-9A-Fa-f:.]{2,45}")) {
        return Optional.of(Inet6Address.ofLiteral(text));
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<String> hostName(String text) {
    String ascii;
    try {
      ascii = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
    String[] labels = ascii.split("\\.", -1);
    boolean numeric = labels[labels.length - 1].matches("[0-9]+");
    if (ascii.length() > 253 || numeric) {
      return Optional.empty();
    }
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        return Optional.empty();
      }
    }
    return Optional.of(ascii.toLowerCase(Locale.ROOT));
  }

  /** What is wrong with a text that is no entry, and what would be right. */
  static String hint(String text) {
    if (text.contains("://")) {
      return "no entry " + Quote.text(text) + "; name the host alone, without scheme and path";
    }
    if (text.equals("*")) {
      return "no entry \"*\"; public: true opens all public addresses";
    }
    if (network(text).isPresent() && mayEndInPort(text)) {
      int colon = text.lastIndexOf(':');
      return "may be an address, or one with a port; write ["
          + text.substring(0, colon)
          + "]"
          + text.substring(colon)
          + " or ["
          + text
          + "]";
    }
    return "no entry "
        + Quote.text(text)
        + "; write host, *.domain, an address or a network such as"
        + " 10.2.0.0/16, each with or without :port; an IPv6 address before a port stands in [ ]";
  }

  /** Whether the entry names this host and port; a name never covers an address. */
  boolean covers(String host, int atPort) {
    if (port.isPresent() && port.getAsInt() != atPort) {
      return false;
    }
    return switch (target) {
      case Target.Host(String name) -> name.equals(host);
      case Target.Below(String domain) -> host.endsWith("." + domain);
      case Target.Network network -> literal(host).filter(a -> contains(network, a)).isPresent();
    };
  }

  /** Whether every address of {@code inner} belongs to {@code outer}. */
  static boolean within(Target.Network inner, Target.Network outer) {
    return inner.bits >= outer.bits && contains(outer, inner.address);
  }

  private static boolean contains(Target.Network network, InetAddress address) {
    byte[] prefix = network.address.getAddress();
    byte[] bytes = address.getAddress();
    if (prefix.length != bytes.length) {
      return false;
    }
    for (int bit = 0; bit < network.bits; bit++) {
      int mask = 0x80 >>> (bit & 7);
      if (((prefix[bit >> 3] ^ bytes[bit >> 3]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
