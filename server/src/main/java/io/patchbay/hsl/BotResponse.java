package io.patchbay.hsl;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What goes back to the user: bubbles in order.
 *
 * @param elements at least none; each prints as one item of {@code messages}
 * @param warnings what is odd about them, for the invocation's log
 */
public record BotResponse(List<HslElement> elements, List<String> warnings) {
  public BotResponse {
    elements = List.copyOf(elements);
    warnings = List.copyOf(warnings);
  }

  /** Reads an integration's {@code response} (contract C6, K11): never fails, warns instead. */
  public static BotResponse read(JsonNode response) {
    throw new UnsupportedOperationException(response.toString());
  }
}
