package io.patchbay.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.patchbay.base.Ids;
import io.patchbay.base.Secret;
import io.patchbay.executor.work.Work;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.LowResourceMonitor;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The server on its port, from {@link #start} to {@link #close}. */
public final class HttpServer implements AutoCloseable {
  private static final int LEAST_THREADS = 8;
  private static final int MOST_THREADS =
      Math.max(16, 2 * Runtime.getRuntime().availableProcessors());

  private final Javalin javalin;
  private final Settings settings;
  private final SignInCodes codes;
  private final RouteTable table;
  private final Connections connections;

  /**
   * Where it listens.
   *
   * @param port 0 for any free one
   * @param hostNames under which browsers reach it, besides localhost and addresses
   * @param patience how long {@link #close} waits for requests that are being answered
   */
  public record Settings(
      String host, int port, Set<String> hostNames, Duration patience, Limits limits) {
    public Settings {
      hostNames = Set.copyOf(hostNames);
    }
  }

  /**
   * Who may come in.
   *
   * @param token of the administrator
   * @param random must be unguessable and safe for several threads, such as {@code SecureRandom}
   */
  public record Entry(Secret token, Clock clock, RandomGenerator random) {}

  /**
   * What is served.
   *
   * @param watching hears of every request
   * @param work what requests share
   */
  public record Doors(
      ChatRoutes chat,
      BuilderRoutes builder,
      OperatorRoutes operator,
      RequestObserver watching,
      Work work) {}

  private HttpServer(
      Javalin javalin,
      Settings settings,
      SignInCodes codes,
      RouteTable table,
      Connections connections) {
    this.javalin = javalin;
    this.settings = settings;
    this.codes = codes;
    this.table = table;
    this.connections = connections;
  }

  /** Listens when it returns; throws when the port is taken. */
  public static HttpServer start(Settings settings, Entry entry, Doors doors) {
    var codes = new SignInCodes(entry.clock, entry.random);
    var gate =
        new Gate(
            entry.token,
            new Sessions(entry.clock, entry.random),
            codes,
            new AttemptLimit(entry.clock),
            new Hosts(settings.hostNames));
    var table = new RouteTable(routes(doors, gate));
    var desk =
        new Desk(
            table,
            gate,
            new Ids(entry.clock, entry.random),
            entry.clock,
            doors.watching,
            doors.work);
    var connections = Connections.watch(settings.limits, doors.watching);
    Javalin javalin = javalin(desk, new Door(gate, doors.watching), settings, connections);
    try {
      javalin.start();
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
    return new HttpServer(javalin, settings, codes, table, connections);
  }

  /** The route table, in the order in which the reference shows it. */
  static List<Route> routes(Doors doors, Gate gate) {
    var routes = new ArrayList<Route>();
    routes.addAll(doors.chat.routes());
    routes.addAll(doors.builder.routes());
    routes.addAll(doors.operator.routes());
    routes.addAll(new SessionRoutes(gate).routes());
    routes.add(OpenApi.route(List.copyOf(routes)));
    routes.addAll(new PageRoutes().routes());
    return List.copyOf(routes);
  }

  /** Every request goes to the desk, whatever its method and path. */
  private static Javalin javalin(Desk desk, Door door, Settings settings, Connections connections) {
    return Javalin.create(config -> {
      config.startup.showJavalinBanner = false;
      config.startup.showOldJavalinVersionWarning = false;
      config.http.compressionStrategy = CompressionStrategy.NONE;
      config.jetty.threadPool = threads("patchbay-http");
      config.jetty.modifyServer(server -> prepare(server, door, settings));
      config.jetty.addConnector((server, http) -> listening(server, http, settings, connections));
      config.jetty.modifyServletContextHandler(
          context -> context.setErrorHandler(new ErrorDocuments()));
      config.routes.before(context -> {
        desk.serve(context);
        context.skipRemainingHandlers();
      });
    });
  }

  /** For what never waits: taking in connections, reading heads, writing answers on. */
  static QueuedThreadPool threads(String name) {
    var threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
    threads.setName(name);
    threads.setDaemon(true);
    return threads;
  }

  private static Listening listening(
      Server server, HttpConfiguration http, Settings settings, Connections connections) {
    var listening = new Listening(server, http, connections);
    listening.setHost(settings.host);
    listening.setPort(settings.port);
    return listening;
  }

  private static void prepare(Server server, Door door, Settings settings) {
    server.setErrorHandler(new ErrorDocuments());
    // It would end everybody's connections where it sees few threads.
    server.getBeans(LowResourceMonitor.class).forEach(server::removeBean);
    server.insertHandler(new NoUpgrades());
    server.insertHandler(door);
    server.insertHandler(new GracefulHandler());
    server.setStopTimeout(settings.patience.toMillis());
  }

  RouteTable table() {
    return table;
  }

  /** How long a connection may be silent in between requests; counts for those there are too. */
  void idleTimeout(Duration timeout) {
    for (Connector connector : javalin.jettyServer().server().getConnectors()) {
      ((AbstractConnector) connector).setIdleTimeout(timeout.toMillis());
      connector.getConnectedEndPoints().forEach(one -> one.setIdleTimeout(timeout.toMillis()));
    }
  }

  /** Connections that are open. */
  int connections() {
    return javalin.jettyServer().server().getConnectors()[0].getConnectedEndPoints().size();
  }

  /** Whether {@link #close} has begun and waits. */
  boolean isClosing() {
    return javalin.jettyServer().server().isStopping();
  }

  /** The port that it really listens on. */
  public int port() {
    return javalin.port();
  }

  /** Where a browser on this machine finds it, without a slash at the end. */
  public String address() {
    boolean everywhere = settings.host.equals("0.0.0.0") || settings.host.equals("::");
    String host = everywhere ? "127.0.0.1" : settings.host;
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
  }

  /** A new link that signs one browser in once, within 15 minutes. */
  public String signInLink() {
    return address() + "/signin?code=" + codes.make();
  }

  /** Takes no new requests, waits for those that run, then ends. Safe to call twice. */
  @Override
  public void close() {
    javalin.stop();
    connections.close();
  }
}
