package io.patchbay.authoring;

import io.patchbay.base.Problem;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a builder does to a bot. Every method throws {@link io.patchbay.base.Refusal} for what
 * the caller got wrong: unknown bot or node, stale revision, invalid content.
 */
public final class Authoring {
  /**
   * @param document the whole definition with {@code code}, {@code samples}, {@code requirements}
   * @param revision the ETag
   */
  public record Definition(ObjectNode document, String revision) {}

  /**
   * @param problems of the source, with {@code line}, {@code column}, {@code message}
   */
  public record SavedCode(String revision, List<SourceProblem> problems) {}

  /**
   * @param line 1-based, 0 where there is none
   */
  public record SourceProblem(int line, int column, String message) {}

  /**
   * A variable as shown: a secret's values never are.
   *
   * @param values by environment, empty for a secret
   * @param set whether a value is stored, by environment
   */
  public record VariableView(
      String name,
      boolean secret,
      boolean declared,
      Map<Environment, String> values,
      Map<Environment, Boolean> set) {}

  /**
   * @param version empty when there are problems
   */
  public record Trained(Optional<String> version, List<Problem> problems, List<Problem> warnings) {}

  public BotStore.Page<BotStore.BotSummary> bots(Optional<String> cursor, int limit) {
    throw new UnsupportedOperationException();
  }

  public Definition definition(String bot) {
    throw new UnsupportedOperationException();
  }

  /** Replaces the definition; code and samples that the document does not carry stay. */
  public Definition put(String bot, JsonNode document, Optional<String> ifRevision) {
    throw new UnsupportedOperationException();
  }

  public void delete(String bot) {
    throw new UnsupportedOperationException();
  }

  public String code(String bot, String node) {
    throw new UnsupportedOperationException();
  }

  public SavedCode putCode(String bot, String node, byte[] source, Optional<String> ifRevision) {
    throw new UnsupportedOperationException();
  }

  public JsonNode sample(String bot, String node, String name) {
    throw new UnsupportedOperationException();
  }

  public void putSample(String bot, String node, String name, JsonNode payload) {
    throw new UnsupportedOperationException();
  }

  public List<VariableView> variables(String bot) {
    throw new UnsupportedOperationException();
  }

  /**
   * @param secret empty leaves it as it is
   */
  public VariableView putVariable(
      String bot, String name, Map<Environment, String> values, Optional<Boolean> secret) {
    throw new UnsupportedOperationException();
  }

  public void deleteVariable(String bot, String name) {
    throw new UnsupportedOperationException();
  }

  /** Runs the saved draft at that node; answers as {@code POST .../test} does. */
  public ObjectNode test(String bot, String node, Optional<JsonNode> input) {
    throw new UnsupportedOperationException();
  }

  public Trained train(String bot) {
    throw new UnsupportedOperationException();
  }

  public BotStore.Page<BotStore.VersionSummary> versions(
      String bot, Optional<String> cursor, int limit) {
    throw new UnsupportedOperationException();
  }

  public BotStore.Version version(String bot, String version) {
    throw new UnsupportedOperationException();
  }

  /**
   * @param by who deploys
   */
  public BotStore.Deployment deploy(
      String bot, String version, Environment environment, String by) {
    throw new UnsupportedOperationException();
  }

  public BotStore.Page<BotStore.Deployment> deployments(
      String bot, Optional<String> cursor, int limit) {
    throw new UnsupportedOperationException();
  }
}
