package io.patchbay.fuzz;

import io.patchbay.base.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A definition, what its integration answers, and what a user says to it.
 *
 * @param definition of the bot {@link #BOT}; `NEXT` answers {@link #NEXT} whatever was before
 * @param secrets name to value
 * @param output JSON text of an object: the body of the reply
 * @param messages one turn each, in one conversation
 */
record Pair(
    ObjectNode definition, Map<String, String> secrets, String output, List<String> messages) {
  static final String BOT = "pair";
  static final String GO = "make it large";
  static final String NEXT = "are you still there";
  static final String STILL_HERE = "still here";

  /** What it consists of, for who reads a find. */
  @Override
  public String toString() {
    return "definition of %d characters, %d secrets of %d in all, output of %d, messages of %s"
        .formatted(
            Json.write(definition).length(),
            secrets.size(),
            secrets.values().stream().mapToInt(String::length).sum(),
            output.length(),
            messages.stream().map(String::length).toList());
  }
}
