package io.patchbay.executor.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Writes the one frame that the executor sends on a connection. */
public final class FrameWriter {
  private FrameWriter() {}

  /** Bytes of the payload that these fields make. */
  public static long payloadLength(List<byte[]> fields) {
    long length = 0;
    for (byte[] field : fields) {
      length += Integer.BYTES + (long) field.length;
    }
    return length;
  }

  /**
   * @throws IllegalArgumentException if the payload is above the cap of its type
   */
  public static void write(WritableByteChannel channel, FrameType type, List<byte[]> fields)
      throws IOException {
    long length = payloadLength(fields);
    if (length > type.cap()) {
      throw new IllegalArgumentException(type + " of " + length + " bytes");
    }
    ByteBuffer frame = ByteBuffer.allocate(1 + Integer.BYTES + (int) length);
    frame.put((byte) type.code()).putInt((int) length);
    for (byte[] field : fields) {
      frame.putInt(field.length).put(field);
    }
    frame.flip();
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }
}
