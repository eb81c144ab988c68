package io.patchbay.fuzz;

import io.patchbay.base.Json;
import io.patchbay.bot.definition.BotYaml;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The life of a bot whose definition was changed: put, trained, deployed, talked to, looked at. A
 * definition that is refused ends it early.
 */
final class Life {
  private static final String YAML = "application/yaml";
  private static final List<String> ENVIRONMENTS = List.of("staging", "production");

  /** Sends a request and returns the answer's body, empty where it was refused. */
  interface Sender {
    String send(Sent request);
  }

  private final Talk talk;
  private final Definitions definitions;
  private final String bot;
  private final String at;

  /**
   * @param bot a name of its own, so that lives beside this one do not meet
   */
  Life(Talk talk, Definitions definitions, String bot) {
    this.talk = talk;
    this.definitions = definitions;
    this.bot = bot;
    this.at = "/api/v1/bots/" + bot;
  }

  void live(Dice dice, Sender sender) {
    ObjectNode definition = definition(dice);
    boolean yaml = dice.oneIn(3);
    String body = yaml ? BotYaml.write(definition) : Json.write(definition);
    if (sender.send(talk.request("PUT", at, yaml ? YAML : "application/json", body)).isEmpty()) {
      return;
    }
    sender.send(talk.json("GET", at, "").with(new Header("Accept", yaml ? "*/*" : YAML)));
    String version = field(sender.send(talk.json("POST", at + "/train", "")), "version");
    if (version.isEmpty()) {
      return;
    }
    String environment = dice.of(ENVIRONMENTS);
    ObjectNode deployment = Json.object().put("version", version).put("environment", environment);
    sender.send(talk.json("POST", at + "/deployments", Json.write(deployment)));
    converse(definition, environment, dice, sender);
    List<String> nodes = List.copyOf(definition.path("nodes").propertyNames());
    if (!nodes.isEmpty() && dice.oneIn(3)) {
      sender.send(talk.json("POST", at + "/integrations/" + path(dice.of(nodes)) + "/test", ""));
    }
    sender.send(talk.json("GET", at + "/users/u1/conversation?environment=" + environment, ""));
    sender.send(talk.json("GET", at + "/invocations", ""));
    sender.send(talk.json("GET", at + "/versions/" + version, ""));
  }

  private ObjectNode definition(Dice dice) {
    JsonNode changed = Trees.changed(definitions.one(dice), 1 + dice.below(6), dice);
    return Definitions.bounded((ObjectNode) changed, bot);
  }

  private void converse(ObjectNode definition, String environment, Dice dice, Sender sender) {
    List<String> texts = Definitions.utterances(definition);
    String to = at + "/messages?debug=true&environment=" + environment;
    for (int i = 0; i < 1 + dice.below(6); i++) {
      ObjectNode message = Json.object();
      message.putObject("user").put("auth_id", "u1").put("full_name", dice.of(List.of("Ann", "")));
      message.put("text", dice.oneIn(6) ? dice.of(Oddities.TEXTS) : dice.of(texts));
      sender.send(talk.json("POST", to, Json.write(message)));
    }
  }

  private static String path(String node) {
    return URLEncoder.encode(node, StandardCharsets.UTF_8);
  }

  private static String field(String body, String name) {
    return body.isEmpty() ? "" : Json.parse(body).path(name).asString("");
  }
}
