package io.patchbay.base;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Finds halves of surrogate pairs, which JSON can escape but no UTF-8 text can hold: kept, they
 * would come back changed.
 */
public final class Surrogates {
  private static final int MOST = 100;

  private Surrogates() {}

  /** A problem for each text and each key with a lone surrogate, up to {@value #MOST}. */
  public static List<Problem> find(JsonNode node) {
    var problems = new ArrayList<Problem>();
    find(node, "", problems);
    return problems;
  }

  private static void find(JsonNode node, String pointer, List<Problem> problems) {
    if (problems.size() >= MOST) {
      return;
    }
    if (node.isString() && isBroken(node.asString())) {
      problems.add(new Problem(pointer, "holds half of a surrogate pair"));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      find(node.get(i), pointer + "[" + i + "]", problems);
    }
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (isBroken(property.getKey())) {
        problems.add(new Problem(pointer, "has a key that holds half of a surrogate pair"));
      }
      String name = isBroken(property.getKey()) ? "?" : property.getKey();
      find(property.getValue(), pointer.isEmpty() ? name : pointer + "." + name, problems);
    }
  }

  private static boolean isBroken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }
}
