package io.patchbay.executor.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A block of addresses of one family. An IPv4-mapped IPv6 address is the IPv4 address that it
 * stands for, everywhere in this package.
 *
 * @param base its first address
 * @param prefix how many leading bits its addresses share: 0-32 or 0-128
 */
public record AddressRange(InetAddress base, int prefix) {
  /** Every range holds only addresses of its base's family, host bits of the base are zero. */
  public AddressRange {
    base = plain(base);
    if (prefix < 0 || prefix > base.getAddress().length * 8) {
      throw new IllegalArgumentException("no such prefix length: " + prefix);
    }
    if (!Arrays.equals(base.getAddress(), masked(base.getAddress(), prefix))) {
      throw new IllegalArgumentException("bits are set behind the prefix");
    }
  }

  /** The range of this one address. */
  static AddressRange single(InetAddress address) {
    InetAddress plain = plain(address);
    return new AddressRange(plain, plain.getAddress().length * 8);
  }

  /** The range of that size that holds the address. */
  static AddressRange around(InetAddress address, int prefix) {
    return new AddressRange(address(masked(plain(address).getAddress(), prefix)), prefix);
  }

  /** From a literal that is known to be right, such as {@code 10.0.0.0/8}. */
  static AddressRange of(String cidr) {
    int slash = cidr.indexOf('/');
    return new AddressRange(
        InetAddress.ofLiteral(cidr.substring(0, slash)),
        Integer.parseInt(cidr.substring(slash + 1)));
  }

  public boolean contains(InetAddress address) {
    byte[] bytes = plain(address).getAddress();
    byte[] start = base.getAddress();
    return bytes.length == start.length && Arrays.equals(masked(bytes, prefix), start);
  }

  boolean contains(AddressRange other) {
    return other.prefix >= prefix && contains(other.base);
  }

  boolean overlaps(AddressRange other) {
    return contains(other) || other.contains(this);
  }

  /** The same address, as IPv4 where it is IPv4-mapped, and without an interface. */
  static InetAddress plain(InetAddress address) {
    return address instanceof Inet4Address ? address : address(address.getAddress());
  }

  /** The address of four or sixteen bytes; the JDK turns IPv4-mapped ones into IPv4. */
  static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }

  private static byte[] masked(byte[] bytes, int prefix) {
    byte[] masked = bytes.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.clamp(prefix - i * 8, 0, 8);
      masked[i] &= (byte) (0xff00 >> kept);
    }
    return masked;
  }

  @Override
  public String toString() {
    boolean one = prefix == base.getAddress().length * 8;
    return base.getHostAddress() + (one ? "" : "/" + prefix);
  }
}
