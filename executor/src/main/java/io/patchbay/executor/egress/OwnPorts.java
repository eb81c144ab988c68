package io.patchbay.executor.egress;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Where the server itself listens, which no bot may reach. Filled as listeners open; safe for use
 * by many threads.
 */
public final class OwnPorts {
  private final Predicate<InetAddress> local;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

  /**
   * @param local whether an address belongs to this machine; loopback addresses always do
   */
  public OwnPorts(Predicate<InetAddress> local) {
    this.local = local;
  }

  /** Takes the addresses of the network interfaces for local. */
  public static OwnPorts ofThisMachine() {
    return new OwnPorts(OwnPorts::onAnInterface);
  }

  /** Closes the port on every address of this machine. */
  public void add(int port) {
    listeners.add(new Listener(Optional.empty(), port));
  }

  /** Closes the port on one address. */
  public void add(InetAddress address, int port) {
    listeners.add(new Listener(Optional.of(AddressRange.plain(address)), port));
  }

  boolean covers(InetAddress address, int port) {
    InetAddress plain = AddressRange.plain(address);
    return listeners.contains(new Listener(Optional.of(plain), port))
        || (listeners.contains(new Listener(Optional.empty(), port))
            && (AddressKind.of(plain) == AddressKind.LOOPBACK || local.test(plain)));
  }

  private static boolean onAnInterface(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true;
    }
  }

  /**
   * @param address empty means every address of this machine
   */
  private record Listener(Optional<InetAddress> address, int port) {}
}
