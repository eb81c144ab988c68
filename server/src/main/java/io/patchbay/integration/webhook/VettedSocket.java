package io.patchbay.integration.webhook;

import io.patchbay.integration.EgressAttempt;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A socket that asks before it connects. Whatever led here, a name, a literal in any spelling, a
 * resolver that answers differently each time: the address in {@link #connect} is the one that the
 * kernel gets, so it is the one that is decided on. No proxy, whatever the system's properties say.
 */
final class VettedSocket extends Socket {
  private final Trace trace;
  private final AtomicLong bytesOut = new AtomicLong();
  private volatile Optional<Received> received = Optional.empty();
  private Optional<InetSocketAddress> target = Optional.empty();
  private Optional<String> refusal = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private Instant time = Instant.EPOCH;
  private long startNanos;
  private volatile long endNanos;

  VettedSocket(Trace trace) {
    super(Proxy.NO_PROXY);
    this.trace = trace;
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  /** Ignores the caller's timeout for the part that is left of the deadline. */
  @Override
  public void connect(SocketAddress endpoint, int ignoredTimeout) throws IOException {
    if (!(endpoint instanceof InetSocketAddress address) || address.isUnresolved()) {
      throw new IOException("not an address");
    }
    trace.opened(this);
    trace.enter(Trace.Phase.CONNECT);
    target = Optional.of(address);
    time = trace.now();
    startNanos = System.nanoTime();
    refusal = trace.vet(address.getAddress(), address.getPort());
    if (refusal.isPresent()) {
      endNanos = System.nanoTime();
      throw new IOException("refused");
    }
    try {
      super.connect(address, Math.clamp(trace.connectBudget().toMillis(), 1, 3_600_000));
    } catch (IOException e) {
      failure = Optional.ofNullable(e.getMessage());
      endNanos = System.nanoTime();
      throw e;
    }
  }

  /** Why the policy did not let it connect. */
  Optional<String> refusal() {
    return refusal;
  }

  /** What the operating system said when it could not connect. */
  Optional<String> failure() {
    return failure;
  }

  long bytesOut() {
    return bytesOut.get();
  }

  long bytesIn() {
    return received.map(Received::bytes).orElse(0L);
  }

  /** Whether reading was ended here. */
  Received.State state() {
    return received.map(Received::state).orElse(Received.State.OPEN);
  }

  /** Empty when it never came to connecting. */
  Optional<EgressAttempt> attempt(Optional<String> name) {
    return target.map(address ->
        new EgressAttempt(
            time,
            name,
            Optional.of(address.getAddress().getHostAddress()),
            address.getPort(),
            refusal.isEmpty(),
            bytesOut.get(),
            bytesIn(),
            Duration.ofNanos((endNanos == 0 ? System.nanoTime() : endNanos) - startNanos)));
  }

  @Override
  public void close() throws IOException {
    if (endNanos == 0) {
      endNanos = System.nanoTime();
    }
    super.close();
  }

  /** The same whoever asks, so that all is counted together. */
  @Override
  public InputStream getInputStream() throws IOException {
    InputStream in = super.getInputStream();
    if (received.isEmpty()) {
      received = Optional.of(new Received(in, trace::remaining));
    }
    return received.get();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int value) throws IOException {
        out.write(value);
        bytesOut.incrementAndGet();
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        bytesOut.addAndGet(length);
      }
    };
  }
}
