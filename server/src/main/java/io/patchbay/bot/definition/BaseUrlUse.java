package io.patchbay.bot.definition;

import io.patchbay.bot.Environment;
import io.patchbay.bot.Integration;
import io.patchbay.bot.Node;
import java.util.Map;

/** Warns of environments in which paths would have nothing to be appended to. */
final class BaseUrlUse {
  private BaseUrlUse() {}

  static void check(
      Place top, Known known, Map<Environment, String> baseUrl, Map<String, Node> nodes) {
    boolean pathsAreUsed =
        nodes.values().stream()
            .flatMap(node -> node.integration().stream())
            .anyMatch(i ->
                i instanceof Integration.Api api
                    && api.target() instanceof Integration.Target.Path);
    if (!pathsAreUsed || !known.hasBaseUrl()) {
      return;
    }
    for (Environment environment : Environment.values()) {
      if (!top.node().path("base_url").has(environment.wire()) && !baseUrl.isEmpty()) {
        known
            .warnings()
            .add(
                "base_url",
                "has no URL for " + environment.wire() + "; integrations with a path fail there");
      }
    }
  }
}
