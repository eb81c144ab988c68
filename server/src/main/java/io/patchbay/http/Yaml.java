package io.patchbay.http;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * YAML in and out.
 *
 * @param read throws {@link io.patchbay.base.Json.MalformedJson} or {@link
 *     io.patchbay.base.Refusal} for what is not well-formed
 */
public record Yaml(Function<String, JsonNode> read, Function<JsonNode, String> write) {}
