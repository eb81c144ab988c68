package io.patchbay.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What was read last, parsed; callers share it and must not change it. Bounded by the size of its
 * texts. Sound only as long as this process alone writes.
 */
final class RecentReads<K, V> {
  static final long MAX_CHARACTERS = 16L * 1024 * 1024;

  /** What an entry takes beside its texts, in characters. */
  private static final long ENTRY = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, Cached<V>> cached = new LinkedHashMap<>(64, 0.75f, true);
  private final ToLongFunction<V> size;
  private long characters;
  private long forgotten;

  /**
   * @param size characters of a value
   */
  RecentReads(ToLongFunction<V> size) {
    this.size = size;
  }

  /** What is not there is not remembered, so that names made up fill nothing. */
  Optional<V> get(K key, Supplier<Optional<V>> read) {
    long before;
    lock.lock();
    try {
      Cached<V> hit = cached.get(key);
      if (hit != null) {
        return Optional.of(hit.value);
      }
      before = forgotten;
    } finally {
      lock.unlock();
    }
    Optional<V> value = read.get();
    value.ifPresent(found -> keep(key, found, before));
    return value;
  }

  /** Must be called after the change is committed. */
  void forget(K key) {
    lock.lock();
    try {
      forgotten++;
      remove(key);
    } finally {
      lock.unlock();
    }
  }

  /** What was read before something was forgotten may be what should be forgotten. */
  private void keep(K key, V value, long before) {
    long characters = ENTRY + size.applyAsLong(value);
    lock.lock();
    try {
      if (forgotten != before) {
        return;
      }
      remove(key);
      cached.put(key, new Cached<>(value, characters));
      this.characters += characters;
      Iterator<Cached<V>> oldest = cached.values().iterator();
      while (this.characters > MAX_CHARACTERS) {
        this.characters -= oldest.next().characters;
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  private void remove(K key) {
    Cached<V> gone = cached.remove(key);
    if (gone != null) {
      characters -= gone.characters;
    }
  }

  private record Cached<V>(V value, long characters) {}
}
