package io.patchbay.integration;

import io.patchbay.base.Secret;
import io.patchbay.executor.work.Budget;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The masks that were used last, each made once, by whoever asks first. One is found by its very
 * secrets (the objects, not what is in them) and goes when these are gone, as they are soon after a
 * variable was changed. Bounded by size. Safe for use by many threads.
 */
final class SecretMasks {
  /** States of all masks that are kept, some 10 bytes each; one has at most half of them. */
  private static final long MAX_STATES = 6L * 1024 * 1024;

  /** What a mask takes beside its states, in states. */
  private static final int ENTRY = 512;

  /** Steps to make a mask, by weight of its secrets. */
  private static final int STEPS = 64;

  /** Bytes that are held for it, by weight; {@link Budget#hold} counts more for each. */
  private static final int BYTES = 24;

  /** Weight of a character that has spellings of several characters in URLs, JSON or Python. */
  private static final int ESCAPED = 8;

  /** How long somebody else's making is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final Map<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
  private long states;

  /**
   * @throws io.patchbay.executor.work.Busy it has to be made, and there is no room for that
   */
  SecretMask of(Collection<Secret> secrets) {
    if (secrets.isEmpty()) {
      return SecretMask.NOTHING;
    }
    var key = new Key(secrets);
    Entry entry = entry(key);
    if (!waitFor(entry.making)) {
      return make(secrets);
    }
    try {
      SecretMask mask = entry.mask.get();
      if (mask == null) {
        mask = make(secrets);
        entry.mask = new WeakReference<>(mask);
        keep(key, entry, mask);
      }
      return mask;
    } finally {
      entry.making.unlock();
    }
  }

  private static boolean waitFor(ReentrantLock making) {
    try {
      return making.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static SecretMask make(Collection<Secret> secrets) {
    long weight = secrets.stream().map(Secret::reveal).mapToLong(SecretMasks::weight).sum();
    Budget.hold(weight * BYTES);
    return Budget.spend(weight * STEPS, () -> new SecretMask(secrets));
  }

  private static long weight(String secret) {
    return secret
        .chars()
        .mapToLong(c -> Character.isLetterOrDigit(c) && c < 128 ? 1 : ESCAPED)
        .sum();
  }

  private Entry entry(Key key) {
    lock.lock();
    try {
      Entry found = entries.get(key);
      if (found == null) {
        removeIf(true);
        found = new Entry();
        entries.put(key, found);
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  private void keep(Key key, Entry entry, SecretMask mask) {
    lock.lock();
    try {
      // It may have gone meanwhile.
      if (entries.get(key) == entry) {
        boolean kept = mask.states() <= MAX_STATES / 2;
        long before = entry.states;
        entry.kept = kept ? mask : null;
        entry.states = kept ? mask.states() + ENTRY : ENTRY;
        states += entry.states - before;
        removeIf(false);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes the oldest as long as all are too large.
   *
   * @param gone also all whose secrets are gone
   */
  private void removeIf(boolean gone) {
    Iterator<Map.Entry<Key, Entry>> oldest = entries.entrySet().iterator();
    while (oldest.hasNext() && (gone || states > MAX_STATES)) {
      Map.Entry<Key, Entry> next = oldest.next();
      if (states > MAX_STATES || next.getKey().isGone()) {
        states -= next.getValue().states;
        oldest.remove();
      }
    }
  }

  /** Masks that are kept now. */
  int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  private static final class Entry {
    private final ReentrantLock making = new ReentrantLock();

    // guarded by making; one that is too large to be kept is shared as long as somebody uses it
    private WeakReference<SecretMask> mask = new WeakReference<>(null);

    // guarded by the lock of all
    @SuppressWarnings("UnusedVariable") // held, so that it is not collected
    private @Nullable SecretMask kept;

    private long states;
  }

  /** The same secrets in the same order; holds none of them. */
  private static final class Key {
    private final List<WeakReference<Secret>> secrets;
    private final int hash;

    Key(Collection<Secret> secrets) {
      this.secrets = secrets.stream().map(WeakReference::new).toList();
      this.hash = List.copyOf(secrets).hashCode();
    }

    boolean isGone() {
      return secrets.stream().anyMatch(secret -> secret.refersTo(null));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      if (!(other instanceof Key key) || key.secrets.size() != secrets.size() || hash != key.hash) {
        return false;
      }
      for (int i = 0; i < secrets.size(); i++) {
        Secret mine = secrets.get(i).get();
        if (mine == null || !key.secrets.get(i).refersTo(mine)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
