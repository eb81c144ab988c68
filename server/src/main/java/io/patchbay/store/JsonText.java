package io.patchbay.store;

import io.patchbay.base.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as it is stored. What was accepted at the edge can always be read again. */
final class JsonText {
  /** Documents from outside are stored inside others, so they may go a little deeper here. */
  private static final int MAX_DEPTH = Json.MAX_DEPTH + 16;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonText() {}

  static String write(JsonNode value) {
    return MAPPER.writeValueAsString(value);
  }

  static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  static ObjectNode readObject(String text) {
    return (ObjectNode) MAPPER.readTree(text);
  }

  static String writeTexts(Map<String, String> texts) {
    ObjectNode object = Json.object();
    texts.forEach(object::put);
    return write(object);
  }

  /** In stored order. */
  static Map<String, String> readTexts(String text) {
    var texts = new LinkedHashMap<String, String>();
    readObject(text).forEachEntry((key, value) -> texts.put(key, value.asString()));
    return texts;
  }

  static String writeValues(Map<String, JsonNode> values) {
    ObjectNode object = Json.object();
    values.forEach(object::set);
    return write(object);
  }

  /** In stored order. */
  static Map<String, JsonNode> readValues(String text) {
    var values = new LinkedHashMap<String, JsonNode>();
    readObject(text).forEachEntry(values::put);
    return values;
  }
}
