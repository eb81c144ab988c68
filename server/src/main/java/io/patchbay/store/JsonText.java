package io.patchbay.store;

import io.patchbay.base.Json;
import io.patchbay.executor.work.Budget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
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

  /**
   * @param what it is, for people
   * @throws io.patchbay.base.Refusal it is longer than what one text may have
   */
  static String write(String what, JsonNode value) {
    long steps = steps(value);
    return Budget.spendAnyway(
        steps,
        () -> steps <= Budget.SMALL ? MAPPER.writeValueAsString(value) : writeBounded(what, value));
  }

  private static String writeBounded(String what, JsonNode value) {
    var text = new StringBuilder();
    try (Writer bounded = new BoundedWriter(what, text)) {
      MAPPER.writeValue(bounded, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** About how many characters it has as JSON; counts no further than where that is large. */
  static long steps(JsonNode value) {
    return size(value, Budget.SMALL);
  }

  /** About how many characters it has as JSON; where they are more than {@code most}, not all. */
  static long size(JsonNode value, long most) {
    if (value.isString()) {
      return 1L + value.stringValue().length();
    }
    long size = 1;
    for (var entry : value.properties()) {
      if (size > most) {
        return size;
      }
      size += entry.getKey().length() + size(entry.getValue(), most - size);
    }
    if (value.isArray()) {
      for (JsonNode element : value) {
        if (size > most) {
          return size;
        }
        size += size(element, most - size);
      }
    }
    return size;
  }

  static JsonNode read(String text) {
    return Budget.spend(text.length(), () -> MAPPER.readTree(text));
  }

  static ObjectNode readObject(String text) {
    return (ObjectNode) read(text);
  }

  static String writeTexts(String what, Map<String, String> texts) {
    ObjectNode object = Json.object();
    texts.forEach(object::put);
    return write(what, object);
  }

  /** In stored order. */
  static Map<String, String> readTexts(String text) {
    var texts = new LinkedHashMap<String, String>();
    readObject(text).forEachEntry((key, value) -> texts.put(key, value.asString()));
    return texts;
  }

  static String writeValues(String what, Map<String, JsonNode> values) {
    ObjectNode object = Json.object();
    values.forEach(object::set);
    return write(what, object);
  }

  /** In stored order. */
  static Map<String, JsonNode> readValues(String text) {
    var values = new LinkedHashMap<String, JsonNode>();
    readObject(text).forEachEntry(values::put);
    return values;
  }

  /** Ends the writing where the text gets too long, before it fills the memory. */
  private static final class BoundedWriter extends Writer {
    private final String what;
    private final StringBuilder text;

    BoundedWriter(String what, StringBuilder text) {
      this.what = what;
      this.text = text;
    }

    @Override
    public void write(char[] from, int at, int count) {
      if (text.length() + count > Load.MOST_OF_TEXT) {
        throw Load.tooLong(
            what, "more than " + Load.MOST_OF_TEXT + " characters", Load.MOST_OF_TEXT);
      }
      text.append(from, at, count);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
