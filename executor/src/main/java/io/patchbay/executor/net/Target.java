package io.patchbay.executor.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where a connection is to lead: a copy that nobody can change after it was checked.
 *
 * @param family of the address as it was written: an IPv6 one may carry an IPv4 address
 * @param bytes 4 or 16
 * @param scope interface of an IPv6 address, 0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // made from a copy and never compared
record Target(int family, byte[] bytes, int scope, int port) {
  /** The longest address of any family. */
  static final int LONGEST = 128;

  private static final int INET_LENGTH = 16;
  private static final int INET6_LENGTH = 24;
  private static final int INET6_LENGTH_WITH_SCOPE = 28;

  /** The longest that {@link #encode} needs. */
  static final int ENCODED = INET6_LENGTH_WITH_SCOPE;

  /** What was read, or why it cannot be connected. */
  sealed interface Parsed {
    record Fine(Target target) implements Parsed {}

    record Wrong(int error) implements Parsed {}
  }

  /**
   * @param address what the caller passed, no longer than {@link #LONGEST}
   * @param domain family of the caller's socket
   */
  static Parsed parse(MemorySegment address, int domain) {
    if (address.byteSize() < 2) {
      return new Parsed.Wrong(Linux.EINVAL);
    }
    int family = Short.toUnsignedInt(address.get(JAVA_SHORT.withByteAlignment(1), 0));
    if (family != domain) {
      return new Parsed.Wrong(Linux.EAFNOSUPPORT);
    }
    boolean inet = family == Linux.AF_INET;
    if (address.byteSize() < (inet ? INET_LENGTH : INET6_LENGTH)) {
      return new Parsed.Wrong(Linux.EINVAL);
    }
    int port = (octet(address, 2) << 8) | octet(address, 3);
    byte[] bytes = address.asSlice(inet ? 4 : 8, inet ? 4 : 16).toArray(JAVA_BYTE);
    int scope =
        inet || address.byteSize() < INET6_LENGTH_WITH_SCOPE
            ? 0
            : address.get(JAVA_INT.withByteAlignment(1), 24);
    return new Parsed.Fine(new Target(family, bytes, scope, port));
  }

  private static int octet(MemorySegment from, long offset) {
    return Byte.toUnsignedInt(from.get(JAVA_BYTE, offset));
  }

  /** IPv4 where it is IPv4-mapped. */
  InetAddress address() {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  /** As the kernel reads it: the used part of the room. */
  MemorySegment encode(MemorySegment room) {
    boolean inet = family == Linux.AF_INET;
    MemorySegment address = room.asSlice(0, inet ? INET_LENGTH : INET6_LENGTH_WITH_SCOPE);
    address.fill((byte) 0);
    address.set(JAVA_SHORT, 0, (short) family);
    address.set(JAVA_BYTE, 2, (byte) (port >> 8));
    address.set(JAVA_BYTE, 3, (byte) port);
    MemorySegment.copy(bytes, 0, address, JAVA_BYTE, inet ? 4 : 8, bytes.length);
    if (!inet) {
      address.set(JAVA_INT, 24, scope);
    }
    return address;
  }
}
