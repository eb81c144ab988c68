package io.patchbay.server;

import io.patchbay.executor.box.Containment;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the operator wants builders' code to be contained by. */
public enum SandboxChoice {
  /** The strongest that this machine has. */
  AUTO(Containment.AUTO),
  NAMESPACES(Containment.NAMESPACES),
  LANDLOCK(Containment.LANDLOCK);

  private final Containment containment;

  SandboxChoice(Containment containment) {
    this.containment = containment;
  }

  /** As operators write it, in lower case; empty for anything else. */
  public static Optional<SandboxChoice> named(String text) {
    return Stream.of(values())
        .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }

  Containment containment() {
    return containment;
  }
}
