package io.patchbay.store;

import io.patchbay.bot.Environment;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationLog.Filter;
import io.patchbay.integration.InvocationRecord.Origin;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Filters of invocations, written as the API writes them. */
final class Filters {
  private Filters() {}

  /**
   * @param parts names of parameters, each with its value after it
   */
  static Filter of(String bot, String... parts) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < parts.length; i += 2) {
      given.put(parts[i], parts[i + 1]);
    }
    var filter =
        new Filter(
            bot,
            take(given, "node"),
            take(given, "outcome"),
            take(given, "reason").flatMap(FailureReason::of),
            take(given, "origin").map(Origin::valueOf),
            take(given, "environment").flatMap(Environment::of),
            take(given, "version"),
            take(given, "since").map(Instant::parse),
            take(given, "until").map(Instant::parse),
            take(given, "text"));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("There is no filter " + given.keySet());
    }
    return filter;
  }

  private static Optional<String> take(Map<String, String> given, String name) {
    return Optional.ofNullable(given.remove(name));
  }
}
