package io.patchbay.executor.egress;

import io.patchbay.executor.egress.EgressRule.Parsed;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads allow-list entries; every refusal says what would be right. */
final class EgressRuleParser {
  private static final int MAX_LENGTH = 300;

  /** Host, then perhaps a prefix length, then perhaps a port. */
  private static final Pattern BRACKETED =
      Pattern.compile(
          "\\[(?<host>[^\\[\\]/]*)(/(?<in>[^\\]/]*))?](/(?<out>[^:/]*))?(:(?<port>.*))?");

  private static final Pattern RANGE =
      Pattern.compile("(?<host>[^\\[\\]/]*)/(?<in>[^:/]*)(?<out>)?(:(?<port>.*))?");
  private static final Pattern PLAIN =
      Pattern.compile("(?<host>[^:/\\[\\]]*)(?<in>)?(?<out>)?(:(?<port>[^:]*))?");

  private EgressRuleParser() {}

  static Parsed parse(String entry) {
    Optional<String> problem = problemAtSight(entry);
    if (problem.isPresent()) {
      return invalid(problem.get());
    }
    Optional<Parts> parts = split(entry);
    if (parts.isEmpty()) {
      return invalid("write host, host:port, an address or a range such as 10.2.0.0/16:5432");
    }
    OptionalInt port = OptionalInt.empty();
    if (parts.get().port().isPresent()) {
      port = number(parts.get().port().get(), 1, 65535);
      if (port.isEmpty()) {
        return invalid("a port is a number from 1 to 65535");
      }
    }
    return rule(parts.get(), port);
  }

  private static Optional<String> problemAtSight(String entry) {
    if (entry.isEmpty()) {
      return Optional.of("the entry is empty");
    }
    if (entry.length() > MAX_LENGTH) {
      return Optional.of("the entry is longer than " + MAX_LENGTH + " characters");
    }
    if (entry.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      return Optional.of("an entry holds no spaces");
    }
    if (entry.contains("://")) {
      return Optional.of("write host:port, without a scheme such as https://");
    }
    return addressOrPort(entry);
  }

  /** {@code ::1:80} is an address, and another one with a port behind it. */
  private static Optional<String> addressOrPort(String entry) {
    int colon = Math.max(0, entry.lastIndexOf(':'));
    String before = entry.substring(0, colon);
    boolean both =
        before.contains(":")
            && HostText.parse(before) instanceof HostText.Address
            && HostText.parse(entry) instanceof HostText.Address
            && number(entry.substring(colon + 1), 1, 65535).isPresent();
    return both
        ? Optional.of("write [" + before + "]" + entry.substring(colon) + " or [" + entry + "]")
        : Optional.empty();
  }

  private static Optional<Parts> split(String entry) {
    if (entry.startsWith("[")) {
      return split(BRACKETED, entry);
    }
    if (entry.indexOf('/') >= 0) {
      return split(RANGE, entry);
    }
    if (entry.indexOf(':') != entry.lastIndexOf(':')) {
      return Optional.of(new Parts(entry, Optional.empty(), Optional.empty(), true));
    }
    return split(PLAIN, entry);
  }

  private static Optional<Parts> split(Pattern form, String entry) {
    Matcher matcher = form.matcher(entry);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<String> inside = Optional.ofNullable(matcher.group("in")).filter(s -> form != PLAIN);
    Optional<String> outside =
        Optional.ofNullable(matcher.group("out")).filter(s -> form == BRACKETED);
    if (inside.isPresent() && outside.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Parts(
            matcher.group("host"),
            inside.or(() -> outside),
            Optional.ofNullable(matcher.group("port")),
            form == BRACKETED));
  }

  private static Parsed rule(Parts parts, OptionalInt port) {
    if (parts.host().startsWith("*")) {
      return wildcard(parts, port);
    }
    return switch (HostText.parse(parts.host())) {
      case HostText.Address(InetAddress address) -> range(parts, address, port);
      case HostText.Name(String name) -> {
        if (parts.prefix().isPresent()) {
          yield invalid("only an address can have a prefix length, such as 10.2.0.0/16");
        }
        if (parts.ipv6()) {
          yield invalid("only an IPv6 address stands in brackets");
        }
        yield new Parsed.Valid(new EgressRule.Name(name, false, port));
      }
      case HostText.Refused(String why) -> invalid(why);
    };
  }

  private static Parsed wildcard(Parts parts, OptionalInt port) {
    boolean shape = parts.host().startsWith("*.") && parts.prefix().isEmpty() && !parts.ipv6();
    if (shape && HostText.parse(parts.host().substring(2)) instanceof HostText.Name(String name)) {
      return new Parsed.Valid(new EgressRule.Name(name, true, port));
    }
    return invalid("a * stands only for the first part of a name: *.acme.example");
  }

  private static Parsed range(Parts parts, InetAddress address, OptionalInt port) {
    boolean ipv4Text = parts.host().indexOf(':') < 0;
    if (ipv4Text && parts.ipv6()) {
      return invalid("only an IPv6 address stands in brackets");
    }
    if (ipv4Text && !parts.host().equals(address.getHostAddress())) {
      return invalid("write this address as " + address.getHostAddress());
    }
    if (parts.prefix().isEmpty()) {
      return new Parsed.Valid(new EgressRule.Range(AddressRange.single(address), port));
    }
    return prefixed(address, ipv4Text, parts.prefix().get(), port);
  }

  private static Parsed prefixed(
      InetAddress address, boolean ipv4Text, String text, OptionalInt port) {
    // A prefix behind an IPv4-mapped IPv6 address counts the 96 bits before the IPv4 address.
    int skipped = address instanceof Inet4Address && !ipv4Text ? 96 : 0;
    int bits = address.getAddress().length * 8;
    OptionalInt prefix = number(text, skipped, skipped + bits);
    if (prefix.isEmpty()) {
      return invalid("a prefix length is a number from " + skipped + " to " + (skipped + bits));
    }
    AddressRange around = AddressRange.around(address, prefix.getAsInt() - skipped);
    if (!around.base().equals(address)) {
      return invalid("bits are set behind the prefix; did you mean " + around + "?");
    }
    return new Parsed.Valid(new EgressRule.Range(around, port));
  }

  private static OptionalInt number(String text, int least, int most) {
    if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalInt.empty();
    }
    int value = Integer.parseInt(text);
    return value < least || value > most ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static Parsed invalid(String problem) {
    return new Parsed.Invalid(problem);
  }

  /**
   * @param ipv6 whether the form is one that only an IPv6 address can have
   */
  private record Parts(String host, Optional<String> prefix, Optional<String> port, boolean ipv6) {}
}
