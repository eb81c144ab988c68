package io.patchbay.executor.box;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers sources that were used lately, at most so many and so many bytes of them. */
final class KnownCodes {
  private static final int MOST = 1000;
  private static final long MOST_BYTES = 64L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, KnownCode> bySource = new LinkedHashMap<>(16, 0.75f, true);

  KnownCode of(String source) {
    lock.lock();
    try {
      KnownCode known = bySource.get(source);
      if (known == null) {
        known = new KnownCode(source);
        bySource.put(source, known);
        forgetOldest();
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private void forgetOldest() {
    long bytes = bySource.values().stream().mapToLong(KnownCode::size).sum();
    Iterator<KnownCode> oldest = bySource.values().iterator();
    while (bySource.size() > MOST || (bytes > MOST_BYTES && bySource.size() > 1)) {
      bytes -= oldest.next().size();
      oldest.remove();
    }
  }
}
