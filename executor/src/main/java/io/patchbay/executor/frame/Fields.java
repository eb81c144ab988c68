package io.patchbay.executor.frame;

import io.patchbay.executor.frame.Frame.Stream;
import io.patchbay.executor.frame.FrameException.Kind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The values inside one payload, in order. */
final class Fields {
  private final ByteBuffer in;

  Fields(byte[] payload) {
    in = ByteBuffer.wrap(payload);
  }

  /** UTF-8 with replacement characters where it does not decode. */
  String text() throws FrameException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** A decimal number from 0 on. */
  int number() throws FrameException {
    String text = text();
    try {
      int number = Integer.parseInt(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // told below, with the negative ones
    }
    throw new FrameException(Kind.VIOLATION, "not a number in a frame");
  }

  Stream stream() throws FrameException {
    return switch (octet()) {
      case 1 -> Stream.OUT;
      case 2 -> Stream.ERR;
      default -> throw new FrameException(Kind.VIOLATION, "neither standard out nor error");
    };
  }

  int octet() throws FrameException {
    try {
      return in.get() & 0xff;
    } catch (BufferUnderflowException cut) {
      throw tooShort();
    }
  }

  long offset() throws FrameException {
    return count("an offset");
  }

  Frame.Measure measure() throws FrameException {
    return new Frame.Measure(count("processor time"), count("memory"));
  }

  Optional<Frame.Measure> measureIfThere() throws FrameException {
    return in.hasRemaining() ? Optional.of(measure()) : Optional.empty();
  }

  /** Eight bytes, a number from 0 on. */
  private long count(String what) throws FrameException {
    try {
      long count = in.getLong();
      if (count >= 0) {
        return count;
      }
    } catch (BufferUnderflowException cut) {
      throw tooShort();
    }
    throw new FrameException(Kind.VIOLATION, what + " below zero");
  }

  /** A process id: four bytes, above zero. */
  int process() throws FrameException {
    if (in.remaining() < Integer.BYTES) {
      throw tooShort();
    }
    int process = in.getInt();
    if (process <= 0) {
      throw new FrameException(Kind.VIOLATION, "not the id of a process");
    }
    return process;
  }

  byte[] rest() {
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return rest;
  }

  private byte[] bytes() throws FrameException {
    if (in.remaining() < Integer.BYTES) {
      throw tooShort();
    }
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw tooShort();
    }
    byte[] value = new byte[length];
    in.get(value);
    return value;
  }

  private static FrameException tooShort() {
    return new FrameException(Kind.VIOLATION, "a frame is shorter than its fields");
  }
}
