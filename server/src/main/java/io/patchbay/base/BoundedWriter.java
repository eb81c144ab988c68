package io.patchbay.base;

import java.io.IOException;
import java.io.Writer;

/** Keeps up to so many characters, and fails at the first beyond. */
final class BoundedWriter extends Writer {
  private final StringBuilder text = new StringBuilder();
  private final int most;
  private boolean full;

  BoundedWriter(int most) {
    this.most = most;
  }

  boolean isFull() {
    return full;
  }

  @Override
  public void write(char[] from, int offset, int length) throws IOException {
    full |= length > most - text.length();
    if (full) {
      throw new IOException("there are more than " + most + " characters");
    }
    text.append(from, offset, length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return text.toString();
  }
}
