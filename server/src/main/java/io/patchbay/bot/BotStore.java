package io.patchbay.bot;

import io.patchbay.base.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps drafts, versions, deployments and variables. Every write is durable when it returns.
 * Versions and deployments are never changed once written.
 */
public interface BotStore {
  /**
   * What the builder edits. It and what is in it may be shared: nobody changes it.
   *
   * @param definition the document of {@code bot-definition}, without code, samples, requirements
   * @param code node name to Python source
   * @param samples node name to sample name to payload; the unnamed sample is {@code default}
   * @param requirements text of requirements.txt; may be empty
   * @param revision changes with every write to the draft; the ETag
   */
  record Draft(
      String bot,
      ObjectNode definition,
      Map<String, String> code,
      Map<String, Map<String, JsonNode>> samples,
      String requirements,
      String revision,
      Instant updatedAt) {}

  /**
   * An immutable snapshot.
   *
   * @param version content address: the same content has the same version
   * @param lock exactly which packages its code has; empty where none
   */
  record Version(
      String bot,
      String version,
      ObjectNode definition,
      Map<String, String> code,
      String requirements,
      String lock,
      Instant createdAt) {}

  /**
   * What was last installed for a draft.
   *
   * @param requirements the text that led to it
   * @param lock exactly which packages
   */
  record DraftPackages(String requirements, String lock, Instant installedAt) {}

  record VersionSummary(String version, Instant createdAt) {}

  /**
   * @param by who deployed, such as {@code admin}
   */
  record Deployment(
      String id, String bot, String version, Environment environment, String by, Instant at) {}

  /**
   * @param live environment to version, for those where something is deployed
   */
  record BotSummary(String bot, String name, Instant updatedAt, Map<Environment, String> live) {}

  /**
   * A stored variable; values only where set.
   *
   * @param secret once true, never false again
   */
  record StoredVariable(String name, boolean secret, Map<Environment, Secret> values) {}

  record Page<T>(List<T> items, Optional<String> nextCursor) {}

  /** Newest first. */
  Page<BotSummary> bots(Optional<String> cursor, int limit);

  Optional<Draft> draft(String bot);

  /**
   * Writes the whole draft in one commit, creating the bot where it is new.
   *
   * @param ifRevision where present the write happens only if the draft still has this revision
   * @return the draft as stored, with its new revision; empty when {@code ifRevision} is stale
   */
  Optional<Draft> save(Draft draft, Optional<String> ifRevision);

  /**
   * Makes a bot with its variables, in one commit.
   *
   * @return the draft as stored; empty where a bot of this name exists, and nothing was written
   */
  Optional<Draft> create(Draft draft, List<StoredVariable> variables);

  /** Empty where nothing was ever installed for it. */
  Optional<DraftPackages> packages(String bot);

  /** Leaves the draft's revision as it is. Does nothing where there is no such bot. */
  void putPackages(String bot, DraftPackages packages);

  /** Every lock that a draft or a version names, each once. */
  Set<String> locks();

  /** Bots whose draft has a text of requirements. */
  List<String> withRequirements();

  /** Removes the bot with all that belongs to it. False where there was none. */
  boolean delete(String bot);

  /** Writes a version; the same version again is left as it is. */
  void addVersion(Version version);

  Optional<Version> version(String bot, String version);

  /** Newest first. */
  Page<VersionSummary> versions(String bot, Optional<String> cursor, int limit);

  void deploy(Deployment deployment);

  /** Newest first. */
  Page<Deployment> deployments(
      String bot, Optional<Environment> environment, Optional<String> cursor, int limit);

  /** What is live; must be fast, since every turn asks. */
  Optional<Version> live(String bot, Environment environment);

  boolean exists(String bot);

  /** By name. Values are decrypted. */
  List<StoredVariable> variables(String bot);

  /**
   * Sets the given values; an environment that is not in the map keeps its value.
   *
   * @param secret sticky: true makes it a secret for good
   */
  void putVariable(String bot, String name, Map<Environment, Secret> values, boolean secret);

  boolean deleteVariable(String bot, String name);
}
