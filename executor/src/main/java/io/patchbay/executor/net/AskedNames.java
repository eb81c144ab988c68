package io.patchbay.executor.net;

import io.patchbay.executor.egress.EgressPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which names one call has asked for and what they led to, so that a connection can be judged by
 * its name. For the supervisor's thread.
 */
final class AskedNames {
  static final String WHY_CLOSED = "the name is not in egress.allow, and egress.public is false";

  /** Questions that a call may ask; each name takes two. */
  static final int MAX_QUESTIONS = 2000;

  private static final int MAX_HEARD = 10 * MAX_QUESTIONS;

  private static final int MAX_NAMES_OF_ONE = 8;
  private static final int MAX_ADDRESSES = 4096;

  private final EgressPolicy policy;
  private final Map<InetAddress, Deque<String>> byAddress = new HashMap<>();
  private final Map<InetAddress, String> closed = new HashMap<>();
  private final Map<String, InetAddress> closedAddresses = new HashMap<>();
  private int questions;

  AskedNames(EgressPolicy policy) {
    this.policy = policy;
  }

  /** Whether it is still heard, be it to be refused, as code expects it of a name server. */
  boolean isHeard() {
    return questions < MAX_HEARD;
  }

  /** Counts a question; whether it may still be asked. */
  boolean mayAskAgain() {
    return ++questions <= MAX_QUESTIONS;
  }

  /**
   * A name that this call must not even ask for: looking it up would carry it out of a bot that is
   * closed. It gets an address of its own in 0.0.0.0/8, which is never connected, so that the
   * refusal comes where the code connects and can be told with name and port.
   */
  Optional<InetAddress> closedAddress(String name) {
    if (policy.mayResolve(name) || isLocal(name)) {
      return Optional.empty();
    }
    return Optional.of(
        closedAddresses.computeIfAbsent(
            name,
            _ -> {
              int number = closed.size() + 1;
              InetAddress address = address((byte) 0, (byte) (number >> 8), (byte) number);
              closed.put(address, name);
              return address;
            }));
  }

  private static InetAddress address(byte second, byte third, byte fourth) {
    try {
      return InetAddress.getByAddress(new byte[] {0, second, third, fourth});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 bytes", e);
    }
  }

  /** The loopback names, which nobody needs to be asked for. */
  static boolean isLocal(String name) {
    return name.equals("localhost") || name.endsWith(".localhost");
  }

  Optional<String> closedName(InetAddress address) {
    return Optional.ofNullable(closed.get(address));
  }

  void ledTo(String name, List<InetAddress> addresses) {
    for (InetAddress address : addresses) {
      if (byAddress.size() >= MAX_ADDRESSES && !byAddress.containsKey(address)) {
        return;
      }
      Deque<String> names = byAddress.computeIfAbsent(address, _ -> new ArrayDeque<>());
      var _ = names.remove(name);
      names.addFirst(name);
      if (names.size() > MAX_NAMES_OF_ONE) {
        names.removeLast();
      }
    }
  }

  /** The last one asked for comes first. */
  List<String> namesOf(InetAddress address) {
    return List.copyOf(byAddress.getOrDefault(address, new ArrayDeque<>()));
  }
}
