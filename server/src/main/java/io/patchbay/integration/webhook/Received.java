package io.patchbay.integration.webhook;

import io.patchbay.executor.work.Budget;
import io.patchbay.executor.work.Busy;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What comes over one connection, counted before anybody has looked at it: TLS, heads and framing
 * included, of which a client that reads a body up to its cap otherwise keeps any amount. Read by
 * the thread that makes the call; any may ask.
 */
final class Received extends FilterInputStream {
  /** Most bytes: a body at its cap fits, also in small chunks. */
  static final long MOST = 2L * Answers.MAX_BODY + 64 * 1024;

  /** Bytes for which nothing is asked of the server's memory. */
  private static final long SMALL = 64 * 1024;

  /** A read counts as so many bytes at least: a byte that comes alone costs more than its place. */
  private static final int LEAST = 32;

  /** Bytes after which others have their turn on the carrier; they are parsed between the reads. */
  private static final int STRIDE = 16 * 1024;

  /** Whether more may come. */
  enum State {
    OPEN,
    TOO_MUCH,
    /** The server had no memory for it in time. */
    NO_ROOM
  }

  private final Supplier<Duration> patience;
  private volatile State state = State.OPEN;
  private volatile long bytes;
  private long weight;
  private long yielded;

  /**
   * @param patience how long memory may be waited for
   */
  Received(InputStream in, Supplier<Duration> patience) {
    super(in);
    this.patience = patience;
  }

  long bytes() {
    return bytes;
  }

  State state() {
    return state;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = in.read(into, offset, length);
    count(Math.max(0, read));
    return read;
  }

  /**
   * One thread writes. A virtual thread whose every read finds something would never let go of its
   * carrier.
   */
  @SuppressWarnings({"NonAtomicVolatileUpdate", "ThreadPriorityCheck"})
  private void count(int read) throws IOException {
    bytes += read;
    long before = weight;
    weight += Math.max(LEAST, read);
    if (weight > MOST) {
      end(State.TOO_MUCH);
    }
    if (before <= SMALL && weight > SMALL) {
      holdAll();
    }
    if (weight - yielded > STRIDE) {
      yielded = weight;
      Thread.yield();
    }
  }

  /** At once, since calls that have a part of it each would wait for one another. */
  private void holdAll() throws IOException {
    try {
      Budget.holdPlain(MOST, patience.get());
    } catch (Busy noRoom) {
      end(State.NO_ROOM);
    }
  }

  private void end(State why) throws IOException {
    state = why;
    in.close();
    throw new IOException("nothing more is read: " + why);
  }
}
