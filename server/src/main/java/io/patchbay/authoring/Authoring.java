package io.patchbay.authoring;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Ids;
import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import io.patchbay.base.Refusal;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.BotStore.Draft;
import io.patchbay.bot.Environment;
import io.patchbay.bot.Integration;
import io.patchbay.bot.Node;
import io.patchbay.integration.InvocationLog;
import io.patchbay.integration.Invocations;
import io.patchbay.integration.SayRenderer;
import io.patchbay.integration.Source;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a builder does to a bot. Every method throws {@link Refusal} for what the caller got
 * wrong: unknown bot or node, stale revision, invalid content. Safe for use by many threads.
 */
public final class Authoring {
  private final BotStore store;
  private final Drafts drafts;
  private final VariableDesk variables;
  private final Trainer trainer;
  private final TestInvocation tests;
  private final PackageDesk packages;
  private final BotCopies copies;
  private final SourceReview review;
  private final Environs environs;

  public Authoring(
      BotStore store,
      SourceReview review,
      PackageInstaller installer,
      Invocations invocations,
      InvocationLog log,
      Environs environs) {
    this.store = store;
    this.drafts = new Drafts(store, environs.clock());
    this.copies = new BotCopies(store, drafts);
    this.variables = new VariableDesk(store);
    this.tests = new TestInvocation(invocations, log, new SayRenderer(environs.random()));
    this.packages = new PackageDesk(store, installer, environs.clock());
    this.trainer =
        new Trainer(store, review, tests, packages, environs.runners()::fits, environs.clock());
    this.review = review;
    this.environs = environs;
  }

  /** Time, ids and chance, which come from outside, and who has to know what became of bots. */
  public record Environs(Ids ids, Clock clock, RandomGenerator random, Runners runners) {}

  /** Has what bots run. */
  public interface Runners {
    /** It is no more, and nothing of it may go on. */
    void deleted(String bot);

    /** Another version answers there from now on. */
    void deployed(String bot, Environment environment);

    /** Whether code that may use so many bytes of memory can ever run. */
    boolean fits(long memory);
  }

  /**
   * @param document the whole definition with {@code code}, {@code samples}, {@code requirements}
   * @param revision the ETag
   */
  public record Definition(ObjectNode document, String revision) {}

  /** Code that was stored, whether or not it compiles. */
  public record SavedCode(String revision, List<SourceProblem> problems) {}

  /**
   * @param line 1-based, 0 where there is none
   */
  public record SourceProblem(int line, int column, String message) {}

  /**
   * A variable as shown: a secret's values never are.
   *
   * @param declared whether the definition names it
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
    return store.bots(cursor, limit);
  }

  public Definition definition(String bot) {
    return drafts.definition(bot);
  }

  /** Replaces the definition; code and samples that the document does not carry stay. */
  public Definition put(String bot, JsonNode document, Optional<String> ifRevision) {
    Definition saved = drafts.put(bot, document, ifRevision);
    packages.saved(drafts.draft(bot));
    return saved;
  }

  /**
   * Changes the part of the definition that the merge patch names; code and samples are set where
   * it names them, and otherwise stay.
   */
  public Definition patch(String bot, JsonNode patch, Optional<String> ifRevision) {
    Definition saved = drafts.patch(bot, patch, ifRevision);
    packages.saved(drafts.draft(bot));
    return saved;
  }

  /** A new bot as another one is now, its code, samples and variables included. */
  public Definition copy(String from, String to, Optional<String> name) {
    Definition made = copies.copy(from, to, name);
    packages.saved(drafts.draft(to));
    return made;
  }

  public void delete(String bot) {
    if (!store.delete(bot)) {
      throw Drafts.unknownBot(bot);
    }
    drafts.forget(bot);
    packages.forget(bot);
    environs.runners().deleted(bot);
  }

  /** Goes on with what the last process left undone, in the background. */
  public void resume() {
    packages.resume();
  }

  public PackageDesk.View packages(String bot) {
    return packages.view(drafts.draft(bot));
  }

  /** Saves the text and begins to install. */
  public PackageDesk.View putRequirements(String bot, byte[] text, Optional<String> ifRevision) {
    Draft saved = drafts.putRequirements(bot, SourceText.decode(text), ifRevision);
    packages.saved(saved);
    return packages.view(saved);
  }

