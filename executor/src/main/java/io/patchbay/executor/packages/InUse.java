package io.patchbay.executor.packages;

import io.patchbay.executor.packages.PackageSets.Hold;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Which sets must not be removed. */
final class InUse {
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final SetFolder folder;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final Map<String, Integer> held = new HashMap<>();
  private final Map<String, Instant> asked = new HashMap<>();

  InUse(SetFolder folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  void askedFor(String set) {
    lock.lock();
    try {
      asked.put(set, clock.instant());
    } finally {
      lock.unlock();
    }
  }

  Optional<Hold> hold(String set) {
    lock.lock();
    try {
      if (!folder.has(set)) {
        return Optional.empty();
      }
      held.merge(set, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
    AtomicBoolean open = new AtomicBoolean(true);
    return Optional.of(() -> {
      if (open.compareAndSet(true, false)) {
        release(set);
      }
    });
  }

  private void release(String set) {
    lock.lock();
    try {
      held.computeIfPresent(set, (_, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }

  void removeOthers(Supplier<Set<String>> named) throws IOException {
    List<String> all = folder.sets();
    Set<String> kept = named.get();
    for (String set : all) {
      lock.lock();
      try {
        Instant old = clock.instant().minus(GRACE);
        asked.values().removeIf(at -> at.isBefore(old));
        if (!kept.contains(set) && !held.containsKey(set) && !asked.containsKey(set)) {
          folder.delete(set);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
