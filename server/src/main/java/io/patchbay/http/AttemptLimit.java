package io.patchbay.http;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down guessing: a client address may fail {@value #BURST} times at once, and again each time
 * that {@link #REFILL} has passed. Remembers a bounded number of addresses, those that failed last.
 */
final class AttemptLimit {
  static final int BURST = 10;
  static final Duration REFILL = Duration.ofSeconds(6);
  static final int ADDRESSES = 10_000;

  private final Clock clock;

  /** Address to the instant, in milliseconds, when all its failures will be forgiven. */
  private final Map<String, Long> forgivenAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > ADDRESSES;
        }
      };

  AttemptLimit(Clock clock) {
    this.clock = clock;
  }

  /** How long this address must wait before it may try again; zero: not at all. */
  synchronized Duration pause(String address) {
    long debt = forgivenAt.getOrDefault(network(address), 0L) - clock.millis();
    long allowed = (BURST - 1) * REFILL.toMillis();
    return debt <= allowed ? Duration.ZERO : Duration.ofMillis(debt - allowed);
  }

  synchronized void failed(String address) {
    long now = clock.millis();
    forgivenAt.merge(
        network(address),
        now + REFILL.toMillis(),
        (before, _) -> Math.max(before, now) + REFILL.toMillis());
  }

  /** One household of IPv6 has 2^64 addresses: the first half counts. */
  static String network(String address) {
    String[] groups = address.replace("[", "").split(":", -1);
    return groups.length < 4
        ? address
        : String.join(":", groups[0], groups[1], groups[2], groups[3]);
  }
}
