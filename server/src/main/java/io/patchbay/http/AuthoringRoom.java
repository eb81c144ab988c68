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

/**
 * The builder room as it is in production.
 *
 * @param authoring does all the work
 */
public record AuthoringRoom(Authoring authoring) implements BuilderRoom {
  @Override
  public BotStore.Page<BotStore.BotSummary> bots(Optional<String> cursor, int limit) {
    return authoring.bots(cursor, limit);
  }

  @Override
  public Authoring.Definition definition(String bot) {
    return authoring.definition(bot);
  }

  @Override
  public Authoring.Definition put(String bot, JsonNode document, Optional<String> ifRevision) {
    return authoring.put(bot, document, ifRevision);
  }

  @Override
  public Authoring.Definition patch(String bot, JsonNode patch, Optional<String> ifRevision) {
    return authoring.patch(bot, patch, ifRevision);
  }

  @Override
  public Authoring.Definition copy(String from, String to, Optional<String> name) {
    return authoring.copy(from, to, name);
  }

  @Override
  public void delete(String bot) {
    authoring.delete(bot);
  }

  @Override
  public String code(String bot, String node) {
    return authoring.code(bot, node);
  }

  @Override
  public Authoring.SavedCode putCode(
      String bot, String node, byte[] source, Optional<String> ifRevision) {
    return authoring.putCode(bot, node, source, ifRevision);
  }

  @Override
  public PackageDesk.View packages(String bot) {
    return authoring.packages(bot);
  }

  @Override
  public PackageDesk.View putRequirements(String bot, byte[] text, Optional<String> ifRevision) {
    return authoring.putRequirements(bot, text, ifRevision);
  }

  @Override
  public PackageDesk.View installPackages(String bot) {
    return authoring.installPackages(bot);
  }

  @Override
  public JsonNode sample(String bot, String node, String name) {
    return authoring.sample(bot, node, name);
  }

  @Override
  public String putSample(
      String bot, String node, String name, JsonNode payload, Optional<String> ifRevision) {
    return authoring.putSample(bot, node, name, payload, ifRevision);
  }

  @Override
  public void deleteSample(String bot, String node, String name) {
    authoring.deleteSample(bot, node, name);
  }

  @Override
  public List<Authoring.VariableView> variables(String bot) {
    return authoring.variables(bot);
  }

  @Override
  public Authoring.VariableView putVariable(
      String bot, String name, Map<Environment, String> values, Optional<Boolean> secret) {
    return authoring.putVariable(bot, name, values, secret);
  }

  @Override
  public void deleteVariable(String bot, String name) {
    authoring.deleteVariable(bot, name);
  }

  @Override
  public ObjectNode test(String bot, String node, Optional<JsonNode> input) {
    return authoring.test(bot, node, input);
  }

  @Override
  public Authoring.Trained train(String bot) {
    return authoring.train(bot);
  }

  @Override
  public BotStore.Page<BotStore.VersionSummary> versions(
      String bot, Optional<String> cursor, int limit) {
    return authoring.versions(bot, cursor, limit);
  }

  @Override
  public BotStore.Version version(String bot, String version) {
    return authoring.version(bot, version);
  }

  @Override
  public BotStore.Deployment deploy(
      String bot, String version, Environment environment, String by) {
    return authoring.deploy(bot, version, environment, by);
  }

  @Override
  public BotStore.Page<BotStore.Deployment> deployments(
      String bot, Optional<Environment> environment, Optional<String> cursor, int limit) {
    return authoring.deployments(bot, environment, cursor, limit);
  }
}
