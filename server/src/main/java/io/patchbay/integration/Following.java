package io.patchbay.integration;

import java.util.Optional;

/**
 * What an observer holds while something goes on. The thread that opened it closes it, the last one
 * opened first.
 */
public interface Following extends AutoCloseable {
  /** Nobody follows. */
  Following NONE = () -> {};

  /** W3C trace context, to be sent on to whoever is called meanwhile. */
  default Optional<String> traceparent() {
    return Optional.empty();
  }

  @Override
  void close();
}
