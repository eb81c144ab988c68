package io.patchbay.integration.webhook;

import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.egress.EgressPolicy.Verdict;
import io.patchbay.integration.EgressAttempt;
import io.patchbay.integration.Measures;
import io.patchbay.integration.SecretMask;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import okhttp3.Response;

/**
 * One request on its way: what it may connect to, how long it may take, how far it came. Used by
 * the thread that makes the call, only.
 */
final class Trace {
  /** What a request is doing, in order. */
  enum Phase {
    DNS("resolving the name"),
    CONNECT("connecting"),
    TLS("in the TLS handshake"),
    SEND("sending the request"),
    WAIT("waiting for the answer"),
    READ("reading the answer");

    private final String text;

    Phase(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * @param timeout what the builder asked for
   * @param left what is left of it
   */
  record Budget(Duration timeout, Duration left) {}

  /** Longest that one request is given. */
  private static final Duration MOST = Duration.ofHours(1);

  private final EgressPolicy policy;
  private final Endpoint.Usable endpoint;
  private final Clock clock;
  private final Duration timeout;
  private final long endNanos;
  private final SecretMask mask;
  private final Transcript transcript = new Transcript();

  private final List<VettedSocket> sockets = new ArrayList<>();
  private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
  private final List<EgressAttempt> unresolved = new ArrayList<>();
  private Optional<Phase> phase = Optional.empty();
  private long phaseStart;
  private int addresses = 1;
  private OptionalInt status = OptionalInt.empty();

  Trace(
      EgressPolicy policy, Endpoint.Usable endpoint, SecretMask mask, Clock clock, Budget budget) {
    this.policy = policy;
    this.endpoint = endpoint;
    this.mask = mask;
    this.clock = clock;
    this.timeout = budget.timeout();
    Duration left = budget.left().compareTo(MOST) < 0 ? budget.left() : MOST;
    this.endNanos = System.nanoTime() + left.toNanos();
  }

  Duration remaining() {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }

  Duration timeout() {
    return timeout;
  }

  Instant now() {
    return clock.instant();
  }

  void enter(Phase next) {
    leave();
    phase = Optional.of(next);
    phaseStart = System.nanoTime();
  }

  /** Stops the clock of the phase that runs; the phase stays the last one. */
  void leave() {
    phase.ifPresent(last -> nanos.merge(last, System.nanoTime() - phaseStart, Long::sum));
    phaseStart = System.nanoTime();
  }

  /** The phase that was entered last. */
  Optional<Phase> phase() {
    return phase;
  }

  void resolved(int addresses) {
    this.addresses = addresses;
  }

  void notResolved() {
    unresolved.add(
        new EgressAttempt(
            now(),
            shownName(),
            Optional.empty(),
            endpoint.url().port(),
            true,
            0,
            0,
            Duration.ofNanos(nanos.getOrDefault(Phase.DNS, 0L))));
  }

  /**
   * Decides on the very address that is about to be connected.
   *
   * @return why it must not be; empty to go on
   */
  Optional<String> vet(InetAddress address, int port) {
    Verdict verdict = policy.decide(endpoint.name(), address, port);
    return switch (verdict) {
      case Verdict.Denied(String why) -> Optional.of(why);
      case Verdict.Allowed(boolean named) when endpoint.cleartext() && !named ->
          Optional.of(address.getHostAddress() + " is not named by egress.allow");
      case Verdict.Allowed _ -> Optional.empty();
    };
  }

  void opened(VettedSocket socket) {
    sockets.add(socket);
  }

  /** A fair part of what is left for this address, so that a dead one leaves time for the rest. */
  Duration connectBudget() {
    return remaining().dividedBy(Math.max(1, addresses - sockets.size() + 1));
  }

  void answered(Response response) {
    status = OptionalInt.of(response.code());
    transcript.answered(response);
  }

  OptionalInt status() {
    return status;
  }

  Endpoint.Usable endpoint() {
    return endpoint;
  }

  SecretMask mask() {
    return mask;
  }

  Transcript transcript() {
    return transcript;
  }

  List<VettedSocket> sockets() {
    return sockets;
  }

  /** Host and port as shown to people. */
  String shownTarget() {
    String host = endpoint.url().host();
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : mask.mask(host);
    return shown + ":" + endpoint.url().port();
  }

  private Optional<String> shownName() {
    return endpoint.name().map(mask::mask);
  }

  List<EgressAttempt> egress() {
    var all = new ArrayList<>(unresolved);
    sockets.forEach(socket -> socket.attempt(shownName()).ifPresent(all::add));
    return all;
  }

  /** Milliseconds by phase, of those that were entered; and what went over all connections. */
  Map<String, Double> measures() {
    var measures = new LinkedHashMap<String, Double>();
    nanos.forEach(
        (phase, spent) -> measures.put(phase.name().toLowerCase(Locale.ROOT), spent / 1e6));
    measures.put(
        Measures.BYTES_OUT, (double) sockets.stream().mapToLong(VettedSocket::bytesOut).sum());
    measures.put(
        Measures.BYTES_IN, (double) sockets.stream().mapToLong(VettedSocket::bytesIn).sum());
    return measures;
  }
}
