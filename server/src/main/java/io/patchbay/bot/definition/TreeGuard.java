package io.patchbay.bot.definition;

import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Refuses trees that the readers, or those who store the document, could not handle: deeper than
 * {@link Json#MAX_DEPTH}, or with text that UTF-8 or a database cannot hold. Does not recurse.
 */
final class TreeGuard {
  private record Frame(
      JsonNode node, int depth, String step, boolean index, @Nullable Frame parent) {
    String pointer() {
      var frames = new ArrayDeque<Frame>();
      for (Frame at = this; at != null && at.parent != null; at = at.parent) {
        frames.push(at);
      }
      String pointer = "";
      for (Frame at : frames) {
        pointer = at.index ? pointer + "[" + at.step + "]" : Quote.step(pointer, at.step);
      }
      return pointer;
    }
  }

  private TreeGuard() {}

  static Optional<Problem> check(JsonNode document) {
    var open = new ArrayDeque<Frame>();
    open.push(new Frame(document, 1, "", false, null));
    while (!open.isEmpty()) {
      Frame frame = open.pop();
      if (frame.depth > Json.MAX_DEPTH) {
        return Optional.of(new Problem("", "is nested deeper than " + Json.MAX_DEPTH + " levels"));
      }
      if (frame.node.isString() && !storable(frame.node.asString())) {
        return Optional.of(new Problem(frame.pointer(), UNSTORABLE));
      }
      Optional<Problem> badKey = push(frame, open);
      if (badKey.isPresent()) {
        return badKey;
      }
    }
    return Optional.empty();
  }

  private static final String UNSTORABLE =
      "holds a NUL character or half a surrogate pair, which no text can keep";

  private static Optional<Problem> push(Frame frame, ArrayDeque<Frame> open) {
    int depth = frame.depth + 1;
    if (frame.node.isArray()) {
      for (int i = 0; i < frame.node.size(); i++) {
        open.push(new Frame(frame.node.get(i), depth, Integer.toString(i), true, frame));
      }
    }
    for (var entry : frame.node.properties()) {
      if (!storable(entry.getKey())) {
        return Optional.of(new Problem(frame.pointer(), "has a key that " + UNSTORABLE));
      }
      open.push(new Frame(entry.getValue(), depth, entry.getKey(), false, frame));
    }
    return Optional.empty();
  }

  private static boolean storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
