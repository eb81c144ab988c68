package io.patchbay.executor.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an address is good for, after the special-purpose address registries (RFC 6890 and its
 * successors) and the addresses at which cloud machines hand out credentials. IPv6 addresses that
 * carry an IPv4 address are what the carried address is.
 */
enum AddressKind {
  PUBLIC("a public address", true),
  LOOPBACK("a loopback address", true),
  PRIVATE("a private address", true),
  RESERVED("a reserved address", true),
  LINK_LOCAL("a link-local address", false),
  METADATA("a metadata address", false),
  MULTICAST("a multicast address", false),
  UNSPECIFIED("an unspecified address", false),
  BROADCAST("a broadcast address", false);

  /** First match counts. */
  private static final List<Entry> IPV4 =
      List.of(
          entry("0.0.0.0/8", UNSPECIFIED),
          entry("10.0.0.0/8", PRIVATE),
          entry("100.100.100.200/32", METADATA),
          entry("100.64.0.0/10", PRIVATE),
          entry("127.0.0.0/8", LOOPBACK),
          entry("168.63.129.16/32", METADATA),
          entry("169.254.169.254/32", METADATA),
          entry("169.254.0.0/16", LINK_LOCAL),
          entry("172.16.0.0/12", PRIVATE),
          entry("192.0.0.192/32", METADATA),
          entry("192.0.0.0/24", RESERVED),
          entry("192.0.2.0/24", RESERVED),
          entry("192.88.99.0/24", RESERVED),
          entry("192.168.0.0/16", PRIVATE),
          entry("198.18.0.0/15", RESERVED),
          entry("198.51.100.0/24", RESERVED),
          entry("203.0.113.0/24", RESERVED),
          entry("224.0.0.0/4", MULTICAST),
          entry("255.255.255.255/32", BROADCAST),
          entry("240.0.0.0/4", RESERVED));

  /** First match counts; what matches nothing is reserved. */
  private static final List<Entry> IPV6 =
      List.of(
          entry("::/128", UNSPECIFIED),
          entry("::1/128", LOOPBACK),
          entry("fd00:ec2::254/128", METADATA),
          entry("fd20:ce::254/128", METADATA),
          entry("fd00:42::42/128", METADATA),
          entry("fc00::/7", PRIVATE),
          entry("fe80::/10", LINK_LOCAL),
          entry("fec0::/10", PRIVATE),
          entry("ff00::/8", MULTICAST),
          entry("2001::/23", RESERVED),
          entry("2001:db8::/32", RESERVED),
          entry("3fff::/20", RESERVED),
          entry("2000::/3", PUBLIC));

  private static final AddressRange IPV4_COMPATIBLE = AddressRange.of("::/96");
  private static final AddressRange SIX_TO_FOUR = AddressRange.of("2002::/16");
  private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");

  private final String text;
  private final boolean openable;

  AddressKind(String text, boolean openable) {
    this.text = text;
    this.openable = openable;
  }

  /** With its article, such as {@code a loopback address}. */
  String text() {
    return text;
  }

  /** Whether a bot may ever connect to such an address. */
  boolean openable() {
    return openable;
  }

  static AddressKind of(InetAddress address) {
    InetAddress plain = AddressRange.plain(address);
    if (plain instanceof Inet4Address) {
      return first(IPV4, plain).orElse(PUBLIC);
    }
    Optional<InetAddress> carried = carried(plain);
    if (carried.isEmpty()) {
      return first(IPV6, plain).orElse(RESERVED);
    }
    AddressKind kind = of(carried.get());
    // Nothing legitimate uses IPv4-compatible addresses any more.
    return kind == PUBLIC && IPV4_COMPATIBLE.contains(plain) ? RESERVED : kind;
  }

  /** The IPv4 address inside an IPv4-compatible, 6to4 or NAT64 address. */
  static Optional<InetAddress> carried(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (SIX_TO_FOUR.contains(address)) {
      return Optional.of(AddressRange.address(Arrays.copyOfRange(bytes, 2, 6)));
    }
    boolean tail = IPV4_COMPATIBLE.contains(address) && first(IPV6, address).isEmpty();
    if (tail || NAT64.contains(address)) {
      return Optional.of(AddressRange.address(Arrays.copyOfRange(bytes, 12, 16)));
    }
    return Optional.empty();
  }

  /** Whether no address of the range can ever be opened. */
  static boolean neverOpenable(AddressRange range) {
    return Stream.concat(IPV4.stream(), IPV6.stream())
        .anyMatch(entry -> !entry.kind().openable && entry.range().contains(range));
  }

  private static Optional<AddressKind> first(List<Entry> entries, InetAddress address) {
    for (Entry entry : entries) {
      if (entry.range().contains(address)) {
        return Optional.of(entry.kind());
      }
    }
    return Optional.empty();
  }

  private static Entry entry(String cidr, AddressKind kind) {
    return new Entry(AddressRange.of(cidr), kind);
  }

  private record Entry(AddressRange range, AddressKind kind) {}
}
