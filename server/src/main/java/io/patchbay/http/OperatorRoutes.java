package io.patchbay.http;

import io.patchbay.base.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What those who run the server look at, and the schema of what builders write. */
public final class OperatorRoutes {
  private static final String BOT_SCHEMA = "/schemas/bot.json";
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<Readiness> readiness;
  private final Supplier<Installation> system;
  private final Metrics metrics;
  private final byte[] schema = readSchema();

  /**
   * What is measured.
   *
   * @param text all of it as it is now, in the text format of Prometheus
   * @param open whether anybody may read it
   */
  public record Metrics(Supplier<String> text, boolean open) {}

  /**
   * Whether the server can do its work.
   *
   * @param details part to its state, such as {@code store} to {@code ok}; anybody may read them
   */
  public record Readiness(boolean ready, Map<String, String> details) {
    public Readiness {
      details = Map.copyOf(details);
    }
  }

  /**
   * What runs here.
   *
   * @param version of this program
   * @param warming codes of which the next process is being loaded now
   */
  public record Installation(String version, Sandbox sandbox, int warming, Packages packages) {}

  /**
   * The packages that all code can import.
   *
   * @param state {@code installing}, {@code ready}, {@code incomplete} or {@code off}
   */
  public record Packages(String state, List<Installed> installed, List<Missing> missing) {
    public Packages {
      installed = List.copyOf(installed);
      missing = List.copyOf(missing);
    }

    public Packages with(String other) {
      return new Packages(other, installed, missing);
    }

    /**
     * @param version empty where it is not known
     * @param source {@code index}, {@code distribution} or {@code patchbay}
     */
    public record Installed(String name, String version, String source) {}

    /**
     * @param why one sentence
     */
    public record Missing(String name, String why) {}
  }

  /**
   * What contains builders' code.
   *
   * @param level {@code namespaces}, {@code landlock} or {@code none}
   * @param description of the level, or why nothing can run
   * @param parts such as {@code python} to its version and path
   * @param missing why stronger levels are not used
   */
  public record Sandbox(
      boolean available,
      String level,
      String description,
      Map<String, String> parts,
      List<String> missing) {
    public Sandbox {
      parts = Map.copyOf(parts);
      missing = List.copyOf(missing);
    }
  }

  public OperatorRoutes(
      Supplier<Readiness> readiness, Supplier<Installation> system, Metrics metrics) {
    this.readiness = readiness;
    this.system = system;
    this.metrics = metrics;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", Door.LIVE, Access.PUBLIC, _ -> Door.ALIVE)
            .described("live", "Answers while the process does")
            .answersJson("Health", "Alive"),
        Route.of("GET", Door.HEALTH + "ready", Access.PUBLIC, _ -> ready())
            .described("ready", "Tells whether the server can do its work")
            .answersJson("Health", "Ready")
            .answers(503, "Not ready; see the details", new Route.Media(Reply.JSON, "Health")),
        Route.of("GET", "/api/v1/system", Access.SIGNED_IN, _ -> system())
            .described("getSystem", "What this server is, and what contains builders' code on it")
            .answersJson("System", "As it is now"),
        Route.of(
                "GET",
                "/metrics",
                metrics.open() ? Access.PUBLIC : Access.SIGNED_IN,
                _ -> measured())
            .described(
                "getMetrics", "What is measured, for Prometheus and those who read its format")
            .answers(200, "Every metric as it is now", new Route.Media("text/plain", "Metrics")),
        Route.of("GET", BOT_SCHEMA, Access.PUBLIC, _ -> botSchema())
            .described("getBotSchema", "JSON Schema of a bot's definition")
            .answers(200, "The schema", new Route.Media("application/schema+json", "JsonSchema")));
  }

  private Reply ready() {
    Readiness now = readiness.get();
    ObjectNode health = health(now.ready() ? "ready" : "not_ready");
    ObjectNode details = health.putObject("details");
    new TreeMap<>(now.details()).forEach(details::put);
    return Reply.json(now.ready() ? 200 : 503, health);
  }

  private Reply system() {
    Installation now = system.get();
    ObjectNode body = Json.object().put("version", now.version());
    ObjectNode executor = body.putObject("executor");
    executor.put("available", now.sandbox().available());
    executor.put("level", now.sandbox().level());
    executor.put("description", now.sandbox().description());
    new TreeMap<>(now.sandbox().parts()).forEach(executor::put);
    ArrayNode missing = executor.putArray("missing");
    now.sandbox().missing().forEach(missing::add);
    executor.put("warming", now.warming());
    describe(now.packages(), body.putObject("default_packages"));
    return Reply.json(200, body);
  }

  private static void describe(Packages packages, ObjectNode view) {
    view.put("state", packages.state());
    ArrayNode installed = view.putArray("installed");
    packages
        .installed()
        .forEach(it ->
            installed
                .addObject()
                .put("name", it.name())
                .put("version", it.version())
                .put("source", it.source()));
    ArrayNode missing = view.putArray("missing");
    packages
        .missing()
        .forEach(it -> missing.addObject().put("name", it.name()).put("why", it.why()));
  }

  private Reply measured() {
    return Reply.of(200, METRICS, metrics.text().get());
  }

  private static ObjectNode health(String status) {
    return Json.object().put("status", status);
  }

  private static byte[] readSchema() {
    try (InputStream schema = OperatorRoutes.class.getResourceAsStream(BOT_SCHEMA)) {
      if (schema == null) {
        throw new IllegalStateException("this server was built without the schema of bots");
      }
      return schema.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply botSchema() {
    return Reply.of(200, "application/schema+json", schema);
  }
}