  /** Tries again, for an index that was down. */
  public PackageDesk.View installPackages(String bot) {
    Draft draft = drafts.draft(bot);
    packages.install(draft);
    return packages.view(draft);
  }

  public String code(String bot, String node) {
    Draft draft = drafts.draft(bot);
    drafts.codeNode(draft, node);
    return Optional.ofNullable(draft.code().get(node))
        .orElseThrow(() ->
            new Refusal(ErrorCode.NOT_FOUND, "Node " + node + " has no code yet; PUT some here"));
  }

  public SavedCode putCode(String bot, String node, byte[] source, Optional<String> ifRevision) {
    String text = SourceText.decode(source);
    Draft saved = drafts.putCode(bot, node, text, ifRevision);
    return new SavedCode(saved.revision(), review.problems(text));
  }

  public JsonNode sample(String bot, String node, String name) {
    Draft draft = drafts.draft(bot);
    drafts.integrationNode(draft, node);
    return Optional.ofNullable(draft.samples().getOrDefault(node, Map.of()).get(name))
        .orElseThrow(() ->
            new Refusal(ErrorCode.UNKNOWN_SAMPLE, "Node " + node + " has no sample input " + name));
  }

  /** The revision of the draft from then on. */
  public String putSample(
      String bot, String node, String name, JsonNode payload, Optional<String> ifRevision) {
    return drafts.putSample(bot, node, name, payload, ifRevision).revision();
  }

  public void deleteSample(String bot, String node, String name) {
    drafts.deleteSample(bot, node, name);
  }

  public List<VariableView> variables(String bot) {
    return variables.list(drafts.bot(drafts.draft(bot)));
  }

  /**
   * Sets the given values; an environment that is not given keeps its value.
   *
   * @param secret empty leaves it as it is; false never makes a secret readable
   */
  public VariableView putVariable(
      String bot, String name, Map<Environment, String> values, Optional<Boolean> secret) {
    return variables.put(drafts.bot(drafts.draft(bot)), name, values, secret);
  }

  public void deleteVariable(String bot, String name) {
    drafts.draft(bot);
    if (!store.deleteVariable(bot, name)) {
      throw new Refusal(ErrorCode.UNKNOWN_VARIABLE, "Variable " + name + " has no value");
    }
  }

  /** Runs the saved draft at that node; answers as {@code POST .../test} does. */
  public ObjectNode test(String bot, String node, Optional<JsonNode> input) {
    Draft draft = drafts.draft(bot);
    Node at = drafts.integrationNode(draft, node);
    JsonNode given =
        input
            .or(() ->
                Optional.ofNullable(draft.samples().getOrDefault(node, Map.of()).get("default")))
            .orElseGet(Json::object);
    return tests.run(
        drafts.bot(draft),
        at,
        Optional.ofNullable(draft.code().get(node))
            .map(text -> new Source(text, packages.lock(draft))),
        store.variables(bot),
        given);
  }

  /** Checks the draft and, where nothing prevents it, makes a version of it. */
  public Trained train(String bot) {
    Draft draft = drafts.draft(bot);
    return trainer.train(draft, drafts.bot(draft), store.variables(bot));
  }

  public BotStore.Page<BotStore.VersionSummary> versions(
      String bot, Optional<String> cursor, int limit) {
    drafts.draft(bot);
    return store.versions(bot, cursor, limit);
  }

  public BotStore.Version version(String bot, String version) {
    drafts.draft(bot);
    return store
        .version(bot, version)
        .orElseThrow(() ->
            new Refusal(ErrorCode.UNKNOWN_VERSION, "Bot " + bot + " has no version " + version));
  }

  /**
   * @param by who deploys
   */
  public BotStore.Deployment deploy(
      String bot, String version, Environment environment, String by) {
    packages.ensure(version(bot, version).lock());
    BotStore.Deployment deployment =
        new BotStore.Deployment(
            environs.ids().next("dep"), bot, version, environment, by, environs.clock().instant());
    store.deploy(deployment);
    environs.runners().deployed(bot, environment);
    return deployment;
  }

  public BotStore.Page<BotStore.Deployment> deployments(
      String bot, Optional<Environment> environment, Optional<String> cursor, int limit) {
    drafts.draft(bot);
    return store.deployments(bot, environment, cursor, limit);
  }

  static boolean isCode(Node node) {
    return node.integration().filter(i -> i instanceof Integration.Code).isPresent();
  }
}
