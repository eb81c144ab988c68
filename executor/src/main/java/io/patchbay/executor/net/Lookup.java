package io.patchbay.executor.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name; may take long. */
@FunctionalInterface
public interface Lookup {
  /**
   * @throws UnknownHostException when there is no address
   */
  List<InetAddress> resolve(String name) throws UnknownHostException;

  /** As this machine resolves names. */
  static Lookup system() {
    return name -> List.of(InetAddress.getAllByName(name));
  }
}
