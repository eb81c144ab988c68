package io.patchbay.executor.egress;

import java.net.InetAddress;

/**
 * A host as it was written, understood before anybody resolves it. Addresses have many spellings
 * ({@code 2130706433}, {@code 0x7f.1} and {@code 0177.0.0.1} all mean {@code 127.0.0.1}) and
 * resolvers differ in which they take; here each becomes its true address, or is refused.
 */
public sealed interface HostText {
  /** An address, however it was spelt. */
  record Address(InetAddress address) implements HostText {}

  /**
   * @param name lower case, ASCII, without a trailing dot
   */
  record Name(String name) implements HostText {}

  /**
   * @param why what is wrong, without repeating the host
   */
  record Refused(String why) implements HostText {}

  /** Understands a host without brackets around an IPv6 address. */
  static HostText parse(String host) {
    return HostTextParser.parse(host);
  }
}
