package io.patchbay.executor.work;

/**
 * There was no room for large work in time: too much of it runs and waits already. Nothing of it
 * was done.
 */
public final class Busy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Busy(String message) {
    super(message, null, false, false);
  }
}
