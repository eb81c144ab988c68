package io.patchbay.hsl;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Fills {@code [[variables]]} and {@code %tags} into a bubble (contract F8, F9). */
public final class Template {
  private Template() {}

  /**
   * @param bubble a text or an HSL element; every text inside is filled
   * @param variables finds {@code [[name]]}; a text that is one variable and nothing else becomes
   *     that value itself where it is an object or array
   * @param tags tag without its per cent sign to what it says, such as {@code full_name}
   */
  public static JsonNode fill(
      JsonNode bubble, Function<String, Optional<JsonNode>> variables, Map<String, String> tags) {
    throw new UnsupportedOperationException(bubble + "" + variables + tags);
  }
}
