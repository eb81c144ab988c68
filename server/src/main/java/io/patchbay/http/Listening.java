package io.patchbay.http;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Takes connections in from the port, as many as {@link Connections} have room for, and reads
 * heads. It has threads of its own: answers that go on being sent never make a head wait.
 */
final class Listening extends ServerConnector {
  private static final int ACCEPTORS = 1;
  private static final int SELECTORS = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);

  /**
   * Connections that wait in the kernel to be taken in; one beyond it tries again after a second.
   */
  private static final int WAITING = 4096;

  /**
   * Bytes of answers that the kernel holds for one who does not read: left to itself it takes some
   * mebibytes for each.
   */
  private static final int UNREAD = 128 * 1024;

  private final Connections connections;

  Listening(Server server, HttpConfiguration http, Connections connections) {
    super(
        server,
        HttpServer.threads("patchbay-door"),
        null,
        null,
        ACCEPTORS,
        SELECTORS,
        new HttpConnectionFactory(http));
    this.connections = connections;
    setAcceptQueueSize(WAITING);
    setAcceptedSendBufferSize(UNREAD);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
    Connected connected =
        connections.admit(new Connected.Place(channel, selector, key, getScheduler()));
    connected.setIdleTimeout(getIdleTimeout());
    return connected;
  }
}
