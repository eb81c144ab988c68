package io.patchbay.integration;

/** Hears of every invocation that this process has brought to its end. */
@FunctionalInterface
public interface InvocationObserver {
  InvocationObserver NONE = _ -> {};

  /** Called by the thread that invoked; must be quick and must not throw. */
  void finished(InvocationRecord record);
}
