package io.patchbay.integration;

/** Hears of every invocation: when it starts, and once this process has brought it to its end. */
@FunctionalInterface
public interface InvocationObserver {
  InvocationObserver NONE = _ -> {};

  /** Called by the thread that invoked; must be quick and must not throw. */
  void finished(InvocationRecord record);

  /** As {@link #finished}; what it returns is closed after that, or when a bug came in between. */
  default Following starts(InvocationRecord started) {
    return Following.NONE;
  }
}
