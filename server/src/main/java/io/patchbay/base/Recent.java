package io.patchbay.base;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values that were asked for last, by keys whose value never changes. Bounded by what they weigh
 * together; the one that was made last is kept in any case. Safe for use by many threads; a value
 * that several ask for at once is made by the first of them, and the others wait.
 */
public final class Recent<K, V> {
  private final long most;
  private final ToLongFunction<V> weigher;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, CompletableFuture<Void>> making = new ConcurrentHashMap<>();

  // guarded by lock; in the order of use
  private final Map<K, Weighed<V>> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  private record Weighed<V>(V value, long weight) {}

  /**
   * @param most values that are kept
   */
  public Recent(int most) {
    this(most, _ -> 1);
  }

  /**
   * @param most that the kept values weigh together
   */
  public Recent(long most, ToLongFunction<V> weigher) {
    this.most = most;
    this.weigher = weigher;
  }

  /** Makes the value where it is not kept, outside of any lock. */
  public V get(K key, Supplier<V> make) {
    while (true) {
      Weighed<V> known = known(key);
      if (known != null) {
        return known.value;
      }
      var mine = new CompletableFuture<Void>();
      CompletableFuture<Void> others = making.putIfAbsent(key, mine);
      if (others == null) {
        return make(key, make, mine);
      }
      others.join();
    }
  }

  private @Nullable Weighed<V> known(K key) {
    lock.lock();
    try {
      return kept.get(key);
    } finally {
      lock.unlock();
    }
  }

  /** Who waits looks again afterwards, also where making has failed. */
  private V make(K key, Supplier<V> make, CompletableFuture<Void> done) {
    try {
      Weighed<V> known = known(key);
      if (known != null) {
        return known.value;
      }
      V made = make.get();
      keep(key, new Weighed<>(made, weigher.applyAsLong(made)));
      return made;
    } finally {
      making.remove(key);
      done.complete(null);
    }
  }

  private void keep(K key, Weighed<V> made) {
    lock.lock();
    try {
      kept.put(key, made);
      weight += made.weight;
      Iterator<Weighed<V>> oldest = kept.values().iterator();
      while (weight > most && kept.size() > 1) {
        weight -= oldest.next().weight;
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Drops those whose key is like that. */
  public void forget(Predicate<K> like) {
    lock.lock();
    try {
      kept.entrySet()
          .removeIf(entry -> {
            boolean gone = like.test(entry.getKey());
            weight -= gone ? entry.getValue().weight : 0;
            return gone;
          });
    } finally {
      lock.unlock();
    }
  }
}
