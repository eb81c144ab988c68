package io.patchbay.executor.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.egress.OperatorBounds;
import io.patchbay.executor.egress.OwnPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What hostile code finds around it on the machine, told to it in its event: three services on
 * loopback, a file of the server's that every user may read, the work folder, the server's process.
 */
final class Surroundings implements AutoCloseable {
  static final String SECRET = "only the server may know this";

  private final Path work;
  private final Path secret;
  private final ServerSocket open;
  private final ServerSocket silent;
  private final ServerSocket closed;
  private final AtomicInteger reached = new AtomicInteger();

  private Surroundings(Path work, Path secret, ServerSocket open, ServerSocket silent)
      throws IOException {
    this.work = work;
    this.secret = secret;
    this.open = open;
    this.silent = silent;
    this.closed = listener(1000);
  }

  /** A service on loopback. */
  enum Service {
    /** Greets and hangs up. */
    OPEN,
    /** Never takes a connection, and has no room for waiting ones. */
    SILENT,
    /** No bot may ever reach it. */
    CLOSED;

    /** Its name in the event and in headers. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Surroundings in(Path work) throws IOException {
    Path secret = Files.writeString(work.resolve("secret.txt"), SECRET);
    Surroundings surroundings = new Surroundings(work, secret, listener(1000), listener(1));
    Thread.ofVirtual().start(surroundings::greet);
    Thread.ofVirtual().start(surroundings::countReached);
    return surroundings;
  }

  private static ServerSocket listener(int backlog) throws IOException {
    return new ServerSocket(0, backlog, InetAddress.ofLiteral("127.0.0.1"));
  }

  String event() {
    return """
    {"body":"{}","open":%d,"silent":%d,"closed":%d,"secret":"%s","work":"%s","server":%d}\
    """
        .formatted(
            port(Service.OPEN),
            port(Service.SILENT),
            port(Service.CLOSED),
            secret,
            work,
            ProcessHandle.current().pid());
  }

  int port(Service service) {
    return switch (service) {
      case OPEN -> open.getLocalPort();
      case SILENT -> silent.getLocalPort();
      case CLOSED -> closed.getLocalPort();
    };
  }

  /** A policy that opens these and nothing else. */
  EgressPolicy policy(Collection<Service> opened) {
    List<String> allow = opened.stream().map(service -> "127.0.0.1:" + port(service)).toList();
    OwnPorts none = OwnPorts.ofThisMachine();
    return EgressPolicy.of(allow, false, new OperatorBounds(OperatorBounds.SINGLE_WORKSPACE, none));
  }

  /** How often the service that nobody may reach was reached. */
  int reached() {
    return reached.get();
  }

  private void greet() {
    while (!open.isClosed()) {
      try (Socket caller = open.accept()) {
        caller.getOutputStream().write("hello".getBytes(UTF_8));
      } catch (IOException gone) {
        // the caller, or the service itself
      }
    }
  }

  private void countReached() {
    while (!closed.isClosed()) {
      try (Socket _ = closed.accept()) {
        reached.incrementAndGet();
      } catch (IOException over) {
        // the service itself
      }
    }
  }

  @Override
  public void close() throws IOException {
    open.close();
    silent.close();
    closed.close();
    Files.deleteIfExists(secret);
  }
}
