package io.patchbay.executor.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Writes frames of the executor, together, since each write wakes the other side up. */
public final class FrameWriter {
  private static final int HEADER = 1 + Integer.BYTES;

  private FrameWriter() {}

  public static void write(WritableByteChannel channel, List<Outgoing> frames) throws IOException {
    int length = frames.stream().mapToInt(frame -> HEADER + frame.payloadLength()).sum();
    ByteBuffer buffer = ByteBuffer.allocate(length);
    for (Outgoing frame : frames) {
      buffer.put((byte) frame.type().code()).putInt(frame.payloadLength());
      frame.parts().forEach(buffer::put);
    }
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
