package io.patchbay.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritePendingException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** One connection at its socket, where every byte is counted for its {@link Visit}. */
final class Connected extends SocketChannelEndPoint {
  private final Visit visit;
  private final String address;
  private final Connections connections;
  private volatile boolean taken;

  /** Where the server library has it. */
  record Place(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {}

  /**
   * @param address that it counts for
   */
  Connected(Place place, Visit visit, String address, Connections connections) {
    super(place.channel, place.selector, place.key, place.scheduler);
    this.visit = visit;
    this.address = address;
    this.connections = connections;
  }

  /** The connection of a request. */
  static Connected of(Request request) {
    return (Connected) request.getConnectionMetaData().getConnection().getEndPoint();
  }

  Visit visit() {
    return visit;
  }

  String address() {
    return address;
  }

  /**
   * Closes it, its visit being over: at once, or as soon as the server library has it wholly, since
   * it never gets rid of one that is closed before.
   */
  void giveUp() {
    if (taken) {
      close();
    }
  }

  @Override
  protected void needsFillInterest() {
    taken = true;
    if (visit.isOver()) {
      close();
    } else {
      super.needsFillInterest();
    }
  }

  /** What may not be received counts as the end of what the client sends. */
  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    if (!visit.mayReceive(System.nanoTime())) {
      return -1;
    }
    int filled = super.fill(buffer);
    if (filled > 0) {
      visit.received(filled, System.nanoTime());
    }
    return filled;
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    long before = remaining(buffers);
    boolean all = super.flush(buffers);
    visit.sent(before - remaining(buffers), all, System.nanoTime());
    return all;
  }

  private static long remaining(ByteBuffer... buffers) {
    long bytes = 0;
    for (ByteBuffer buffer : buffers) {
      bytes += buffer.remaining();
    }
    return bytes;
  }

  /** Sends these bytes and closes. Nothing else is being sent when a head is late. */
  void sayAndClose(byte[] last) {
    if (isOutputShutdown()) {
      close();
      return;
    }
    try {
      write(Callback.from(this::close), ByteBuffer.wrap(last));
    } catch (WritePendingException anErrorIsBeingSent) {
      close();
    }
  }

  /** Lets who waits for more of a body try again, and find that there is none. */
  void wakeReader() {
    getFillInterest().fillable();
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    connections.left(this);
  }
}
