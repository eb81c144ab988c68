package io.patchbay.bot;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** One bubble that a bot says, as authored: {@code [[variables]]} and tags are still in it. */
public sealed interface Say {
  /** A plain text bubble. */
  record Words(LocalText text) implements Say {}

  /** An HSL element as data; an empty object sends nothing (contract F10). */
  record Element(ObjectNode hsl) implements Say {}

  /** One of these is picked at random; never empty. */
  record Variants(List<Say> of) implements Say {
    public Variants {
      of = List.copyOf(of);
    }
  }
}
