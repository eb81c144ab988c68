package io.patchbay.http;

import io.patchbay.authoring.Authoring;
import io.patchbay.authoring.PackageDesk;
import io.patchbay.authoring.PackageInstaller;
import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import io.patchbay.base.Refusal;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Environment;
import io.patchbay.conversation.ChatMessage;
import io.patchbay.conversation.ConversationStore;
import io.patchbay.conversation.TurnAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One bot {@code acme} with a node {@code TRACK}; remembers what it was told. */
class FakeRooms implements ChatRoom, BuilderRoom {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00.120Z");

  static final OperatorRoutes.Installation SYSTEM =
      new OperatorRoutes.Installation(
          "1.2.3",
          new OperatorRoutes.Sandbox(
              true,
              "landlock",
              "Landlock, filters, limits",
              Map.of(
                  "python", "CPython 3.11",
                  "processor", "x86_64",
                  "cgroup", "none",
                  "connections", "supervised"),
              List.of("namespaces: bubblewrap is missing")),
          0,
          new OperatorRoutes.Packages(
              "incomplete",
              List.of(new OperatorRoutes.Packages.Installed("six", "1.16.0", "distribution")),
              List.of(new OperatorRoutes.Packages.Missing("rsa", "the index cannot be reached"))));

  final List<ChatMessage> messages = new ArrayList<>();
  final List<ConversationStore.Key> keys = new ArrayList<>();
  final List<Object> told = new ArrayList<>();
  final Map<String, JsonNode> samples = new HashMap<>();
  ObjectNode document = Json.object().put("bot", "acme").put("name", "Acme");
  String requirements = "absent";
  int revision = 1;
  Runnable beforeAnswer = () -> {};

  /** Characters that an answer has beside the usual. */
  int padding;

  @Override
  public TurnAnswer handle(ChatMessage message) {
    know(message.key().bot());
    messages.add(message);
    beforeAnswer.run();
    if (message.text().orElse("").equals("explode")) {
      throw new IllegalStateException("secret detail of io.patchbay.Internals");
    }
    ObjectNode response =
        Json.object().put("turn_id", "turn_1").put("conversation_no", 1).put("node", "TRACK");
    response.put("state", "bot").putArray("messages");
    if (padding > 0) {
      response.put("padding", "a".repeat(padding));
    }
    ObjectNode log = Json.object();
    log.putArray("invocations").add("inv_1");
    return new TurnAnswer(response, log);
  }

  @Override
  public ObjectNode read(ConversationStore.Key key) {
    know(key.bot());
    keys.add(key);
    return Json.object().put("state", "bot");
  }

  @Override
  public void restart(ConversationStore.Key key) {
    know(key.bot());
    keys.add(key);
  }

  @Override
  public ObjectNode patch(
      ConversationStore.Key key,
      Optional<ObjectNode> conversationDetails,
      Optional<ObjectNode> userDetails) {
    keys.add(key);
    told.add(conversationDetails);
    told.add(userDetails);
    return Json.object().put("state", "bot");
  }

  @Override
  public BotStore.Page<BotStore.BotSummary> bots(Optional<String> cursor, int limit) {
    told.add(List.of(cursor, limit));
    var acme = new BotStore.BotSummary("acme", "Acme", NOON, Map.of(Environment.PRODUCTION, "v_1"));
    return new BotStore.Page<>(
        List.of(acme), cursor.isPresent() ? Optional.empty() : Optional.of("c2"));
  }

  @Override
  public Authoring.Definition definition(String bot) {
    know(bot);
    return new Authoring.Definition(document, "r" + revision);
  }

  @Override
  public Authoring.Definition patch(String bot, JsonNode patch, Optional<String> ifRevision) {
    know(bot);
    return put(bot, patch, ifRevision);
  }

  @Override
  public Authoring.Definition put(String bot, JsonNode given, Optional<String> ifRevision) {
    requireFresh(ifRevision);
    if (!given.isObject()) {
      throw new Refusal(
          ErrorCode.INVALID_CONTENT, "Not valid.", List.of(new Problem("", "must be an object")));
    }
    document = (ObjectNode) given;
    revision++;
    return new Authoring.Definition(document, "r" + revision);
  }

  @Override
  public Authoring.Definition copy(String from, String to, Optional<String> name) {
    know(from);
    told.add(List.of(from, to, name));
    return new Authoring.Definition(Json.object().put("bot", to), "r1");
  }

  @Override
  public void delete(String bot) {
    know(bot);
  }

  @Override
  public String code(String bot, String node) {
    know(bot, node);
    return "def main(event, context):\n    return 'ü'\n";
  }

  @Override
  public Authoring.SavedCode putCode(
      String bot, String node, byte[] source, Optional<String> ifRevision) {
    know(bot, node);
    requireFresh(ifRevision);
    told.add(new String(source, StandardCharsets.UTF_8));
    revision++;
    return new Authoring.SavedCode(
        "r" + revision, List.of(new Authoring.SourceProblem(1, 5, "invalid syntax")));
  }

