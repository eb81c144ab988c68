package io.patchbay.executor.frame;

import io.patchbay.executor.frame.Frame.Stream;
import io.patchbay.executor.frame.FrameException.Kind;
import io.patchbay.executor.work.Budget;
import io.patchbay.executor.work.Busy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the frames of one connection. Buffers at most one payload, and that only after its length
 * was checked against the cap of its type. Not safe for use by several threads.
 */
public final class FrameReader {
  /** Bytes of all frames of a call but BYTECODE, RESULT and ERROR, headers included. */
  public static final int MAX_CHATTER = 2 << 20;

  private static final int HEADER = 5;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(8 << 10).flip();
  private int chatter;
  private int seen;
  private boolean compiles;
  private boolean held;

  public FrameReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /** The next frame; empty at the end of the connection. */
  public Optional<Frame> next() throws IOException, FrameException {
    byte[] header = new byte[HEADER];
    int got = fill(header);
    if (got == 0) {
      return Optional.empty();
    }
    if (got < HEADER) {
      throw cut();
    }
    FrameType type = type(header[0]);
    checkPlace(type);
    seen++;
    held |= type == FrameType.HELD;
    int length = checkedLength(type, ByteBuffer.wrap(header).getInt(1));
    // What a result becomes later is held with it.
    int large = type == FrameType.RESULT ? length : 0;
    try {
      Budget.hold(large);
      byte[] payload = new byte[length];
      if (fill(payload) < length) {
        throw cut();
      }
      return Optional.of(Budget.spend(large, () -> parse(type, new Fields(payload))));
    } catch (Busy noRoom) {
      throw new FrameException(
          Kind.NO_ROOM, "The server had too much to work on to read the result in time");
    }
  }

  /** The process was sent a source without bytecode, and says first what it has compiled it to. */
  public void awaitBytecode() {
    compiles = true;
  }

  /** Whether all that came was read as frames. */
  public boolean isEmpty() {
    return !buffer.hasRemaining();
  }

  /** For the next call of the same process. */
  public void startCounting() {
    chatter = 0;
  }

  /**
   * Only the launcher can be first; whoever says PROCESS later wants to be another process. And of
   * a process that compiles, what is second was said before the builder's code could say anything.
   */
  private void checkPlace(FrameType type) throws FrameException {
    boolean misplaced =
        (type == FrameType.PROCESS && seen != 0)
            || (type == FrameType.HELD && seen != 1)
            || (type == FrameType.BYTECODE && !(compiles && seen == (held ? 2 : 1)));
    if (misplaced) {
      throw new FrameException(Kind.VIOLATION, type + " behind other frames");
    }
  }

  private static FrameType type(byte code) throws FrameException {
    FrameType type = FrameType.fromBox(code);
    if (type == null) {
      throw new FrameException(Kind.VIOLATION, "unknown frame type " + (code & 0xff));
    }
    return type;
  }

  private int checkedLength(FrameType type, int length) throws FrameException {
    if (length < 0 || length > type.cap()) {
      Kind kind = type == FrameType.RESULT ? Kind.RESULT_TOO_LARGE : Kind.VIOLATION;
      String size = Integer.toUnsignedString(length);
      throw new FrameException(kind, type + " of " + size + " bytes; " + type.cap() + " allowed");
    }
    if (type.isChatter()) {
      chatter += HEADER + length;
      if (chatter > MAX_CHATTER) {
        throw new FrameException(Kind.VIOLATION, "more than " + MAX_CHATTER + " bytes of frames");
      }
    }
    return length;
  }

  private static Frame parse(FrameType type, Fields in) throws FrameException {
    return switch (type) {
      case LOADED -> new Frame.Loaded();
      case HELD -> new Frame.Held();
      case BYTECODE -> new Frame.Bytecode(in.rest());
      case LOG -> new Frame.Log(in.text(), in.text(), in.text());
      case STDOUT -> new Frame.Printed(Stream.OUT, in.rest());
      case STDERR -> new Frame.Printed(Stream.ERR, in.rest());
      case RAW -> new Frame.Raw(in.stream(), in.offset(), in.rest());
      case PROCESS -> new Frame.Introduction(in.process());
      case RESULT -> new Frame.Result(checkedJson(in.rest()));
      case ERROR -> new Frame.Failure(in.text(), in.text(), in.text(), in.number(), in.number());
      case ENDED ->
          new Frame.Ended(in.octet() != 0, in.octet() != 0, in.octet(), in.measureIfThere());
      case MEASURE -> in.measure();
      case CALL, CHECK, ORDER, LOAD, GO ->
          throw new FrameException(Kind.VIOLATION, type + " from the box");
    };
  }

  private static String checkedJson(byte[] payload) throws FrameException {
    Optional<String> problem = StrictJson.problem(payload);
    if (problem.isPresent()) {
      throw new FrameException(Kind.BAD_RESULT, problem.get());
    }
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** Bytes read: fewer than asked for only at the end of the connection. */
  private int fill(byte[] target) throws IOException {
    int got = 0;
    while (got < target.length) {
      if (!buffer.hasRemaining() && !readMore()) {
        return got;
      }
      int count = Math.min(buffer.remaining(), target.length - got);
      buffer.get(target, got, count);
      got += count;
    }
    return got;
  }

  private boolean readMore() throws IOException {
    buffer.clear();
    try {
      return channel.read(buffer) > 0;
    } finally {
      buffer.flip();
    }
  }

  private static FrameException cut() {
    return new FrameException(Kind.VIOLATION, "the connection ended inside a frame");
  }
}
