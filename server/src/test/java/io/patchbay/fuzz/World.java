package io.patchbay.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.bot.definition.BotYaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What there is on the server for requests to be about: bots, deployed, with a past. */
final class World {
  /** Of the bot {@code everything}; must never be seen. */
  static final String HIDDEN = "hidden-value-of-a-secret-variable";

  private static final String BOTS = "/api/v1/bots/";

  private final Talk talk;
  private final Names names = new Names();
  private final List<ObjectNode> definitions = new ArrayList<>();
  private final int apiPort;

  /**
   * @param talk to a server that has the examples installed
   */
  World(Talk talk, int apiPort) throws IOException {
    this.talk = talk;
    this.apiPort = apiPort;
    for (JsonNode bot : talk.get("/api/v1/bots").path("bots")) {
      definitions.add(local(talk.get(BOTS + bot.path("bot").asString())));
    }
    definitions.add(everything());
    assertThat(definitions).as("the examples and everything").hasSizeGreaterThan(2);
    List.of("scratch", "nobody").forEach(name -> names.add("bot", name));
    List.of("u1", "a/b", "é").forEach(id -> names.add("auth_id", id));
    List.of("default", "new").forEach(name -> names.add("name", name));
    List.of("abc123", "run", "%", "_\\", "\"").forEach(text -> names.add("text", text));
    List.of("since", "until")
        .forEach(end ->
            List.of("2026-01-31T09:30:00Z", "9000-01-31T09:30:00+01:00")
                .forEach(time -> names.add(end, time)));
    names.add("version", "draft");
    definitions.forEach(this::learn);
    restore();
  }

  Names names() {
    return names;
  }

  Definitions definitions() {
    return new Definitions(definitions);
  }

  /**
   * An address with a letter changed is another machine's, a name with a letter changed is none.
   * What a definition does not carry would stay as somebody left it.
   */
  private static ObjectNode local(JsonNode definition) {
    String text = Json.write(definition).replace("127.0.0.1", "localhost");
    return ((ObjectNode) Json.parse(text)).put("requirements", "# none\n");
  }

  private static ObjectNode everything() throws IOException {
    try (InputStream in = World.class.getResourceAsStream("/fuzz/everything.yaml")) {
      byte[] yaml = Objects.requireNonNull(in).readAllBytes();
      return (ObjectNode) BotYaml.read(new String(yaml, StandardCharsets.UTF_8));
    }
  }

  private void learn(ObjectNode definition) {
    names.add("bot", definition.path("bot").asString());
    definition.path("nodes").propertyNames().forEach(node -> names.add("node", node));
    definition.path("variables").propertyNames().forEach(name -> names.add("name", name));
  }

  /** Everything is there again, whatever the fuzzer did to it. */
  void restore() {
    definitions.forEach(this::deploy);
    talk.say("everything", "run abc123");
    talk.say("everything", "odd code");
    talk.get(BOTS + "everything/invocations?limit=5")
        .path("invocations")
        .forEach(row -> names.add("id", row.path("invocation_id").asString()));
    for (String list : List.of("bots/everything/invocations", "bots/everything/versions", "bots")) {
      String cursor = talk.get("/api/v1/" + list + "?limit=1").path("next_cursor").asString("");
      if (!cursor.isEmpty()) {
        names.add("cursor", cursor);
      }
    }
  }

  private void deploy(ObjectNode definition) {
    String bot = definition.path("bot").asString();
    talk.good("PUT", BOTS + bot, Json.write(definition));
    for (String variable : new TreeSet<>(definition.path("variables").propertyNames())) {
      talk.good("PUT", BOTS + bot + "/variables/" + variable, value(variable));
    }
    names.add("version", release(bot));
  }

  private String value(String variable) {
    String value =
        switch (variable) {
          case "API_PORT", "OTP_SERVICE_PORT", "PROVIDER_PORT" -> String.valueOf(apiPort);
          case "HIDDEN", "OTP_HOOK_SECRET" -> HIDDEN;
          default -> "plain";
        };
    return "{\"staging\": \"%1$s\", \"production\": \"%1$s\"}".formatted(value);
  }

  /** Trains and deploys the draft. */
  private String release(String bot) {
    JsonNode trained = talk.good("POST", BOTS + bot + "/train", "");
    String version = trained.path("version").asString("");
    assertThat(version).as("%s is trained: %s", bot, trained).isNotEmpty();
    for (String environment : List.of("staging", "production")) {
      talk.good(
          "POST",
          BOTS + bot + "/deployments",
          "{\"version\": \"%s\", \"environment\": \"%s\"}".formatted(version, environment));
    }
    return version;
  }
}
