package io.patchbay.bot;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds a variable such as {@code order.items.0.name} in an integration's output. */
public final class OutputPath {
  private OutputPath() {}

  /** A key that holds dots itself wins over the path through them. */
  public static Optional<JsonNode> find(JsonNode output, String path) {
    JsonNode direct = output.get(path);
    if (direct != null) {
      return Optional.of(direct);
    }
    JsonNode at = output;
    for (String step : path.split("\\.", -1)) {
      JsonNode next = at.isArray() && isIndex(step) ? at.get(Integer.parseInt(step)) : at.get(step);
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(at);
  }

  private static boolean isIndex(String step) {
    return !step.isEmpty() && step.length() < 9 && step.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
