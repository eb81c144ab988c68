package io.patchbay.executor.box;

/** What the operator wants calls to be contained by. */
public enum Containment {
  /** The strongest that this machine has: namespaces, then Landlock, then nothing runs. */
  AUTO,
  /** Namespaces made by bubblewrap, or nothing runs. */
  NAMESPACES,
  /** Landlock, which needs neither bubblewrap nor the right to make namespaces. */
  LANDLOCK
}
