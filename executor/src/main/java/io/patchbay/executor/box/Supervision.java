package io.patchbay.executor.box;

import io.patchbay.executor.net.Lookup;
import io.patchbay.executor.net.Supervisor;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/** The supervisor of one launcher's connections, or the reason why there is none. */
final class Supervision implements AutoCloseable {
  private final Path control;
  private final Lookup lookup;
  private Optional<Supervisor> supervisor = Optional.empty();
  private Optional<String> problem = Optional.of("the launcher did not ask to be supervised");

  Supervision(Path control, Lookup lookup) {
    this.control = control;
    this.lookup = lookup;
  }

  /** The launcher waits until its listener was taken. */
  void begin() {
    try {
      supervisor = Optional.of(Supervisor.start(control, lookup));
      problem = Optional.empty();
    } catch (IOException | RuntimeException | LinkageError failed) {
      problem = Optional.of("connections cannot be supervised: " + failed);
      decline();
    }
  }

  /** So that the launcher does not wait for nothing. */
  private void decline() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      var _ = channel.connect(UnixDomainSocketAddress.of(control));
    } catch (IOException gone) {
      // it has not waited, then
    }
  }

  /** From now on every connection is refused. */
  void impossible(String why) {
    close();
    supervisor = Optional.empty();
    problem = Optional.of(why);
  }

  Optional<Supervisor> supervisor() {
    return supervisor;
  }

  Optional<String> problem() {
    return problem;
  }

  @Override
  public void close() {
    supervisor.ifPresent(Supervisor::close);
  }
}
