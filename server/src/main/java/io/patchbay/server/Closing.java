package io.patchbay.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was started in reverse order; one that fails does not stop the others. */
final class Closing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  synchronized <T extends AutoCloseable> T add(T one) {
    started.push(one);
    return one;
  }

  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      AutoCloseable one = started.pop();
      try {
        one.close();
      } catch (Exception e) {
        LOG.warn("closing {} failed", one.getClass().getSimpleName(), e);
      }
    }
  }
}
