package io.patchbay.integration.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host name. May block for long; safe for use by many threads. */
@FunctionalInterface
public interface HostResolver {
  /** The resolver of the operating system. */
  HostResolver SYSTEM = name -> List.of(InetAddress.getAllByName(name));

  /**
   * @throws UnknownHostException when the name has no address
   */
  List<InetAddress> resolve(String name) throws UnknownHostException;
}
