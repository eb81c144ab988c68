package io.patchbay.store;

import io.patchbay.bot.BotStore.Version;
import io.patchbay.bot.Environment;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The live versions that were asked for last, parsed; callers share them and must not change them.
 * Bounded by the size of their texts.
 */
final class LiveVersions {
  private static final long MAX_CHARACTERS = 16L * 1024 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Place, Cached> cached = new LinkedHashMap<>(64, 0.75f, true);
  private long characters;
  private long forgotten;

  /** Bots without a live version are not remembered, so that names made up fill nothing. */
  Optional<Version> get(String bot, Environment environment, Supplier<Optional<Version>> read) {
    var place = new Place(bot, environment);
    long before;
    lock.lock();
    try {
      Cached hit = cached.get(place);
      if (hit != null) {
        return Optional.of(hit.version);
      }
      before = forgotten;
    } finally {
      lock.unlock();
    }
    Optional<Version> version = read.get();
    version.ifPresent(found -> keep(place, found, before));
    return version;
  }

  /** Must be called after the change is committed. */
  void forget(String bot, Environment environment) {
    lock.lock();
    try {
      forgotten++;
      remove(new Place(bot, environment));
    } finally {
      lock.unlock();
    }
  }

  /** What was read before something was forgotten may be what should be forgotten. */
  private void keep(Place place, Version version, long before) {
    lock.lock();
    try {
      if (forgotten != before) {
        return;
      }
      remove(place);
      var fresh = new Cached(version, size(version));
      cached.put(place, fresh);
      characters += fresh.characters;
      Iterator<Cached> oldest = cached.values().iterator();
      while (characters > MAX_CHARACTERS) {
        characters -= oldest.next().characters;
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  private void remove(Place place) {
    Cached gone = cached.remove(place);
    if (gone != null) {
      characters -= gone.characters;
    }
  }

  private static long size(Version version) {
    long code = version.code().values().stream().mapToLong(String::length).sum();
    return code + version.requirements().length() + JsonText.write(version.definition()).length();
  }

  private record Place(String bot, Environment environment) {}

  private record Cached(Version version, long characters) {}
}
