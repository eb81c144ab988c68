package io.patchbay.http;

import io.patchbay.authoring.Authoring;
import io.patchbay.authoring.PackageDesk;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the builder routes need of the room behind them; each method as in {@link Authoring}. */
public interface BuilderRoom {
  BotStore.Page<BotStore.BotSummary> bots(Optional<String> cursor, int limit);

  Authoring.Definition definition(String bot);

  Authoring.Definition put(String bot, JsonNode document, Optional<String> ifRevision);

  Authoring.Definition patch(String bot, JsonNode patch, Optional<String> ifRevision);

  Authoring.Definition copy(String from, String to, Optional<String> name);

  void delete(String bot);

  String code(String bot, String node);

  Authoring.SavedCode putCode(String bot, String node, byte[] source, Optional<String> ifRevision);

  PackageDesk.View packages(String bot);

  PackageDesk.View putRequirements(String bot, byte[] text, Optional<String> ifRevision);

  PackageDesk.View installPackages(String bot);

  JsonNode sample(String bot, String node, String name);

  String putSample(
      String bot, String node, String name, JsonNode payload, Optional<String> ifRevision);

  void deleteSample(String bot, String node, String name);

  List<Authoring.VariableView> variables(String bot);

  Authoring.VariableView putVariable(
      String bot, String name, Map<Environment, String> values, Optional<Boolean> secret);

  void deleteVariable(String bot, String name);

  ObjectNode test(String bot, String node, Optional<JsonNode> input);

  Authoring.Trained train(String bot);

  BotStore.Page<BotStore.VersionSummary> versions(String bot, Optional<String> cursor, int limit);

  BotStore.Version version(String bot, String version);

  BotStore.Deployment deploy(String bot, String version, Environment environment, String by);

  BotStore.Page<BotStore.Deployment> deployments(
      String bot, Optional<Environment> environment, Optional<String> cursor, int limit);
}
