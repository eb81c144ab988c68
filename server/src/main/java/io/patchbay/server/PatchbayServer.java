package io.patchbay.server;

import static java.util.stream.Collectors.joining;

import io.patchbay.authoring.Authoring;
import io.patchbay.base.Ids;
import io.patchbay.base.Secret;
import io.patchbay.bot.definition.BotDefinition;
import io.patchbay.bot.definition.BotYaml;
import io.patchbay.conversation.TurnHandler;
import io.patchbay.executor.Executor;
import io.patchbay.executor.box.ExecutorConfig;
import io.patchbay.executor.egress.OperatorBounds;
import io.patchbay.executor.egress.OwnPorts;
import io.patchbay.executor.work.Watch;
import io.patchbay.executor.work.Work;
import io.patchbay.http.AuthoringRoom;
import io.patchbay.http.BuilderRoutes;
import io.patchbay.http.ChatRoom;
import io.patchbay.http.ChatRoutes;
import io.patchbay.http.HttpServer;
import io.patchbay.http.Limits;
import io.patchbay.http.OperatorRoutes;
import io.patchbay.http.Yaml;
import io.patchbay.integration.DetailsUpdate;
import io.patchbay.integration.Invocations;
import io.patchbay.integration.code.CodeInvoker;
import io.patchbay.integration.webhook.WebhookInvoker;
import io.patchbay.metrics.Metrics;
import io.patchbay.store.Database;
import io.patchbay.store.SqlBotStore;
import io.patchbay.store.SqlConversationStore;
import io.patchbay.store.SqlInvocationLog;
import io.patchbay.tracing.Traces;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole product on one machine, from {@link #start} to {@link #close}. */
public final class PatchbayServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PatchbayServer.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration DRAIN = Duration.ofSeconds(2);
  private static final Duration LOOKED_WITHIN = Duration.ofMillis(500);

  /** Frames of a request that held its carrier. */
  private static final int STACK = 12;

  private final Closing closing;
  private final HttpServer http;
  private final Executor executor;
  private final DefaultPackages defaults;
  private final Secret adminToken;
  private final List<String> examples;

  private PatchbayServer(
      Closing closing,
      HttpServer http,
      Executor executor,
      DefaultPackages defaults,
      Secret adminToken,
      List<String> examples) {
    this.closing = closing;
    this.http = http;
    this.executor = executor;
    this.defaults = defaults;
    this.adminToken = adminToken;
    this.examples = examples;
  }

  /** Without traces. */
  public static PatchbayServer start(ServerConfig config) throws IOException {
    return start(config, Map.of());
  }

  /**
   * Serves when it returns; a start that fails closes what it had begun.
   *
   * @param environment variables, of which those of OpenTelemetry are read
   */
  public static PatchbayServer start(ServerConfig config, Map<String, String> environment)
      throws IOException {
    Closing closing = new Closing();
    try {
      return start(config, environment, closing);
    } catch (IOException | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static PatchbayServer start(
      ServerConfig config, Map<String, String> environment, Closing closing) throws IOException {
    Clock clock = Clock.system(ZoneId.systemDefault());
    SecureRandom random = new SecureRandom();
    Ids ids = new Ids(clock, random);

    Work work = closing.add(Work.start(Work.Settings.standard(), PatchbayServer::held));
    Database database = closing.add(Database.open(config.data()));
    SqlBotStore bots = SqlBotStore.open(database, Optional.empty(), random);
    SqlConversationStore conversations = new SqlConversationStore(database);
    SqlInvocationLog invocationLog = new SqlInvocationLog(database);
    int interrupted = invocationLog.interruptLeftovers(clock.instant());
    if (interrupted > 0) {
      LOG.warn("{} invocations were interrupted when the server last stopped", interrupted);
    }
    Secret token = AdminToken.of(config.adminToken(), config.data(), random);

    OwnPorts ownPorts = OwnPorts.ofThisMachine();
    OperatorBounds bounds = new OperatorBounds(OperatorBounds.SINGLE_WORKSPACE, ownPorts);
    ExecutorConfig boxes = Sandbox.config(config, clock);
    DataFolder.close(config.data(), boxes.becomes());
    BoxedPackages packages = closing.add(BoxedPackages.open(config, boxes));
    Executor executor = closing.add(Sandbox.start(boxes.withPackageSets(packages.folder())));
    DefaultPackages defaults =
        closing.add(
            DefaultPackages.start(
                new DefaultPackages.Parts(
                    packages.sharedBy(executor),
                    new BoxedInventory(executor, ids, clock),
                    DefaultSetRecord.in(config.data())),
                config.packages().defaults()));
    Metrics metrics = closing.add(metrics(database, executor, work));
    Optional<Traces> traces = Traces.start(environment, Version.current());
    traces.ifPresent(closing::add);
    Observers observers = new Observers(metrics, traces);
    WebhookInvoker webhooks = closing.add(new WebhookInvoker(bounds, Version.current(), clock));
    CodeInvoker code = new CodeInvoker(executor, bounds, packages, config.isolation());
    Invocations invocations =
        new Invocations(
            new Invocations.Invokers(code, webhooks),
            invocationLog,
            observers,
            DetailsUpdate.Limits.DEFAULT,
            ids,
            clock);
    TurnHandler turns =
        new TurnHandler(
            bots,
            BotDefinition::stored,
            conversations,
            invocations,
            observers,
            new TurnHandler.Environs(ids, clock, random, config.matchingModel()));
    Authoring authoring =
        new Authoring(
            bots,
            new BoxedReview(executor, ids, clock, packages, defaults::why),
            packages,
            invocations,
            invocationLog,
            new Authoring.Environs(ids, clock, random, new CodeRunners(bots, code, executor)));

    ExampleBots examples =
        closing.add(
            new ExampleBots(
                authoring, bots, random, Sandbox.python(config).toString(), config.data()));
    if (config.examples().isPresent()) {
      examples.install(config.examples().get());
    }
    authoring.resume();

    closing.add(() -> drain(executor));
    if (config.port() > 0) {
      // Before it listens: a message may come, and its call go out, at once.
      ownPorts.add(config.port());
    }
    Readiness readiness = ReadinessParts.of(database, executor, examples, ids, clock);
    HttpServer http =
        closing.add(
            HttpServer.start(
                new HttpServer.Settings(
                    config.host(), config.port(), Set.of(), PATIENCE, Limits.STANDARD),
                new HttpServer.Entry(token, clock, random),
                new HttpServer.Doors(
                    new ChatRoutes(ChatRoom.of(turns, turns.conversations())),
                    new BuilderRoutes(
                        new AuthoringRoom(authoring),
                        invocationLog,
                        new Yaml(BotYaml::read, BotYaml::write)),
                    new OperatorRoutes(
                        readiness::now,
                        () -> Sandbox.system(executor, defaults.view()),
                        new OperatorRoutes.Metrics(metrics::text, config.metricsOpen())),
                    observers,
                    work)));
    ownPorts.add(http.port());
    return new PatchbayServer(closing, http, executor, defaults, token, examples.bots());
  }

  private static Metrics metrics(Database database, Executor executor, Work work) {
    return Metrics.start(
        Version.current(),
        new Metrics.Sources(
            () -> executor.status().available(),
            database::commits,
            database::written,
            database::waiting,
            work::state,
            () -> restores(executor)));
  }

  private static Metrics.Restores restores(Executor executor) {
    Executor.Restores counts = executor.restores();
    return new Metrics.Restores(
        counts.restored(), counts.discarded(), counts.waiting(), counts.waitingBytes());
  }

  private static void held(Watch.Held held) {
    LOG.warn(
        "a request of {} computed for {} ms where others wait: {}",
        held.owner().isEmpty() ? "no bot" : "bot " + held.owner(),
        held.forMillis(),
        held.stack().stream().limit(STACK).map(String::valueOf).collect(joining(" < ")));
  }

  /** Calls that no request waits for any more end by themselves, or are ended. */
  private static void drain(Executor executor) {
    if (!executor.drain(DRAIN)) {
      LOG.warn("calls were still running when the server ended");
    }
  }

  public String address() {
    return http.address();
  }

  public int port() {
    return http.port();
  }

  /** A new link that signs one browser in once. */
  public String signInLink() {
    return http.signInLink();
  }

  public Secret adminToken() {
    return adminToken;
  }

  /** What contains builders' code, for people. */
  public List<String> sandboxLines() {
    return Sandbox.lines(executor.status());
  }

  /** Which default packages are missing, for people; empty where none is. */
  public Optional<String> packagesLine() {
    return defaults.line(LOOKED_WITHIN);
  }

  /** Names of the example bots that are served. */
  public List<String> examples() {
    return examples;
  }

  /** Ends everything that was started, in reverse order; idempotent. */
  @Override
  public void close() {
    closing.close();
  }
}
