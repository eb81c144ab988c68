package io.patchbay.bot.definition;

import io.patchbay.base.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a document carries beside the definition.
 *
 * @param code node name to Python source
 * @param samples node name to sample name to payload; the unnamed sample is {@code default}
 * @param requirements text of requirements.txt; empty where the document says nothing about it
 */
public record BotFiles(
    Map<String, String> code,
    Map<String, Map<String, JsonNode>> samples,
    Optional<String> requirements) {
  public BotFiles {
    code = Collections.unmodifiableMap(new LinkedHashMap<>(code));
    samples = Collections.unmodifiableMap(new LinkedHashMap<>(samples));
  }

  /**
   * A document in two parts.
   *
   * @param definition without code, samples and requirements
   */
  public record Split(ObjectNode definition, BotFiles files) {}

  /** Splits a document that {@link BotDefinition#read} found valid; leaves it as it is. */
  public static Split split(ObjectNode document) {
    ObjectNode definition = document.deepCopy();
    var code = new LinkedHashMap<String, String>();
    definition.path("code").forEachEntry((node, source) -> code.put(node, source.asString()));
    var samples = new LinkedHashMap<String, Map<String, JsonNode>>();
    definition
        .path("samples")
        .forEachEntry((node, named) -> {
          var payloads = new LinkedHashMap<String, JsonNode>();
          named.forEachEntry(payloads::put);
          samples.put(node, Collections.unmodifiableMap(payloads));
        });
    Optional<String> requirements =
        Optional.ofNullable(definition.get("requirements")).map(JsonNode::asString);
    definition.remove("code");
    definition.remove("samples");
    definition.remove("requirements");
    return new Split(definition, new BotFiles(code, samples, requirements));
  }

  /** The document that {@link #split} would split into these parts; empty maps are left out. */
  public ObjectNode joinedTo(ObjectNode definition) {
    ObjectNode document = definition.deepCopy();
    requirements.ifPresent(text -> document.put("requirements", text));
    if (!code.isEmpty()) {
      ObjectNode sources = document.putObject("code");
      code.forEach(sources::put);
    }
    if (!samples.isEmpty()) {
      ObjectNode nodes = document.putObject("samples");
      samples.forEach((node, named) -> {
        ObjectNode payloads = Json.object();
        named.forEach((name, payload) -> payloads.set(name, payload.deepCopy()));
        nodes.set(node, payloads);
      });
    }
    return document;
  }
}
