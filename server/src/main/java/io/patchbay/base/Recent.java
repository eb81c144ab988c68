package io.patchbay.base;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Values that were asked for last, by keys whose value never changes. Bounded by their number. Safe
 * for use by many threads; a value that several ask for at once may be made by each of them.
 */
public final class Recent<K, V> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, V> kept;

  /**
   * @param most values that are kept
   */
  public Recent(int most) {
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  /** Makes the value where it is not kept, outside of any lock. */
  public V get(K key, Supplier<V> make) {
    lock.lock();
    try {
      V known = kept.get(key);
      if (known != null) {
        return known;
      }
    } finally {
      lock.unlock();
    }
    V made = make.get();
    lock.lock();
    try {
      kept.put(key, made);
    } finally {
      lock.unlock();
    }
    return made;
  }
}
