package io.patchbay.integration.code;

import java.util.Optional;

/** Finds the packages of a call and keeps them where they are as long as it runs. */
public interface HeldSets {
  /** Empty where they are not there. */
  Optional<Held> hold(String lock);

  /** A set in use. */
  interface Held extends AutoCloseable {
    /** As the executor knows it. */
    String name();

    @Override
    void close();
  }
}
