package io.patchbay.server;

import io.patchbay.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * {@code example.json}: what a definition cannot hold (see examples/README.md).
 *
 * @param variables name to value, by {@code staging} and {@code production}
 */
record ExampleManifest(Map<String, Map<String, Value>> variables, Optional<Service> service) {
  /** Where the value of a variable comes from. */
  sealed interface Value {
    record Given(String text) implements Value {}

    /** 64 hexadecimal digits, made once, the same for both environments. */
    record Generated() implements Value {}

    record ServicePort() implements Value {}
  }

  /**
   * @param environment names of variables that the process gets
   * @param ready path that answers 200 once the service is ready
   */
  record Service(List<String> command, List<String> environment, String ready) {}

  static ExampleManifest read(Path folder) throws IOException {
    Path file = folder.resolve("example.json");
    if (!Files.exists(file)) {
      return new ExampleManifest(Map.of(), Optional.empty());
    }
    JsonNode json = Json.parse(Files.readAllBytes(file));
    known(file, json, List.of("variables", "service"));
    Map<String, Map<String, Value>> variables = new LinkedHashMap<>();
    for (var entry : json.path("variables").properties()) {
      variables.put(entry.getKey(), values(folder, file, entry.getValue()));
    }
    return new ExampleManifest(
        variables, Optional.ofNullable(json.get("service")).map(s -> service(file, s)));
  }

  private static Map<String, Value> values(Path folder, Path file, JsonNode given)
      throws IOException {
    known(file, given, List.of("both", "staging", "production"));
    Map<String, Value> values = new LinkedHashMap<>();
    for (var entry : given.properties()) {
      Value value = value(folder, file, entry.getValue());
      if (entry.getKey().equals("both")) {
        values.put("staging", value);
        values.put("production", value);
      } else {
        values.put(entry.getKey(), value);
      }
    }
    return values;
  }

  private static Value value(Path folder, Path file, JsonNode given) throws IOException {
    if (given.isString()) {
      return new Value.Given(given.asString());
    }
    if (given.has("file")) {
      return new Value.Given(Files.readString(folder.resolve(given.get("file").asString())));
    }
    if (given.path("generate").asString("").equals("secret")) {
      return new Value.Generated();
    }
    if (given.path("from").asString("").equals("service.port")) {
      return new Value.ServicePort();
    }
    throw new IllegalStateException(file + ": a value is a text, file, generate or from");
  }

  private static Service service(Path file, JsonNode given) {
    known(file, given, List.of("command", "environment", "ready"));
    return new Service(
        texts(given.path("command")),
        texts(given.path("environment")),
        given.path("ready").asString("/"));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asString()));
    return texts;
  }

  private static void known(Path file, JsonNode object, List<String> keys) {
    object
        .propertyNames()
        .forEach(key -> {
          if (!keys.contains(key)) {
            throw new IllegalStateException(file + ": unknown key " + key);
          }
        });
  }
}
