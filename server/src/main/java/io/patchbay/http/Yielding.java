package io.patchbay.http;

import io.patchbay.http.Visit.Claim;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who gives way to newcomers. All are looked at to find the next ones, and not again while some of
 * these are left, so that thousands of newcomers a second cost little each. For one thread at a
 * time.
 */
final class Yielding {
  /** What was found is out of date after it, in nanoseconds. */
  private static final long FRESH = 100_000_000L;

  /** So many are found at once. */
  private static final int AT_ONCE = 64;

  private final Map<String, Found> found = new HashMap<>();

  private record Found(long at, Deque<Candidate> candidates) {
    boolean isFresh(long now) {
      return now - at < FRESH && !candidates.isEmpty();
    }
  }

  private record Candidate(Connected one, Claim claim) {}

  /**
   * One that has just given way, if there is any.
   *
   * @param kind of room that is needed
   * @param among whose end makes such room
   */
  Optional<Connected> next(String kind, Supplier<Stream<Connected>> among, long now) {
    return Optional.ofNullable(found.get(kind))
        .flatMap(known -> take(known, now))
        .or(() -> {
          found.values().removeIf(old -> !old.isFresh(now));
          Found again = new Found(now, candidates(among.get(), now));
          found.put(kind, again);
          return take(again, now);
        });
  }

  private static Optional<Connected> take(Found found, long now) {
    while (found.isFresh(now)) {
      Candidate next = found.candidates.removeFirst();
      Visit visit = next.one.visit();
      if (visit.claim(now).equals(next.claim) && visit.giveWay(now)) {
        return Optional.of(next.one);
      }
    }
    return Optional.empty();
  }

  /**
   * The first of those of the least worth: others may be worth less by the time it is their turn.
   */
  private static Deque<Candidate> candidates(Stream<Connected> among, long now) {
    List<Candidate> all =
        among
            .map(one -> new Candidate(one, one.visit().claim(now)))
            .filter(candidate -> !candidate.claim.isFull())
            .sorted(Comparator.comparing(Candidate::claim))
            .limit(AT_ONCE)
            .toList();
    return all.stream()
        .filter(one -> one.claim.worth() == all.getFirst().claim.worth())
        .collect(Collectors.toCollection(ArrayDeque::new));
  }
}
