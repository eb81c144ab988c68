package io.patchbay.executor.net;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A question of the domain name system and its answers (RFC 1035): as much of it as the resolvers
 * of C libraries use.
 *
 * @param id of the message, given back
 * @param section the question as it came, given back
 * @param name lower case, without a trailing dot
 */
@SuppressWarnings("ArrayRecordComponent") // made from a copy and never compared
record DnsQuestion(int id, byte[] section, String name, int type) {
  static final int NO_ERROR = 0;
  static final int SERVER_FAILURE = 2;
  static final int UNKNOWN_NAME = 3;
  static final int REFUSED = 5;

  /** Bytes of a message; a question needs at most 271, and options some more. */
  static final int LONGEST = 1024;

  private static final int HEADER = 12;
  private static final int TYPE_A = 1;
  private static final int TYPE_AAAA = 28;
  private static final int CLASS_INTERNET = 1;
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;

  private static final int RESPONSE = 0x8180; // with recursion desired and available
  private static final int QUERY_BITS = 0xf800; // response, operation
  private static final int POINTER_TO_QUESTION = 0xc000 | HEADER;
  private static final int SECONDS_TO_LIVE = 5;
  private static final int MOST_ANSWERS = 16;

  /** Empty unless it is one well-formed question; a name is letters, digits, {@code - _}. */
  static Optional<DnsQuestion> parse(byte[] message) {
    if (message.length < HEADER) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(message);
    int flags = in.getShort(2);
    if ((flags & QUERY_BITS) != 0 || in.getShort(4) != 1) {
      return Optional.empty();
    }
    StringBuilder name = new StringBuilder();
    int end = readName(message, name);
    if (end < 0 || end + 4 > message.length || in.getShort(end + 2) != CLASS_INTERNET) {
      return Optional.empty();
    }
    return Optional.of(
        new DnsQuestion(
            Short.toUnsignedInt(in.getShort(0)),
            Arrays.copyOfRange(message, HEADER, end + 4),
            name.toString().toLowerCase(Locale.ROOT),
            Short.toUnsignedInt(in.getShort(end))));
  }

  /** The position behind the name, or -1. */
  private static int readName(byte[] message, StringBuilder name) {
    int position = HEADER;
    while (position < message.length && message[position] != 0) {
      int length = message[position++];
      if (length < 0 || length > LONGEST_LABEL || position + length >= message.length) {
        return -1;
      }
      name.append(name.isEmpty() ? "" : ".");
      for (int i = 0; i < length; i++) {
        int c = message[position++];
        if (!Character.isLetterOrDigit(c) && c != '-' && c != '_') {
          return -1;
        }
        name.append((char) c);
      }
    }
    return position < message.length && name.length() <= LONGEST_NAME ? position + 1 : -1;
  }

  /** Whether it asks for addresses; there is nothing else to be told. */
  boolean asksForAddresses() {
    return !name.isEmpty() && (type == TYPE_A || type == TYPE_AAAA);
  }

  /** Those of the family that was asked for. */
  byte[] answer(List<InetAddress> addresses) {
    List<InetAddress> wanted =
        addresses.stream()
            .filter(address -> address.getAddress().length == (type == TYPE_A ? 4 : 16))
            .limit(MOST_ANSWERS)
            .toList();
    return message(NO_ERROR, wanted);
  }

  byte[] answer(int code) {
    return message(code, List.of());
  }

  /** With its length before it, as it is sent over a stream. */
  private byte[] message(int code, List<InetAddress> addresses) {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putShort((short) id).putShort((short) (RESPONSE | code)).putShort((short) 1);
    header.putShort((short) addresses.size()).putInt(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.array());
    out.writeBytes(section);
    for (InetAddress address : addresses) {
      byte[] data = address.getAddress();
      ByteBuffer record = ByteBuffer.allocate(12 + data.length);
      record.putShort((short) POINTER_TO_QUESTION).putShort((short) type);
      record.putShort((short) CLASS_INTERNET).putInt(SECONDS_TO_LIVE);
      record.putShort((short) data.length).put(data);
      out.writeBytes(record.array());
    }
    byte[] message = out.toByteArray();
    return ByteBuffer.allocate(2 + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }
}
