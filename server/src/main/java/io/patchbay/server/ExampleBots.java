package io.patchbay.server;

import static java.util.stream.Collectors.joining;

import io.patchbay.authoring.Authoring;
import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Refusal;
import io.patchbay.base.Secret;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Installs the example bots, starts their services and deploys them to both environments. A bot
 * that somebody has changed on the server is left as it is.
 */
final class ExampleBots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExampleBots.class);
  private static final int PROBE_MILLIS = 2000;
  private static final int PROBE_BYTES = 64 * 1024;

  /** Names the folder in which a service keeps its files, to that service. */
  private static final String SERVICE_DATA = "SERVICE_DATA";

  /** Tells a service its port of the last start. */
  private static final String SERVICE_PORT = "SERVICE_PORT";

  private final Authoring authoring;
  private final BotStore store;
  private final SecureRandom random;
  private final String python;
  private final Path data;
  private final InstalledExamples installed;
  private final List<String> bots = new ArrayList<>();
  private final Map<String, ExampleService> services = new HashMap<>();

  ExampleBots(Authoring authoring, BotStore store, SecureRandom random, String python, Path data) {
    this.authoring = authoring;
    this.store = store;
    this.random = random;
    this.python = python;
    this.data = data;
    this.installed = new InstalledExamples(data.resolve("examples.json"), random);
  }

  /** Installs every folder that holds a bot.yaml. */
  void install(Path examples) throws IOException {
    try (Stream<Path> folders = Files.list(examples)) {
      for (Path folder :
          folders.filter(f -> Files.exists(f.resolve("bot.yaml"))).sorted().toList()) {
        try {
          installOne(folder);
        } catch (Refusal | IllegalStateException | Json.MalformedJson e) {
          throw new IllegalStateException("example " + folder + ": " + described(e));
        }
      }
    }
    services.values().forEach(ExampleService::show);
  }

  private static String described(RuntimeException e) {
    if (!(e instanceof Refusal refusal)) {
      return String.valueOf(e.getMessage());
    }
    return refusal.problems().stream()
        .map(problem -> "\n  " + problem)
        .collect(joining("", refusal.getMessage(), ""));
  }

  private void installOne(Path folder) throws IOException {
    ObjectNode document = BotFolder.read(folder);
    String bot = document.path("bot").asString();
    ExampleManifest manifest = ExampleManifest.read(folder);
    Map<String, Map<Environment, String>> values = values(folder, bot, manifest);
    boolean write = mayWrite(bot, document);
    if (write) {
      authoring.put(bot, document, Optional.empty());
    }
    values.forEach((name, value) -> putVariable(bot, name, value, manifest));
    if (write) {
      installed.remember(bot, document, authoring.definition(bot).document());
    }
    if (write || !isDeployedEverywhere(bot)) {
      deploy(bot);
    }
    bots.add(bot);
  }

  /** A value that somebody has set since it was installed stays; the port of a service changes. */
  private void putVariable(
      String bot, String name, Map<Environment, String> given, ExampleManifest manifest) {
    Map<Environment, String> written = new EnumMap<>(given);
    boolean isPort =
        manifest
            .variables()
            .getOrDefault(name, Map.of())
            .containsValue(new ExampleManifest.Value.ServicePort());
    if (!isPort) {
      now(bot, name)
          .forEach((environment, value) -> {
            boolean untouched = installed.isUntouched(bot, name, environment, value.reveal());
            if (!untouched || value.reveal().equals(given.get(environment))) {
              written.remove(environment);
            }
          });
    }
    if (!written.isEmpty()) {
      authoring.putVariable(bot, name, written, Optional.empty());
    }
    if (isPort) {
      installed.forget(bot, name);
    } else if (!written.isEmpty()) {
      installed.remember(bot, name, written);
    }
  }

  private Map<Environment, Secret> now(String bot, String variable) {
    return store.variables(bot).stream()
        .filter(kept -> kept.name().equals(variable))
        .findFirst()
        .map(BotStore.StoredVariable::values)
        .orElse(Map.of());
  }

  /** Whether the bot is new here, or stands as it was installed from older files. */
  private boolean mayWrite(String bot, ObjectNode document) {
    try {
      ObjectNode now = authoring.definition(bot).document();
      boolean untouched = installed.isUntouched(bot, now);
      if (!untouched && !installed.isCurrent(bot, document)) {
        LOG.warn(
            "example {}: its files have changed, and the bot was changed on the server, which stays"
                + " as it is; to have the files, delete the bot and start again",
            bot);
      }
      return untouched && !installed.isCurrent(bot, document);
    } catch (Refusal e) {
      if (e.code() == ErrorCode.UNKNOWN_BOT) {
        return true;
      }
      throw e;
    }
  }

  private boolean isDeployedEverywhere(String bot) {
    return Stream.of(Environment.values())
        .noneMatch(environment ->
            authoring
                .deployments(bot, Optional.of(environment), Optional.empty(), 1)
                .items()
                .isEmpty());
  }

  private void deploy(String bot) {
    Authoring.Trained trained = authoring.train(bot);
    String version =
        trained
            .version()
            .orElseThrow(
                () -> new IllegalStateException("example " + bot + ": " + trained.problems()));
    for (Environment environment : Environment.values()) {
      authoring.deploy(bot, version, environment, "examples");
    }
  }

  /** Values of variables; the service is started on the way, since its port may be one. */
  private Map<String, Map<Environment, String>> values(
      Path folder, String bot, ExampleManifest manifest) throws IOException {
    Map<String, String> kept = kept(bot);
    Map<String, Map<Environment, String>> values = new HashMap<>();
    manifest
        .variables()
        .forEach((name, by) -> {
          String generated = kept.getOrDefault(name, secret());
          by.forEach((environment, value) -> {
            if (value instanceof ExampleManifest.Value.Given(String text)) {
              put(values, name, environment, text);
            } else if (value instanceof ExampleManifest.Value.Generated) {
              put(values, name, environment, generated);
            }
          });
        });
    if (manifest.service().isPresent()) {
      ExampleService service = start(folder, bot, manifest, values, kept);
      services.put(bot, service);
      manifest
          .variables()
          .forEach((name, by) ->
              by.forEach((environment, value) -> {
                if (value instanceof ExampleManifest.Value.ServicePort) {
                  put(values, name, environment, String.valueOf(service.port()));
                }
              }));
    }
    return values;
  }

  /** Values of variables as an earlier start or somebody since has set them, by name. */
  private Map<String, String> kept(String bot) {
    Map<String, String> kept = new HashMap<>();
    for (BotStore.StoredVariable variable : store.variables(bot)) {
      variable.values().values().stream()
          .findFirst()
          .ifPresent(value -> kept.put(variable.name(), value.reveal()));
    }
    return kept;
  }

  private ExampleService start(
      Path folder,
      String bot,
      ExampleManifest manifest,
      Map<String, Map<Environment, String>> values,
      Map<String, String> kept)
      throws IOException {
    ExampleManifest.Service service = manifest.service().orElseThrow();
    Path files = ExampleService.folder(data, bot);
    Map<String, String> environment = new HashMap<>();
    environment.put(SERVICE_DATA, files.toAbsolutePath().toString());
    manifest
        .variables()
        .forEach((name, by) -> {
          if (kept.containsKey(name) && by.containsValue(new ExampleManifest.Value.ServicePort())) {
            environment.put(SERVICE_PORT, kept.get(name));
          }
        });
    for (String name : service.environment()) {
      Map<Environment, String> given = values.get(name);
      if (given == null) {
        throw new IllegalStateException(folder + ": the service wants variable " + name);
      }
      environment.put(name, given.values().iterator().next());
    }
    return ExampleService.start(folder, service, environment, python);
  }

  private static void put(
      Map<String, Map<Environment, String>> values, String name, String environment, String text) {
    values
        .computeIfAbsent(name, _ -> new EnumMap<>(Environment.class))
        .put(Environment.of(environment).orElseThrow(), text);
  }

  private String secret() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  List<String> bots() {
    return List.copyOf(bots);
  }

  /** Part to {@code ok}, or what is wrong with it. */
  Map<String, String> readiness() {
    Map<String, String> ready = new HashMap<>();
    services.forEach(
        (bot, service) -> ready.put("service of " + bot, answers(service) ? "ok" : "no answer"));
    return ready;
  }

  private static boolean answers(ExampleService service) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + service.port() + service.ready());
      HttpURLConnection probe = (HttpURLConnection) uri.toURL().openConnection();
      probe.setConnectTimeout(PROBE_MILLIS);
      probe.setReadTimeout(PROBE_MILLIS);
      if (!service.isAlive() || probe.getResponseCode() != 200) {
        return false;
      }
      // Left unread, the connection would end in a reset, which the service reports as an error.
      try (InputStream body = probe.getInputStream()) {
        body.readNBytes(PROBE_BYTES);
      }
      probe.disconnect();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    services.values().forEach(ExampleService::close);
  }
}
