package io.patchbay.executor.restore;

/** The process has ended, or the kernel refuses what it was asked to do to it. */
final class GoneException extends Exception {
  private static final long serialVersionUID = 1;

  GoneException(String message) {
    super(message);
  }
}
