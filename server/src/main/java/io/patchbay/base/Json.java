package io.patchbay.base;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The one JSON mapper: strict RFC 8259, no duplicate keys, at most {@value #MAX_DEPTH} levels. */
public final class Json {
  /** Deeper documents are refused by {@link #parse}; recursion over a tree is safe below it. */
  public static final int MAX_DEPTH = 200;

  public static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(32 * 1024 * 1024)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Json() {}

  /**
   * @throws MalformedJson when the text is not one JSON value, with what is wrong and where
   */
  public static JsonNode parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node.isMissingNode()) {
        throw new MalformedJson("the text is empty");
      }
      return node;
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /** As {@link #parse(String)}; the bytes must be UTF-8. */
  public static JsonNode parse(byte[] utf8) {
    try {
      JsonNode node = MAPPER.readTree(utf8);
      if (node.isMissingNode()) {
        throw new MalformedJson("the text is empty");
      }
      return node;
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /** Compact JSON. */
  public static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /** Compact JSON, where it has at most so many characters; no more than these are made of it. */
  public static Optional<String> writeUpTo(JsonNode node, int most) {
    var text = new BoundedWriter(most);
    try {
      MAPPER.writeValue(text, node);
      return Optional.of(text.toString());
    } catch (JacksonException e) {
      if (text.isFull()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  private static MalformedJson malformed(JacksonException e) {
    var at = e.getLocation();
    String place =
        at == null || at.getLineNr() < 1
            ? ""
            : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return new MalformedJson(plain(e) + place);
  }

  /** The library's words without its class and option names, which say nothing to a reader. */
  private static String plain(JacksonException e) {
    if (e instanceof StreamConstraintsException) {
      return "it is nested deeper than " + MAX_DEPTH + " levels, or a name or number is too long";
    }
    String message = String.valueOf(e.getOriginalMessage());
    int aside = message.indexOf(" (");
    int more = message.indexOf(": was expecting");
    int options = message.indexOf("JsonReadFeature");
    int cut = options < 0 ? -1 : message.lastIndexOf(':', options);
    return message.substring(
        0,
        Stream.of(aside, more, cut)
            .filter(at -> at > 0)
            .min(Comparator.naturalOrder())
            .orElse(message.length()));
  }

  /** Text that is not one well-formed JSON value; the message says why and where. */
  public static final class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedJson(String message) {
      super(message);
    }
  }
}