  @Override
  public PackageDesk.View packages(String bot) {
    know(bot);
    return new PackageDesk.View(
        requirements,
        "failed",
        "acme==1.0 --hash=sha256:0\n",
        Optional.of("0123"),
        List.of(new PackageInstaller.Pinned("acme", "1.0")),
        List.of("Collecting absent"),
        Optional.of("absent is not there"),
        Optional.of(NOON));
  }

  @Override
  public PackageDesk.View putRequirements(String bot, byte[] text, Optional<String> ifRevision) {
    know(bot);
    requireFresh(ifRevision);
    requirements = new String(text, StandardCharsets.UTF_8);
    return packages(bot);
  }

  @Override
  public PackageDesk.View installPackages(String bot) {
    told.add("install " + bot);
    return packages(bot);
  }

  @Override
  public JsonNode sample(String bot, String node, String name) {
    know(bot, node);
    JsonNode sample = samples.get(name);
    if (sample == null) {
      throw new Refusal(ErrorCode.UNKNOWN_SAMPLE, "No such sample.");
    }
    return sample;
  }

  @Override
  public String putSample(
      String bot, String node, String name, JsonNode payload, Optional<String> ifRevision) {
    know(bot, node);
    requireFresh(ifRevision);
    samples.put(name, payload);
    return "r2";
  }

  @Override
  public void deleteSample(String bot, String node, String name) {
    sample(bot, node, name);
    samples.remove(name);
  }

  @Override
  public List<Authoring.VariableView> variables(String bot) {
    know(bot);
    // Values that a careless room left in are kept back by the door.
    return List.of(
        new Authoring.VariableView(
            "CRM_KEY",
            true,
            true,
            Map.of(Environment.STAGING, "leaked"),
            Map.of(Environment.STAGING, true)),
        new Authoring.VariableView(
            "CRM_URL",
            false,
            true,
            Map.of(Environment.STAGING, "https://s.example"),
            Map.of(Environment.STAGING, true)));
  }

  @Override
  public Authoring.VariableView putVariable(
      String bot, String name, Map<Environment, String> values, Optional<Boolean> secret) {
    know(bot);
    told.add(values);
    told.add(secret);
    return new Authoring.VariableView(name, secret.orElse(false), false, values, Map.of());
  }

  @Override
  public void deleteVariable(String bot, String name) {
    know(bot);
    told.add(name);
  }

  @Override
  public ObjectNode test(String bot, String node, Optional<JsonNode> input) {
    know(bot, node);
    told.add(input);
    return Json.object().put("invocation_id", "inv_2").put("outcome", "succeeded");
  }

  @Override
  public Authoring.Trained train(String bot) {
    know(bot);
    return new Authoring.Trained(
        Optional.empty(),
        List.of(new Problem("nodes.A.connections[1].to", "no node B")),
        List.of());
  }

  @Override
  public BotStore.Page<BotStore.VersionSummary> versions(
      String bot, Optional<String> cursor, int limit) {
    know(bot);
    return new BotStore.Page<>(List.of(new BotStore.VersionSummary("v_1", NOON)), Optional.empty());
  }

  @Override
  public BotStore.Version version(String bot, String version) {
    know(bot);
    if (!version.equals("v_1")) {
      throw new Refusal(ErrorCode.UNKNOWN_VERSION, "No such version.");
    }
    return new BotStore.Version(bot, version, document, Map.of("TRACK", "x"), "requests", "", NOON);
  }

  @Override
  public BotStore.Deployment deploy(
      String bot, String version, Environment environment, String by) {
    version(bot, version);
    return new BotStore.Deployment("dep_1", bot, version, environment, by, NOON);
  }

  @Override
  public BotStore.Page<BotStore.Deployment> deployments(
      String bot, Optional<Environment> environment, Optional<String> cursor, int limit) {
    know(bot);
    return new BotStore.Page<>(
        List.of(deploy(bot, "v_1", environment.orElse(Environment.STAGING), "admin")),
        Optional.empty());
  }

  private void requireFresh(Optional<String> ifRevision) {
    if (ifRevision.filter(r -> !r.equals("r" + revision)).isPresent()) {
      throw new Refusal(ErrorCode.STALE, "Stale.");
    }
  }

  private static void know(String bot) {
    if (!bot.equals("acme")) {
      throw new Refusal(ErrorCode.UNKNOWN_BOT, "There is no bot " + bot + ".");
    }
  }

  private static void know(String bot, String node) {
    know(bot);
    if (!node.equals("TRACK")) {
      throw new Refusal(ErrorCode.UNKNOWN_NODE, "There is no node " + node + ".");
    }
  }
}
