package io.patchbay.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Signed-in browsers. Kept in memory only, under the digest of their id: they end with this
 * process. Beyond {@value #MOST} the oldest gives way.
 */
final class Sessions {
  static final Duration LIFETIME = Duration.ofHours(12);
  static final int MOST = 1_000;

  private final Clock clock;
  private final RandomGenerator random;
  private final Map<Digest, Session> byId =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Session> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param csrfToken what the page must send back with every change
   */
  record Session(String csrfToken, Instant endsAt) {}

  /**
   * @param id goes into the cookie and is not kept
   */
  record Opened(String id, Session session) {}

  /**
   * @param random must be unguessable and safe for several threads, such as {@code SecureRandom}
   */
  Sessions(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  synchronized Opened open() {
    String id = Digest.randomText(random);
    var session = new Session(Digest.randomText(random), clock.instant().plus(LIFETIME));
    byId.put(Digest.of(id), session);
    return new Opened(id, session);
  }

  synchronized Optional<Session> find(String id) {
    Session session = byId.get(Digest.of(id));
    if (session != null && !clock.instant().isBefore(session.endsAt)) {
      byId.remove(Digest.of(id));
      return Optional.empty();
    }
    return Optional.ofNullable(session);
  }

  synchronized void close(String id) {
    byId.remove(Digest.of(id));
  }
}
