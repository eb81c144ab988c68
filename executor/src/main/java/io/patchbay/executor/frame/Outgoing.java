package io.patchbay.executor.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A frame that the executor sends.
 *
 * @param parts of the payload, in order
 */
public record Outgoing(FrameType type, List<byte[]> parts) {
  private static final int PACKAGE_NAME = 32;

  /**
   * @throws IllegalArgumentException if the payload is above the cap of its type
   */
  public Outgoing {
    parts = List.copyOf(parts);
    long length = parts.stream().mapToLong(part -> part.length).sum();
    if (length > type.cap()) {
      throw new IllegalArgumentException(type + " of " + length + " bytes");
    }
  }

  /** Which kind of process is wanted; the launcher reads this one and nothing else. */
  public static Outgoing order(int preload, Optional<String> packages) {
    byte[] name = packages.orElse("").getBytes(US_ASCII);
    if (name.length != 0 && name.length != PACKAGE_NAME) {
      throw new IllegalArgumentException("not the name of a package set: " + packages);
    }
    byte[] padded = Arrays.copyOf(name, PACKAGE_NAME);
    return new Outgoing(FrameType.ORDER, List.of(new byte[] {(byte) preload}, padded));
  }

  /** The payload is these fields. */
  public static Outgoing of(FrameType type, byte[]... fields) {
    List<byte[]> parts = new ArrayList<>(2 * fields.length);
    for (byte[] field : fields) {
      parts.add(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
      parts.add(field);
    }
    return new Outgoing(type, parts);
  }

  /** Whether it has the receiver compile a source, and say so before anything else. */
  public boolean asksForBytecode() {
    return type == FrameType.LOAD && parts.getLast().length == 0;
  }

  public static byte[] text(String value) {
    return value.getBytes(UTF_8);
  }

  public static byte[] number(long value) {
    return text(Long.toString(value));
  }

  int payloadLength() {
    return parts.stream().mapToInt(part -> part.length).sum();
  }
}
