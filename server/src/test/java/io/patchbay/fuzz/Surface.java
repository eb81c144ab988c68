package io.patchbay.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.fuzz.Operation.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Everything that a server answers to: what its OpenAPI document lists, and its pages. */
final class Surface {
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"#?]*)\"");

  private final List<Operation> operations;
  private final JsonNode schemas;

  private Surface(List<Operation> operations, JsonNode schemas) {
    this.operations = operations;
    this.schemas = schemas;
  }

  /**
   * @param page the page at {@code /}
   */
  static Surface of(JsonNode openApi, String page) {
    List<Operation> operations = new ArrayList<>();
    openApi
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method ->
                    operations.add(operation(method.getKey(), path.getKey(), method.getValue()))));
    Stream<String> pages = LINK.matcher(page).results().map(found -> found.group(1));
    Stream.concat(Stream.of("/", "/signin"), pages)
        .distinct()
        .forEach(path ->
            operations.add(new Operation("GET", path, List.of(), Map.of(), Set.of(200, 303, 403))));
    assertThat(operations).as("routes of this server").hasSizeGreaterThan(30);
    return new Surface(List.copyOf(operations), openApi.at("/components/schemas"));
  }

  private static Operation operation(String method, String path, JsonNode described) {
    List<Parameter> parameters =
        described
            .path("parameters")
            .valueStream()
            .filter(p -> !p.path("in").asString().equals("header"))
            .map(p ->
                new Parameter(
                    p.path("name").asString(),
                    p.path("in").asString().equals("path"),
                    p.path("schema")))
            .toList();
    Map<String, JsonNode> body = new LinkedHashMap<>();
    described
        .at("/requestBody/content")
        .properties()
        .forEach(media -> body.put(media.getKey(), media.getValue().path("schema")));
    Set<Integer> statuses = new TreeSet<>();
    described.path("responses").propertyNames().forEach(s -> statuses.add(Integer.valueOf(s)));
    return new Operation(
        method.toUpperCase(Locale.ROOT), path, parameters, body, Set.copyOf(statuses));
  }

  List<Operation> operations() {
    return operations;
  }

  /** The schema itself, where this one only refers to it. */
  JsonNode resolved(JsonNode schema) {
    return name(schema).isEmpty() ? schema : schemas.path(name(schema));
  }

  /** Of the component that a schema refers to; empty where it refers to none. */
  static String name(JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    return reference.substring(reference.lastIndexOf('/') + 1);
  }
}
