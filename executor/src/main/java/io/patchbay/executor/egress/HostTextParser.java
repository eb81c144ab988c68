package io.patchbay.executor.egress;

import io.patchbay.executor.egress.HostText.Address;
import io.patchbay.executor.egress.HostText.Name;
import io.patchbay.executor.egress.HostText.Refused;
import java.math.BigInteger;
import java.net.IDN;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells addresses from names the way the URL Standard does. */
final class HostTextParser {
  /** Longest host name of DNS, in characters. */
  private static final int MAX_NAME = 253;

  private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

  private HostTextParser() {}

  static HostText parse(String host) {
    if (host.isEmpty()) {
      return new Refused("the host is empty");
    }
    return host.indexOf(':') >= 0 ? ipv6(host) : nameOrIpv4(host);
  }

  private static HostText ipv6(String host) {
    if (host.indexOf('%') >= 0) {
      return new Refused("an IPv6 address must not name an interface");
    }
    if (!IPV6.matcher(host).matches()) {
      return new Refused("it is not an IPv6 address");
    }
    try {
      return new Address(AddressRange.plain(InetAddress.ofLiteral(host)));
    } catch (IllegalArgumentException e) {
      return new Refused("it is not an IPv6 address");
    }
  }

  private static HostText nameOrIpv4(String host) {
    Optional<String> ascii = ascii(host);
    if (ascii.isEmpty()) {
      return new Refused("it is not a host name");
    }
    String name = ascii.get();
    String[] labels = name.split("\\.", -1);
    if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
      return ipv4(labels);
    }
    boolean valid = Arrays.stream(labels).allMatch(label -> LABEL.matcher(label).matches());
    return valid && name.length() <= MAX_NAME
        ? new Name(name)
        : new Refused("it is not a host name");
  }

  /** One to four numbers, decimal, octal (0...) or hexadecimal (0x...); the last fills the rest. */
  private static HostText ipv4(String[] parts) {
    var refused = new Refused("it ends in a number but is not an IPv4 address");
    if (parts.length > 4) {
      return refused;
    }
    BigInteger address = BigInteger.ZERO;
    for (int i = 0; i < parts.length; i++) {
      Optional<BigInteger> number = number(parts[i]);
      int bits = i < parts.length - 1 ? 8 : 8 * (5 - parts.length);
      if (number.isEmpty() || number.get().bitLength() > bits) {
        return refused;
      }
      address = address.shiftLeft(bits).or(number.get());
    }
    int value = address.intValue();
    return new Address(
        AddressRange.address(
            new byte[] {
              (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
            }));
  }

  private static Optional<BigInteger> number(String part) {
    if (!NUMBER.matcher(part).matches() || part.length() > 40) {
      return Optional.empty();
    }
    boolean hex = part.startsWith("0x") || part.startsWith("0X");
    String digits = hex ? "0" + part.substring(2) : part;
    int radix = hex ? 16 : part.length() > 1 && part.startsWith("0") ? 8 : 10;
    try {
      return Optional.of(new BigInteger(digits, radix));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Lower case, without one trailing dot, non-ASCII labels in their ASCII form. */
  private static Optional<String> ascii(String host) {
    if (host.length() > 4 * MAX_NAME) {
      return Optional.empty();
    }
    try {
      String ascii = IDN.toASCII(host).toLowerCase(Locale.ROOT);
      return Optional.of(ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
