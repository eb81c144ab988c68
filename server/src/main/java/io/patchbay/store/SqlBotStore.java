package io.patchbay.store;

import io.patchbay.base.Secret;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Environment;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Everything that builders author, in SQL. Safe for use by many threads. */
public final class SqlBotStore implements BotStore {
  private final Database database;
  private final Drafts drafts;
  private final Versions versions;
  private final Deployments deployments;
  private final Variables variables;
  private final DraftPackagesTable packages;
  private final BotRemoval removal;

  private SqlBotStore(Database database, VariableCipher cipher) {
    this.database = database;
    var ids = new BotIds(database);
    this.drafts = new Drafts(database, ids);
    this.versions = new Versions(database, ids);
    this.deployments = new Deployments(database, ids);
    this.variables = new Variables(database, ids, cipher);
    this.packages = new DraftPackagesTable(database, ids);
    this.removal = new BotRemoval(database, ids);
  }

  /**
   * Opens the store, and finishes removals that the last process did not.
   *
   * @param keyFile the operator's key file; empty for the data folder's own, which is made where
   *     there is none
   * @throws StoreFailure the key is missing, wrong or open to others; nothing was changed
   */
  public static SqlBotStore open(Database database, Optional<Path> keyFile, SecureRandom random) {
    VariableCipher cipher =
        VariableCipher.open(database.folder(), keyFile, Variables.usedKeys(database), random);
    var store = new SqlBotStore(database, cipher);
    store.removal.finish();
    return store;
  }

  @Override
  public Page<BotSummary> bots(Optional<String> cursor, int limit) {
    return drafts.bots(cursor, limit);
  }

  @Override
  public Optional<Draft> draft(String bot) {
    return drafts.draft(bot);
  }

  @Override
  public Optional<Draft> save(Draft draft, Optional<String> ifRevision) {
    return drafts.save(draft, ifRevision);
  }

  @Override
  public Optional<Draft> create(Draft draft, List<StoredVariable> values) {
    Drafts.Creation creation = Drafts.creation(draft);
    Consumer<Session> writing = variables.writing(draft.bot(), values);
    try {
      return database.write(
          creation.load(),
          session -> {
            Optional<Draft> made = creation.unit().apply(session);
            made.ifPresent(_ -> writing.accept(session));
            return made;
          });
    } finally {
      // Also where it is not known whether the write was kept.
      drafts.forget(draft.bot());
      variables.forget(draft.bot());
    }
  }

  @Override
  public Optional<DraftPackages> packages(String bot) {
    return packages.find(bot);
  }

  @Override
  public void putPackages(String bot, DraftPackages installed) {
    packages.put(bot, installed);
  }

  @Override
  public Set<String> locks() {
    return packages.locks();
  }

  @Override
  public List<String> withRequirements() {
    return packages.withRequirements();
  }

  @Override
  public boolean exists(String bot) {
    return drafts.exists(bot);
  }

  @Override
  public boolean delete(String bot) {
    Optional<Long> removed;
    try {
      removed = removal.remove(bot);
    } finally {
      // Also where it is not known whether the removal was kept.
      drafts.forget(bot);
      variables.forget(bot);
      deployments.forget(bot);
    }
    removed.ifPresent(removal::removeHistory);
    return removed.isPresent();
  }

  @Override
  public void addVersion(Version version) {
    versions.add(version);
  }

  @Override
  public Optional<Version> version(String bot, String version) {
    return versions.version(bot, version);
  }

  @Override
  public Page<VersionSummary> versions(String bot, Optional<String> cursor, int limit) {
    return versions.versions(bot, cursor, limit);
  }

  @Override
  public void deploy(Deployment deployment) {
    deployments.deploy(deployment);
  }

  @Override
  public Page<Deployment> deployments(
      String bot, Optional<Environment> environment, Optional<String> cursor, int limit) {
    return deployments.deployments(bot, environment, cursor, limit);
  }

  @Override
  public Optional<Version> live(String bot, Environment environment) {
    return deployments.live(bot, environment);
  }

  @Override
  public List<StoredVariable> variables(String bot) {
    return variables.variables(bot);
  }

  @Override
  public void putVariable(
      String bot, String name, Map<Environment, Secret> values, boolean secret) {
    variables.put(bot, new StoredVariable(name, secret, values));
  }

  @Override
  public boolean deleteVariable(String bot, String name) {
    return variables.delete(bot, name);
  }
}
