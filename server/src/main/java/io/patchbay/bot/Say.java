package io.patchbay.bot;

import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** One bubble that a bot says, as authored: {@code [[variables]]} and tags are still in it. */
public sealed interface Say {
  /** A plain text bubble. */
  record Words(LocalText text) implements Say {}

  /**
   * An HSL element as data; an empty object sends nothing (contract F10).
   *
   * @param hsl as authored: its {@code text} may be an object of language to text, all else goes
   *     out as it is
   */
  record Element(ObjectNode hsl) implements Say {
    /**
     * The same with its text in {@code language}, chosen as {@link LocalText#in} does; what is
     * inside of it is shared and must not be changed.
     */
    public ObjectNode in(String language, String fallback) {
      if (!(hsl.get("text") instanceof ObjectNode texts) || texts.isEmpty()) {
        return hsl;
      }
      var byLanguage = new LinkedHashMap<String, String>();
      texts.forEachEntry((code, text) -> byLanguage.put(code, text.asString()));
      ObjectNode element = hsl.objectNode().setAll(hsl);
      return element.put("text", new LocalText(byLanguage).in(language, fallback));
    }
  }

  /** One of these is picked at random; never empty. */
  record Variants(List<Say> of) implements Say {
    public Variants {
      of = List.copyOf(of);
    }
  }
}
