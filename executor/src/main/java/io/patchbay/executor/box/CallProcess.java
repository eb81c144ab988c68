package io.patchbay.executor.box;

import io.patchbay.executor.box.Launcher.Up;
import io.patchbay.executor.frame.Frame;
import io.patchbay.executor.frame.FrameException;
import io.patchbay.executor.frame.FrameReader;
import io.patchbay.executor.frame.FrameWriter;
import io.patchbay.executor.frame.Outgoing;
import io.patchbay.executor.net.CallNetwork;
import io.patchbay.executor.restore.Restorer;
import io.patchbay.executor.restore.Restorer.Restored;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The executor's side of one call process: its connection. The launcher kills the process as soon
 * as that is closed or its writing side is shut. Used by one thread at a time; {@link #kill} and
 * {@link #abort} by any.
 */
final class CallProcess implements AutoCloseable {
  private final Up up;
  private final SocketChannel channel;
  private final FrameReader frames;
  private Optional<CallNetwork> network = Optional.empty();
  private int id;
  private int served;
  private OptionalInt host = OptionalInt.empty();
  private Optional<Held> held = Optional.empty();
  private long snapshotBytes;

  private CallProcess(Up up, SocketChannel channel) {
    this.up = up;
    this.channel = channel;
    this.frames = new FrameReader(channel);
  }

  /** Not connected yet, so that it can be closed while it connects. */
  static CallProcess of(Up up) throws IOException {
    return new CallProcess(up, SocketChannel.open(StandardProtocolFamily.UNIX));
  }

  /**
   * @throws NobodyListensException if there is no launcher
   */
  void connect() throws ClosedChannelException, NobodyListensException {
    UnixDomainSocketAddress address = up.address();
    try {
      channel.connect(address);
    } catch (ClosedChannelException closed) {
      throw closed;
    } catch (IOException refused) {
      throw new NobodyListensException(refused.toString());
    }
  }

  Up up() {
    return up;
  }

  void send(List<Outgoing> outgoing) throws IOException {
    if (outgoing.stream().anyMatch(Outgoing::asksForBytecode)) {
      frames.awaitBytecode();
    }
    FrameWriter.write(channel, outgoing);
  }

  Optional<Frame> next() throws IOException, FrameException {
    return frames.next();
  }

  /** The launcher has said which process it is. */
  void introduced(int process, CallNetwork call) {
    id = process;
    serves(call);
  }

  boolean isIntroduced() {
    return id > 0;
  }

  /**
   * What it is put back with.
   *
   * @param process its id as this process sees it
   */
  private record Held(Restorer restorer, int process) {}

  /**
   * The restorer takes what it puts the process back with.
   *
   * @return why it cannot
   */
  Optional<String> hold(Restorer restorer) {
    OptionalInt process = host();
    if (process.isEmpty()) {
      return Optional.of("the process is not found");
    }
    Optional<String> problem = restorer.hold(process.getAsInt());
    if (problem.isEmpty()) {
      held = Optional.of(new Held(restorer, process.getAsInt()));
    }
    return problem;
  }

  private OptionalInt host() {
    if (host.isEmpty()) {
      host = HostProcess.find(up.process(), id);
    }
    return host;
  }

  /** That it has had until now; zero where it is not found. */
  Duration processorTime() {
    OptionalInt process = host();
    return process.isPresent() ? HostProcess.processorTime(process.getAsInt()) : Duration.ZERO;
  }

  boolean isHeld() {
    return held.isPresent();
  }

  /** The moment to which it is put back is now; why it cannot be. */
  Optional<String> snapshot() {
    up.supervisor().ifPresent(it -> it.forgetTouches(id));
    if (held.isEmpty()) {
      return Optional.of("the process is not held");
    }
    Restorer.Taken taken = held.get().restorer.snapshot(held.get().process);
    snapshotBytes = taken.bytes();
    return taken.problem();
  }

  /** Of the memory that the snapshot has copied. */
  long snapshotBytes() {
    return snapshotBytes;
  }

  /** Puts it back to its snapshot, at some time. */
  void restore(Consumer<Restored> told) {
    Held mine = held.orElseThrow();
    BooleanSupplier touched = () -> up.supervisor().filter(it -> it.isTouched(id)).isPresent();
    mine.restorer.restore(mine.process, touched, told);
  }

  /** It has ended or ends, so that nothing is put back any more. */
  void letGo() {
    held.ifPresent(mine -> mine.restorer.forget(mine.process));
    held = Optional.empty();
  }

  /** From now on it connects as this call. */
  void serves(CallNetwork call) {
    dismiss();
    frames.startCounting();
    network = Optional.of(call);
    up.supervisor().ifPresent(it -> it.admit(id, call));
  }

  /** False if it has ended, or said something while nobody asked it. */
  boolean isSilent() {
    if (hasSaidMore()) {
      return false;
    }
    try {
      channel.configureBlocking(false);
      int read = channel.read(ByteBuffer.allocate(1));
      channel.configureBlocking(true);
      return read == 0;
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whether something came with the last frame that would be taken for the next one. */
  boolean hasSaidMore() {
    return !frames.isEmpty();
  }

  /** Leaves the reading side open for what the dead process had still to say. */
  void kill() throws IOException {
    channel.shutdownOutput();
  }

  /** Its call is over, and whatever it still connects is refused. */
  void rests() {
    up.supervisor().ifPresent(it -> it.rests(id));
    dismiss();
    served++;
  }

  /** Calls that are over. */
  int served() {
    return served;
  }

  private void dismiss() {
    network.ifPresent(call -> up.supervisor().ifPresent(it -> it.dismiss(id, call)));
    network = Optional.empty();
  }

  /** Whether nobody has hung up here. */
  boolean isOpen() {
    return channel.isOpen();
  }

  /** Hangs up, whatever another thread reads or writes. */
  void abort() {
    try {
      channel.close();
    } catch (IOException alreadyBroken) {
      // nothing is left to be closed
    }
  }

  @Override
  public void close() {
    abort();
    dismiss();
    letGo();
    up.supervisor().ifPresent(it -> it.forget(id));
  }
}
