package io.patchbay.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Codes for links that sign a browser in without typing the token. Each works once, for 15 minutes;
 * beyond {@value #MOST} unused ones the oldest gives way.
 */
public final class SignInCodes {
  static final Duration LIFETIME = Duration.ofMinutes(15);
  static final int MOST = 16;

  private final Clock clock;
  private final RandomGenerator random;
  private final Map<Digest, Instant> endsAt =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Instant> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param random must be unguessable and safe for several threads, such as {@code SecureRandom}
   */
  public SignInCodes(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public synchronized String make() {
    String code = Digest.randomText(random);
    endsAt.put(Digest.of(code), clock.instant().plus(LIFETIME));
    return code;
  }

  /** Whether the code is good; it is used up by this. */
  synchronized boolean redeem(String code) {
    Instant end = endsAt.remove(Digest.of(code));
    return end != null && clock.instant().isBefore(end);
  }
}
