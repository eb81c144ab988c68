package io.patchbay.bot;

import java.util.Locale;
import java.util.Optional;

/** Where a bot version is live. */
public enum Environment {
  STAGING,
  PRODUCTION;

  /** {@code staging} or {@code production}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Environment> of(String wire) {
    return switch (wire) {
      case "staging" -> Optional.of(STAGING);
      case "production" -> Optional.of(PRODUCTION);
      default -> Optional.empty();
    };
  }
}
