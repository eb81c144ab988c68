package io.patchbay.authoring;

import io.patchbay.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Merge Patch (RFC 7396): what it names is set, what it names as null goes. */
final class MergePatch {
  private MergePatch() {}

  /** The target itself is not changed; what is new stands behind what was there. */
  static JsonNode applied(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result = target instanceof ObjectNode was ? was.deepCopy() : Json.object();
    changes
        .properties()
        .forEach(change -> {
          String key = change.getKey();
          if (change.getValue().isNull()) {
            result.remove(key);
          } else {
            result.set(key, applied(result.path(key), change.getValue()));
          }
        });
    return result;
  }
}
